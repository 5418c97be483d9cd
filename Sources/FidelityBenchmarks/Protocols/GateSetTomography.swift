import LinearAlgebra
import QuantumCircuits
import QuantumStates

/// Gates, state and measurement of one qubit together, none of them taken for granted.
///
/// Sequences of gates begin and end with short ones (fiducials), and between them short words of gates (germs) are repeated, so
/// that what errs by little at a time shows. One gate set has to explain the shares of all of them: first by linear inversion of
/// the sequences without repetition, then by the largest likelihood, over all gate sets that keep probabilities' sums, and over
/// those that quantum mechanics allows.
///
/// Counts do not tell gate sets apart that differ by a change of basis. Estimates are of the one nearest to the ideal gates
/// (squared distances of the gates' entries, and 0.03 of those of state and effects, as pyGSTi weighs them). How badly the best one
/// explains the counts is in the quality: twice the logarithm of the likelihood ratio to the shares themselves, less its mean k, in
/// standard deviations sqrt(2k). Where it is large, gates are not the same each time: they drift, or what they do depends on what
/// came before.
///
/// Source: Nielsen, Gamble, Rudinger, Scholten, Young, Blume-Kohout, "Gate set tomography", 2021; fiducials and germs of X and Y
/// quarter turns from there.
public struct GateSetTomography: FidelityProtocol {
  public static var word: String { "gst" }
  /// Looked at beside the quarter turns `sx` and `sy`.
  public let gates: [Gate]
  /// The qubit.
  public let qubit: Int
  /// How many gates repeated germs have, at most; ascending.
  public let lengths: [Int]
  public let shots: Int

  private let sequences: [[Int]]

  public var width: Int { 1 }

  /// - Throws: `BenchmarkError.settings` for settings that no circuits follow from.
  public init(gates: [Gate] = [.id], qubit: Int = 0, lengths: [Int] = [1, 2, 4, 8, 16], shots: Int = 1000) throws(BenchmarkError) {
    guard gates.allSatisfy({ $0.qubitCount == 1 && $0.angleCount == 0 }), Set(gates).count == gates.count,
      Set(gates).isDisjoint(with: [.sx, .sy]), gates.count <= 4
    else {
      throw .settings(
        "Gate-set tomography takes up to 4 different gates on one qubit without angles, beside sx and sy, not \(gates).")
    }
    guard qubit >= 0, !lengths.isEmpty, lengths == Set(lengths).sorted(), lengths[0] >= 1, shots >= 2 else {
      throw .settings("Gate-set tomography takes ascending lengths from 1 on and at least 2 shots, not \(lengths) and \(shots).")
    }
    (self.gates, self.qubit, self.lengths, self.shots) = (gates, qubit, lengths, shots)
    sequences = Self.sequences(others: gates.count, lengths: lengths)
  }

  /// The gates by number: quarter turns about X and Y, then the others.
  private var table: [Gate] { [.sx, .sy] + gates }

  /// Six states from |0>, and the same as changes of what is measured: on all axes, both ways.
  private static let fiducials: [[Int]] = [[], [0], [1], [0, 0], [0, 0, 0], [1, 1, 1]]

  /// Words whose repetitions make every error grow that is no change of basis.
  private static func germs(others: Int) -> [[Int]] {
    let turns = [[0], [1], [0, 1], [0, 0, 1], [0, 1, 1], [0, 0, 1, 0, 1, 1]]
    return turns
      + (2..<2 + others).flatMap { g in
        [[g], [0, g], [1, g], [0, 1, g], [0, g, 1], [0, g, g], [1, g, g], [0, 0, g, 1], [0, 1, 1, g]]
      }
  }

  /// What linear inversion needs, then repeated germs; each sequence once.
  private static func sequences(others: Int, lengths: [Int]) -> [[Int]] {
    let words =
      [[]] + fiducials + (0..<2 + others).map { [$0] }
      + lengths.flatMap { length in
        germs(others: others).compactMap { germ in
          length < germ.count ? nil : (0..<length / germ.count).flatMap { _ in germ }
        }
      }
    var (seen, result): (Set<[Int]>, [[Int]]) = ([], [])
    for word in words {
      for first in fiducials {
        for last in fiducials where seen.insert(first + word + last).inserted { result.append(first + word + last) }
      }
    }
    return result
  }

  public var circuitNames: [String] { sequences.indices.map { "gst-\($0)" } }

