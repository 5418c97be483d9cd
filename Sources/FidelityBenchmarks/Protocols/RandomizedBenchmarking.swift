import QuantumCircuits
import QuantumStates
import Randomness
import Stabilizers

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Randomized benchmarking: sequences of random Clifford elements that together do nothing, longer and longer.
///
/// The probability of the right outcome decays as `A f^m + B` with the number m of elements, whatever the state preparation and the
/// readout are worth. `(1 - f)(d - 1)/d` with d = 2^n is the average error of an element. At the end each sequence flips random
/// qubits, and what is right is flipped with them; that makes B = 1/d exactly, so that it need not be fitted.
///
/// - Standard: one group of qubits. Simultaneous: several groups at once, each with sequences of its own.
/// - Interleaved: a gate after every random element; the ratio of the two decays is the gate's.
///
/// Beside the errors stand alpha = f, A and B, how many gates an element has, and the error that one gate has by that.
///
/// For gate-independent depolarizing noise f is exact. Coherent errors make decays of sequences differ, which the interval
/// contains; noise that depends on the gate makes f an average; amplitude damping shows as the depolarizing noise of the same
/// average fidelity.
///
/// Source: Magesan, Gambetta, Emerson, "Scalable and robust randomized benchmarking of quantum processes", 2011; Magesan et al.,
/// "Efficient measurement of quantum gate error by interleaved randomized benchmarking", 2012; Gambetta et al. on simultaneous
/// sequences, 2012; Harper, Hincks, Ferrie, Flammia, Wallman on the random flip, 2019.
public struct RandomizedBenchmarking: FidelityProtocol {
  public static var word: String { "rb" }
  public var name: String { interleaved == nil ? groups.count == 1 ? "rb" : "simultaneous-rb" : "interleaved-rb" }
  /// Qubits whose elements are drawn together, 1 to 5 in a group; groups run at the same time.
  public let groups: [[Int]]
  /// Numbers of random elements.
  public let lengths: [Int]
  /// Sequences of each length.
  public let circuitsPerLength: Int
  public let shots: Int
  /// A Clifford gate of the table, on as many qubits as each group has; nil for none.
  public let interleaved: Gate?

  private let gate: Clifford?
  private let qubitCount: Int
  private let sequences: [Sequence]

  /// - Throws: `BenchmarkError.settings` for settings that no sequences follow from.
  public init(
    groups: [[Int]], lengths: [Int] = [1, 4, 8, 16, 32, 64, 96, 128, 192, 256], circuitsPerLength: Int = 30, shots: Int = 1000,
    interleaved: Gate? = nil
  ) throws(BenchmarkError) {
    let qubits = groups.flatMap { $0 }
    guard !groups.isEmpty, groups.allSatisfy({ 1...5 ~= $0.count }), Set(qubits).count == qubits.count,
      qubits.allSatisfy({ $0 >= 0 })
    else { throw .settings("Randomized benchmarking takes groups of 1 to 5 different qubits, not \(groups).") }
    guard lengths.count >= 3, lengths == Set(lengths).sorted(), lengths[0] >= 1, circuitsPerLength >= 1, shots >= 1 else {
      throw .settings(
        "Randomized benchmarking takes at least 3 ascending lengths, 1 circuit and 1 shot, not \(lengths), \(circuitsPerLength) and \(shots)."
      )
    }
    var gate: Clifford?
    if let interleaved {
      guard interleaved.angleCount == 0, groups.allSatisfy({ $0.count == interleaved.qubitCount }),
        let element = Clifford(matrix: interleaved.matrix())
      else {
        throw .settings("\(interleaved.rawValue) cannot be interleaved: take a Clifford gate on as many qubits as a group has.")
      }
      gate = element
    }
    self.groups = groups
    self.lengths = lengths
    self.circuitsPerLength = circuitsPerLength
    self.shots = shots
    self.interleaved = interleaved
    self.gate = gate
    qubitCount = qubits.max()! + 1
    sequences = (interleaved == nil ? [false] : [false, true]).flatMap { isInterleaved in
      lengths.enumerated().flatMap { place, length in
        (0..<circuitsPerLength).map { number in
          let index = ((isInterleaved ? lengths.count : 0) + place) * circuitsPerLength + number
          let kind = isInterleaved ? "gate" : "rb"
          return Sequence(
            name: "\(kind)-\(length)-\(number)", length: length, isInterleaved: isInterleaved, index: UInt64(index))
        }
      }
    }
  }

