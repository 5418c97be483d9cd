import QuantumCircuits
import QuantumStates

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The fidelity of a Greenberger-Horne-Zeilinger state (|0...0> + |1...1>)/sqrt 2, from its populations and the oscillation of a
/// parity.
///
/// `F = (P(0...0) + P(1...1) + C)/2`. The coherence C is the amplitude of the parity of all qubits measured along cos φ X + sin φ
/// Y, which for the state is cos nφ: from the n angles φ = kπ/n, `C = 1/n Σ_k (-1)^k <parity(kπ/n)>`. A fidelity of more than 1/2
/// needs entanglement of all n qubits. Two of the settings give a bound alone, `F >= P(all equal) + (<X...X> - 1)/2`.
///
/// Source: Leibfried et al., "Creation of a six-atom Schrödinger cat state", 2005; Tóth, Gühne, "Detecting genuine multipartite
/// entanglement with two local measurements", 2005.
public struct GHZFidelity: FidelityProtocol {
  public static var word: String { "ghz" }
  /// Qubits and shots.
  public let settings: RegisterSettings

  public var width: Int { settings.qubits }
  public var shots: Int { settings.shots }

  /// - Throws: `BenchmarkError.settings` for settings that no circuits follow from.
  public init(_ settings: RegisterSettings) throws(BenchmarkError) {
    try settings.check(for: "A GHZ state", qubits: 2...62, shots: 1)
    self.settings = settings
  }

  /// - Throws: `BenchmarkError.settings` for settings that no circuits follow from.
  public init(qubits count: Int, shots: Int = 10_000) throws(BenchmarkError) {
    try self.init(RegisterSettings(qubits: count, shots: shots))
  }

  public var circuitNames: [String] { ["ghz-populations"] + (0..<width).map { "ghz-parity-\($0)" } }

  public func circuit(_ index: Int, seed: UInt64) -> Circuit {
    var circuit = Circuit(qubits: width)
    circuit.append(H(0))
    for qubit in 1..<width { circuit.append(CX(qubit - 1, qubit)) }
    circuit.append(Barrier())
    guard index > 0 else { return circuit.measuredInto() }
    for qubit in 0..<width {
      // exp(iφZ/2) turns cos φ X + sin φ Y into X, and H that into Z.
      circuit.append(RZ(Angle(-Double(index - 1) * .pi / Double(width)), qubit))
      circuit.append(H(qubit))
    }
    return circuit.measuredInto()
  }

  public func report(_ data: BenchmarkData, seed: UInt64) throws(BenchmarkError) -> BenchmarkReport {
    let all = 1 << width - 1
    let populations = data[circuitNames[0]]
    let equal = Mean(populations, in: 0...1) { $0 == 0 || $0 == all ? 1 : 0 }
    let parities = (0..<width).map { data[circuitNames[1 + $0]].meanParity(all) }
    let count = Double(width)
    let coherence = parities.enumerated().reduce(0) { $0 + ($1.offset.isMultiple(of: 2) ? 1 : -1) * $1.element.value } / count
    let coherenceVariance = parities.reduce(0) { $0 + $1.variance } / (count * count)
    let freedom = populations.shots - 1
    let fidelity = (equal.value + coherence) / 2
    let witness = equal.value + (parities[0].value - 1) / 2
    return BenchmarkReport(
      name: name,
      estimates: [
        BenchmarkEstimate(
          "fidelity", fidelity, standardError: (equal.variance + coherenceVariance).squareRoot() / 2, freedom: freedom,
          within: 0...1,
          reason: "populations and \(width) parities, \(populations.shots) shots each"),
        BenchmarkEstimate(
          "fidelity is at least", witness,
          standardError: (equal.variance + parities[0].variance / 4).squareRoot(),
          freedom: freedom, reason: "the witness of two settings"),
        BenchmarkEstimate(
          "population", equal.value, standardError: equal.standardError, freedom: freedom, within: 0...1,
          reason: "all qubits equal"),
        BenchmarkEstimate(
          "coherence", coherence, standardError: coherenceVariance.squareRoot(), freedom: freedom, within: -1...1,
          reason: "amplitude of the parity oscillation"),
      ],
      curves: [
        BenchmarkCurve(
          name: "parity", xLabel: "angle", x: (0..<width).map { Double($0) * .pi / count }, y: parities.map(\.value),
          errors: parities.map(\.standardError), fit: { coherence * cos(count * $0) })
      ])
  }
}

extension GHZFidelity {
  public init(from decoder: any Decoder) throws { try self.init(RegisterSettings(from: decoder)) }
  public func encode(to encoder: any Encoder) throws { try settings.encode(to: encoder) }
}