  public func circuit(_ index: Int, seed: UInt64) -> Circuit {
    var circuit = Circuit(qubits: qubit + 1, bits: 1)
    for gate in sequences[index] {
      circuit.append(Instruction.gate(table[gate], on: qubit))
      circuit.append(Barrier())
    }
    circuit.append(Measure([qubit], into: circuit.registers[0]))
    return circuit
  }

  /// The gate set that should be.
  private var ideal: GateSet {
    GateSet(
      state: [1, 0, 0, 1], effect: [0.5, 0, 0, 0.5],
      gates: table.map { gate in
        do { return try Channel(kraus: [gate.matrix()]).transfer() } catch { preconditionFailure("GateSetTomography: \(error)") }
      })
  }

  // MARK: - Analysis

  /// What counts say of the gates: sx, sy, then the others in their order.
  ///
  /// - Parameter isPhysical: whether only what quantum mechanics allows is looked at.
  /// - Returns: the gate set of the largest likelihood, in the basis nearest to the ideal one, and its deviance: twice the
  ///   logarithm of the likelihood of the shares themselves over that of the gate set.
  public func fit(_ data: BenchmarkData, isPhysical: Bool = false) throws(BenchmarkError) -> (gateSet: GateSet, deviance: Double) {
    try data.check(self)
    let observations = observations(data)
    let fit = fit(observations, isPhysical: isPhysical)
    return (fit.gateSet.nearest(to: ideal), fit.deviance(observations))
  }

  private func observations(_ data: BenchmarkData) -> [GateSetFit.Observation] {
    zip(sequences, circuitNames).map { sequence, name in
      let counts = data[name]
      return .init(sequence: sequence, zeros: Double(counts.occurrences[0] ?? 0), shots: Double(counts.shots))
    }
  }

  /// Longer and longer sequences are taken in, from the linear estimate on: of long ones alone many gate sets give nearly the same
  /// shares.
  private func fit(_ observations: [GateSetFit.Observation], isPhysical: Bool) -> GateSetFit {
    let longest = sequences.map(\.count).max()!
    var limit = 7
    var fit = GateSetFit(observations.filter { $0.sequence.count <= limit }, from: linearEstimate(observations).nearest(to: ideal))
    while limit < longest {
      limit *= 2
      fit = GateSetFit(observations.filter { $0.sequence.count <= limit }, from: fit.gateSet)
    }
    return isPhysical ? GateSetFit(observations, from: fit.gateSet.nearest(to: ideal), form: .physical) : fit
  }

  /// With shares `M = A B` of fiducials F_i after fiducials F_j, and `M_g = A G B` with a gate between, `G = A^-1 M_g B^-1` for B
  /// as it should be: the change of basis that is left open.
  private func linearEstimate(_ observations: [GateSetFit.Observation]) -> GateSet {
    let shares = Dictionary(uniqueKeysWithValues: observations.map { ($0.sequence, $0.zeros / $0.shots) })
    func table(_ word: [Int]) -> RealMatrix {
      RealMatrix(Self.fiducials.map { last in Self.fiducials.map { first in shares[first + word + last]! } })
    }
    let ideal = ideal
    let prepared = RealMatrix(Self.fiducials.map { $0.reduce(ideal.state) { ideal.gates[$1] * $0 } }).transpose
    guard let inverse = try? (prepared * prepared.transpose).inverse() else { return ideal }
    let right = prepared.transpose * inverse
    let measured = table([]) * right
    guard let left = try? (measured.transpose * measured).inverse() else { return ideal }
    let leftInverse = left * measured.transpose
    let gates = (0..<self.table.count).map { gate -> RealMatrix in
      let found = leftInverse * table([gate]) * right
      return RealMatrix(rows: 4, columns: 4, elements: [1, 0, 0, 0] + found.elements[4...])
    }
    let state = leftInverse * table([]).column(0)
    return GateSet(state: [1] + state[1...], effect: measured.row(0), gates: gates)
  }

