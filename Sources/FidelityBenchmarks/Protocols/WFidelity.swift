import QuantumCircuits
import QuantumStates

/// The fidelity of a W state, (|10...0> + |01...0> + ... + |0...01>)/sqrt n, from its populations and the coherences of its pairs.
///
/// `F = 1/n [Σ_k P(e_k) + Σ_{i<j} (<X_i X_j Π> + <Y_i Y_j Π>)/2]`, where e_k has one excitation at k and Π asks for |0> on all
/// other qubits: 1 + n(n - 1) settings instead of 3^n. A fidelity of more than (n - 1)/n needs entanglement of all n qubits.
///
/// Source: Häffner et al., "Scalable multiparticle entanglement of trapped ions", 2005; Dür, Vidal, Cirac, "Three qubits can be
/// entangled in two inequivalent ways", 2000.
public struct WFidelity: FidelityProtocol {
  public static var word: String { "w" }
  /// Qubits and shots.
  public let settings: RegisterSettings

  public var width: Int { settings.qubits }
  public var shots: Int { settings.shots }

  /// - Throws: `BenchmarkError.settings` for settings that no circuits follow from.
  public init(_ settings: RegisterSettings) throws(BenchmarkError) {
    try settings.check(for: "A W state", qubits: 2...20)
    self.settings = settings
  }

  /// - Throws: `BenchmarkError.settings` for settings that no circuits follow from.
  public init(qubits count: Int, shots: Int = 2000) throws(BenchmarkError) {
    try self.init(RegisterSettings(qubits: count, shots: shots))
  }

  private var pairs: [(first: Int, second: Int)] {
    (0..<width).flatMap { first in (first + 1..<width).map { (first, $0) } }
  }

  public var circuitNames: [String] {
    ["w-populations"] + pairs.flatMap { pair in ["x", "y"].map { "w-\(pair.first)-\(pair.second)-\($0)" } }
  }

  public func circuit(_ index: Int, seed: UInt64) -> Circuit {
    var circuit = Circuit(qubits: width)
    circuit.appendW()
    circuit.append(Barrier())
    guard index > 0 else { return circuit.measuredInto() }
    let pair = pairs[(index - 1) / 2]
    for qubit in [pair.first, pair.second] {
      if index.isMultiple(of: 2) { circuit.append(Sdg(qubit)) }
      circuit.append(H(qubit))
    }
    return circuit.measuredInto()
  }

  public func report(_ data: BenchmarkData, seed: UInt64) throws(BenchmarkError) -> BenchmarkReport {
    let names = circuitNames
    let population = Mean(data[names[0]], in: 0...1) { $0.nonzeroBitCount == 1 ? 1 : 0 }
    var (sum, variance) = (population.value, population.variance)
    for (place, pair) in pairs.enumerated() {
      let mask = 1 << pair.first | 1 << pair.second
      for name in names[1 + 2 * place...2 + 2 * place] {
        let coherence = Mean(data[name], in: -0.5...0.5) { outcome in
          guard outcome & ~mask == 0 else { return 0 }
          return (outcome & mask).nonzeroBitCount == 1 ? -0.5 : 0.5
        }
        sum += coherence.value
        variance += coherence.variance
      }
    }
    let count = Double(width)
    return BenchmarkReport(
      name: name,
      estimates: [
        BenchmarkEstimate(
          "fidelity", sum / count, standardError: variance.squareRoot() / count, freedom: data.shots - 1, within: 0...1,
          reason: "populations and \(pairs.count) pairs, \(data.shots) shots each"),
        BenchmarkEstimate(
          "population", population.value, standardError: population.standardError, freedom: data.shots - 1, within: 0...1,
          reason: "one excitation"),
      ])
  }
}

extension WFidelity {
  public init(from decoder: any Decoder) throws { try self.init(RegisterSettings(from: decoder)) }
  public func encode(to encoder: any Encoder) throws { try settings.encode(to: encoder) }
}
