import QuantumCircuits
import QuantumStates
import Randomness
import Stabilizers

/// The unitarity of errors: how much of them keeps states pure.
///
/// Sequences of random Clifford elements are not undone but measured in all 3^n products of bases, once from |0...0> and once from
/// |1...1>. Half the difference of the two, whose trace is 0, loses what noise adds by itself, such as decay. Its purity `Σ_P
/// <P>^2` decays as `A u^m`: u is 1 for unitary errors and f^2 for depolarizing noise of the factor f. No calibration takes an
/// element below the error `(1 - sqrt u)(d - 1)/d`; what randomized benchmarking finds above it is coherent.
///
/// Squares of expectations from few shots are too large by their variance, which is taken off.
///
/// Source: Wallman, Granade, Harper, Flammia, "Estimating the coherence of noise", 2015; Feng et al., "Estimating the coherence of
/// noise in quantum control of a solid-state qubit", 2016.
public struct UnitarityBenchmarking: FidelityProtocol {
  public static var word: String { "unitarity" }
  public let width: Int
  /// Numbers of random elements.
  public let lengths: [Int]
  /// Sequences of each length.
  public let circuitsPerLength: Int
  public let shots: Int

  /// - Throws: `BenchmarkError.settings` for settings that no sequences follow from.
  public init(
    qubits count: Int, lengths: [Int] = [1, 2, 4, 8, 16, 32, 64], circuitsPerLength: Int = 20, shots: Int = 500
  ) throws(BenchmarkError) {
    guard 1...3 ~= count, lengths.count >= 3, lengths == Set(lengths).sorted(), lengths[0] >= 1, circuitsPerLength >= 1, shots >= 2
    else {
      throw .settings(
        "Unitarity benchmarking takes 1 to 3 qubits, at least 3 ascending lengths and 2 shots, not \(count) and \(lengths).")
    }
    (width, self.lengths, self.circuitsPerLength, self.shots) = (count, lengths, circuitsPerLength, shots)
  }

  private var settings: BasisSettings { BasisSettings(qubits: width) }

  private func names(sequence: Int) -> [String] {
    let (length, number) = (lengths[sequence / circuitsPerLength], sequence % circuitsPerLength)
    return (0...1).flatMap { start in
      settings.indices.map { "unitarity-\(length)-\(number)-\(start)-" + settings.name($0) }
    }
  }

  public var circuitNames: [String] { (0..<lengths.count * circuitsPerLength).flatMap { names(sequence: $0) } }

  public func circuit(_ index: Int, seed: UInt64) -> Circuit {
    let (sequence, rest) = (index / (2 * settings.count), index % (2 * settings.count))
    var source = RandomSource(seed: seed, stream: 0x0C0, index: UInt64(sequence))
    var circuit = Circuit(qubits: width)
    let qubits = Array(0..<width)
    if rest >= settings.count {
      for qubit in qubits { circuit.append(X(qubit)) }
      circuit.append(Barrier())
    }
    for _ in 0..<lengths[sequence / circuitsPerLength] {
      circuit.append(Clifford.random(qubits: width, using: &source).instructions(on: qubits))
      circuit.append(Barrier())
    }
    circuit.appendBases(settings[rest % settings.count])
    return circuit.measuredInto()
  }

  public func report(_ data: BenchmarkData, seed: UInt64) throws(BenchmarkError) -> BenchmarkReport {
    guard data.shots >= 2 else { throw .unreadable("Unitarity needs the scatter of shots: run every circuit at least twice.") }
    let decay = DecayData(
      lengths: lengths,
      values: lengths.indices.map { place in
        (place * circuitsPerLength..<(place + 1) * circuitsPerLength).map { purity(data, sequence: $0) }
      }, asymptote: 0, shots: data.shots)
    let (quality, reason) = decay.quality()
    let (unitarity, error) = (decay.fit.factor, decay.factorError(seed: seed))
    let dimension = Double(1 << width)
    let scale = (dimension - 1) / dimension
    let root = max(unitarity, 1e-12).squareRoot()
    return BenchmarkReport(
      name: name,
      estimates: [
        BenchmarkEstimate(
          "unitarity", unitarity, standardError: error, freedom: decay.freedom, quality: quality, reason: reason),
        BenchmarkEstimate(
          "error without coherence", scale * (1 - root), standardError: scale * error / (2 * root), freedom: decay.freedom,
          quality: quality, reason: "the least average error per Clifford that calibration can reach"),
      ], curves: [decay.curve("purity", along: "Clifford elements")])
  }

  /// The sum of squares of half differences, of all Pauli words but the identity, over the largest that it can be.
  private func purity(_ data: BenchmarkData, sequence: Int) -> Double {
    let names = names(sequence: sequence)
    let sides = (0...1).map { start in
      Expectations(settings.indices.map { (bases: settings[$0], counts: data[names[start * settings.count + $0]]) })
    }
    let sum = Expectations.words(width).dropFirst().reduce(0) { sum, word in
      let difference = (sides[0].mean(of: word) - sides[1].mean(of: word)) / 2
      let variance = (sides[0].unbiasedVariance(word) + sides[1].unbiasedVariance(word)) / 4
      return sum + difference * difference - variance
    }
    // Of n qubits the words of Z with an odd number of factors are 1 at first, half of all that have only Z.
    return sum / Double(1 << (width - 1))
  }
}

extension UnitarityBenchmarking {
  private enum CodingKeys: String, CodingKey {
    case width = "qubits"
    case lengths, circuitsPerLength, shots
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      qubits: container.decode(Int.self, forKey: .width), lengths: container.decode([Int].self, forKey: .lengths),
      circuitsPerLength: container.decode(Int.self, forKey: .circuitsPerLength), shots: container.decode(Int.self, forKey: .shots))
  }
}