  public func report(_ data: BenchmarkData, seed: UInt64) throws(BenchmarkError) -> BenchmarkReport {
    let (observations, ideal) = (observations(data), ideal)
    let fit = fit(observations, isPhysical: false)
    let gateSet = fit.gateSet.nearest(to: ideal)
    let gaugeFree = gateSet.entries.count - GateSet.gaugeCount
    let freedom = Double(sequences.count - gaugeFree)
    let excess = (fit.deviance(observations) - freedom) / (2 * freedom).squareRoot()
    let quality: (BenchmarkEstimate.Quality, String) =
      excess > 5
      ? (.poor, "no one gate set explains the counts: \(excess.rounded(toPlaces: 1)) standard deviations too far off")
      : (.good, "\(sequences.count) sequences, misfit \(excess.rounded(toPlaces: 1)) standard deviations")
    let errors = errors(gateSet, observations)
    var estimates: [BenchmarkEstimate] = []
    for (place, value) in Self.values(of: gateSet, ideal).enumerated() {
      let name =
        place < table.count
        ? "process fidelity of \(table[place].rawValue)" : place == table.count ? "0 read after |0>" : "1 read after |1>"
      estimates.append(
        BenchmarkEstimate(
          name, value, standardError: errors[place], freedom: 1000, quality: quality.0, reason: quality.1))
    }
    let physical = self.fit(observations, isPhysical: true).gateSet.nearest(to: ideal)
    for (gate, transfer) in zip(table, physical.gates) {
      guard let channel = try? Channel(choi: ChoiProjection.nearestChannel(to: PhysicalGateSet.choi(transfer)), tolerance: 1e-6),
        let metrics = try? ChannelMetrics(channel, target: gate.matrix())
      else { continue }
      let bounds = metrics.diamondDistance
      estimates += [
        .withoutInterval(
          "unitarity of \(gate.rawValue)", metrics.unitarity, quality: quality.0,
          reason: "of the likeliest gate set that is physical"),
        BenchmarkEstimate(
          "diamond distance of \(gate.rawValue)", bounds.upperBound, low: bounds.lowerBound, high: bounds.upperBound,
          quality: quality.0, reason: "of the likeliest gate set that is physical; bounds of the calculation, not of the data"),
      ]
    }
    return BenchmarkReport(name: name, estimates: estimates)
  }

  /// Process fidelities of the gates with ideal ones, then the shares of right outcomes after |0> and |1>.
  ///
  /// A state that is read right with the probability p0, and flipped by an ideal X wrong with p1.
  private static func values(of gateSet: GateSet, _ ideal: GateSet) -> [Double] {
    let fidelities = zip(gateSet.gates, ideal.gates).map { zip($0.elements, $1.elements).reduce(0) { $0 + $1.0 * $1.1 } / 4 }
    let (state, effect) = (gateSet.state, gateSet.effect)
    let right = zip(state, effect).reduce(0) { $0 + $1.0 * $1.1 }
    let flipped = [state[0], state[1], -state[2], -state[3]]
    return fidelities + [right, 1 - zip(flipped, effect).reduce(0) { $0 + $1.0 * $1.1 }]
  }

  /// Standard errors of `values`: the inverse of the information, in the directions that counts tell, carried over by derivatives
  /// of what is read in the nearest basis, which no change of basis moves.
  private func errors(_ gateSet: GateSet, _ observations: [GateSetFit.Observation]) -> [Double] {
    let ideal = ideal
    let entries = gateSet.entries
    let information = GateSetFit.information(of: gateSet, observations)
    guard let eigen = try? information.symmetricEigen() else { return Self.values(of: gateSet, ideal).map { _ in .infinity } }
    // As many directions as there are changes of basis have none of it but rounding.
    let kept = eigen.values.indices.dropFirst(GateSet.gaugeCount)
    var variances = Self.values(of: gateSet, ideal).map { _ in 0.0 }
    for place in kept {
      let scale = 1 / max(eigen.values[place], 1e-300).squareRoot()
      let direction = eigen.vectors.column(place).map { $0 * scale }
      // By differences as large as a tenth of the errors.
      func moved(_ size: Double) -> [Double] {
        let other = GateSet(entries: zip(entries, direction).map { $0 + size * $1 })
        return Self.values(of: other.nearest(to: ideal), ideal)
      }
      for (index, (more, less)) in zip(moved(0.1), moved(-0.1)).enumerated() {
        variances[index] += (more - less) * (more - less) / 0.04
      }
    }
    return variances.map { $0.squareRoot() }
  }
}

extension GateSetTomography {
  private enum CodingKeys: CodingKey { case gates, qubit, lengths, shots }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let gates = try container.decode([String].self, forKey: .gates).map { word throws(BenchmarkError) in
      guard let gate = Gate(rawValue: word) else { throw .settings("There is no gate \(word).") }
      return gate
    }
    try self.init(
      gates: gates, qubit: container.decode(Int.self, forKey: .qubit), lengths: container.decode([Int].self, forKey: .lengths),
      shots: container.decode(Int.self, forKey: .shots))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(gates.map(\.rawValue), forKey: .gates)
    try container.encode(qubit, forKey: .qubit)
    try container.encode(lengths, forKey: .lengths)
    try container.encode(shots, forKey: .shots)
  }
}