  /// One group of the qubits 0..<n.
  public init(
    qubits count: Int, lengths: [Int] = [1, 4, 8, 16, 32, 64, 96, 128, 192, 256], circuitsPerLength: Int = 30, shots: Int = 1000,
    interleaved: Gate? = nil
  ) throws(BenchmarkError) {
    try self.init(
      groups: [Array(0..<count)], lengths: lengths, circuitsPerLength: circuitsPerLength, shots: shots, interleaved: interleaved)
  }

  // MARK: - Circuits

  /// One sequence for each length and number, and a second one with the gate where there is one.
  private struct Sequence {
    let name: String
    let length: Int
    let isInterleaved: Bool
    let index: UInt64
  }

  public var width: Int { qubitCount }
  public var circuitNames: [String] { sequences.map(\.name) }

  public func circuit(_ index: Int, seed: UInt64) -> Circuit { circuit(sequences[index], seed: seed) }

  /// The outcome that each group should have; drawn first, so that the analysis need not draw the elements.
  private func drawTargets(_ source: inout RandomSource) -> [Int] { groups.map { source.integer(below: 1 << $0.count) } }

  private func source(_ sequence: Sequence, seed: UInt64) -> RandomSource {
    RandomSource(seed: seed, stream: 0xB1, index: sequence.index)
  }

  private func circuit(_ sequence: Sequence, seed: UInt64) -> Circuit {
    var source = source(sequence, seed: seed)
    let targets = drawTargets(&source)
    var circuit = Circuit(qubits: qubitCount)
    var totals = groups.map { Clifford.identity($0.count) }
    for _ in 0..<sequence.length {
      for (place, qubits) in groups.enumerated() {
        let element = Clifford.random(qubits: qubits.count, using: &source)
        circuit.append(element.instructions(on: qubits))
        totals[place] = totals[place].then(element)
      }
      circuit.append(Barrier())
      guard sequence.isInterleaved, let interleaved, let gate else { continue }
      for (place, qubits) in groups.enumerated() {
        circuit.append(Instruction.gate(interleaved, angles: [], qubits: qubits))
        totals[place] = totals[place].then(gate)
      }
      circuit.append(Barrier())
    }
    for (place, qubits) in groups.enumerated() {
      let last = totals[place].inverse.then(.flips(targets[place], qubits: qubits.count))
      circuit.append(last.instructions(on: qubits))
    }
    return circuit.measuredInto()
  }

  // MARK: - Analysis

  public func report(_ data: BenchmarkData, seed: UInt64) throws(BenchmarkError) -> BenchmarkReport {
    var (estimates, details, curves): ([BenchmarkEstimate], [BenchmarkEstimate], [BenchmarkCurve]) = ([], [], [])
    let decays = groups.count * (interleaved == nil ? 1 : 2)
    let targets = sequences.map { sequence in
      var source = source(sequence, seed: seed)
      return drawTargets(&source)
    }
    for (place, qubits) in groups.enumerated() {
      let label = groups.count == 1 ? "" : " of qubits \(qubits.map(String.init).joined(separator: ", "))"
      let dimension = Double(1 << qubits.count)
      func decay(isInterleaved: Bool) -> DecayData {
        DecayData(
          lengths: lengths,
          values: lengths.map { length in
            sequences.indices.filter { sequences[$0].length == length && sequences[$0].isInterleaved == isInterleaved }.map {
              index in
              data[sequences[index].name].share(of: targets[index][place], on: qubits)
            }
          }, asymptote: 1 / dimension, shots: data.shots)
      }
      let reference = decay(isInterleaved: false)
      let (fit, (error, amplitudeError)) = (reference.fit, reference.errors(seed: seed))
      let (quality, reason) = reference.quality(among: decays)
      let scale = (dimension - 1) / dimension
      estimates.append(
        BenchmarkEstimate(
          "error per Clifford" + label, scale * (1 - fit.factor), standardError: scale * error, freedom: reference.freedom,
          quality: quality, reason: "average infidelity of an element; \(reason)"))
      let parts = [
        BenchmarkEstimate(
          "alpha" + label, fit.factor, standardError: error, freedom: reference.freedom, quality: quality,
          reason: "survival is A alpha^m + B"),
        BenchmarkEstimate(
          "A" + label, fit.amplitude, standardError: amplitudeError, freedom: reference.freedom, quality: quality,
          reason: "what preparation and readout leave of 1 - B"),
        .withoutInterval("B" + label, 1 / dimension, reason: "1/\(Int(dimension)) by the flips at the end, not fitted"),
      ]
      details += parts + gates(on: qubits, label, factor: fit.factor, error: error, reference.freedom, quality)
      curves.append(reference.curve("survival", label, along: "Clifford elements"))
      guard interleaved != nil else { continue }
      let gated = decay(isInterleaved: true)
      let (gateFit, gateError) = (gated.fit, gated.factorError(seed: seed ^ 1))
      let (gateQuality, gateReason) = gated.quality(among: decays)
      let ratio = gateFit.factor / fit.factor
      let relative =
        ratio * (gateError * gateError / (gateFit.factor * gateFit.factor) + error * error / (fit.factor * fit.factor)).squareRoot()
      estimates.insert(
        BenchmarkEstimate(
          "error of \(interleaved!.rawValue)" + label, scale * (1 - ratio), standardError: scale * relative, freedom: gated.freedom,
          quality: quality == .good ? gateQuality : quality,
          reason: "average infidelity of the gate; \(quality == .good ? gateReason : reason)"), at: 2 * place)
      curves.append(gated.curve("survival", " with \(interleaved!.rawValue)" + label, along: "Clifford elements"))
    }
    return BenchmarkReport(name: name, estimates: estimates + details, curves: curves)
  }

  /// How many gates an element is made of, and the error of one: of each gate of one qubit, and of CX alone where there are more
  /// qubits.
  ///
  /// With g gates in an element of the entanglement fidelity F that of one is `F^(1/g)`; its average infidelity is `(1 - F^(1/g))
  /// d/(d + 1)` with d = 2 or 4. What one-qubit gates err by is counted as that of CX.
  private func gates(
    on qubits: [Int], _ label: String, factor: Double, error: Double, _ freedom: Int, _ quality: BenchmarkEstimate.Quality
  ) -> [BenchmarkEstimate] {
    let gates = CliffordGateCounts.of(qubits.count)
    let (share, dimension) = qubits.count == 1 ? (gates.all, 2.0) : (gates.pairs, 4.0)
    let size = Double(1 << qubits.count)
    let scale = 1 - 1 / (size * size)
    let root = pow(max(1 - scale * (1 - factor), 1e-12), 1 / share)
    let slope = dimension / (dimension + 1) * root * scale / (share * max(1 - scale * (1 - factor), 1e-12))
    let kinds = qubits.count == 1 ? "" : ", of which \(gates.pairs.rounded(toPlaces: 2)) are CX"
    return [
      .withoutInterval(
        "gates per Clifford" + label, gates.all.rounded(toPlaces: 3),
        reason: "the mean of \(CliffordGateCounts.drawn) random elements\(kinds)"),
      BenchmarkEstimate(
        (qubits.count == 1 ? "error per gate" : "error per CX") + label, dimension / (dimension + 1) * (1 - root),
        standardError: slope * error, freedom: freedom, quality: quality,
        reason: "average infidelity, \(qubits.count == 1 ? "the same of each gate" : "were all errors those of CX")"),
    ]
  }
}

extension RandomizedBenchmarking {
  private enum CodingKeys: CodingKey { case groups, lengths, circuitsPerLength, shots, interleaved }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let word = try container.decodeIfPresent(String.self, forKey: .interleaved)
    let gate = try word.map { word throws(BenchmarkError) in
      guard let gate = Gate(rawValue: word) else { throw .settings("There is no gate \(word).") }
      return gate
    }
    try self.init(
      groups: container.decode([[Int]].self, forKey: .groups), lengths: container.decode([Int].self, forKey: .lengths),
      circuitsPerLength: container.decode(Int.self, forKey: .circuitsPerLength), shots: container.decode(Int.self, forKey: .shots),
      interleaved: gate)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(groups, forKey: .groups)
    try container.encode(lengths, forKey: .lengths)
    try container.encode(circuitsPerLength, forKey: .circuitsPerLength)
    try container.encode(shots, forKey: .shots)
    try container.encodeIfPresent(interleaved?.rawValue, forKey: .interleaved)
  }
}
