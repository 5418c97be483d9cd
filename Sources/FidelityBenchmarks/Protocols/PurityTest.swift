import QuantumCircuits
import QuantumStates

/// The purity tr ρ^2 of what a circuit prepares, from two copies side by side: one circuit, whatever the number of qubits.
///
/// Each qubit is measured with its copy in the Bell basis. The exchange of the copies is -1 on the singlet and 1 on the three other
/// Bell states, so that `tr ρ^2 = <(-1)^(singlets)>`; over the pairs of some qubits alone it is the purity of those qubits, which
/// is below that of all where they are entangled with the rest. `-ln tr ρ^2` is the Rényi entropy of order 2. The two gates of each
/// pair that measure err too, and lower what is found.
///
/// Source: Daley, Pichler, Schachenmayer, Zoller, "Measuring entanglement growth in quench dynamics of bosons in an optical
/// lattice", 2012; Garcia-Escartin, Chamorro-Posada, "Swap test and Hong-Ou-Mandel effect are equivalent", 2013.
public struct PurityTest: FidelityProtocol {
  public static var word: String { "purity" }
  /// What prepares the state; its copy is prepared on as many qubits after it.
  public let settings: PreparationSettings

  public var width: Int { 2 * settings.circuit.qubitCount }
  public var shots: Int { settings.shots }

  /// - Throws: `BenchmarkError.settings` for a circuit that is not made of gates on 1 to 10 qubits.
  public init(_ settings: PreparationSettings) throws(BenchmarkError) {
    try settings.check(for: "A purity test", qubits: 1...10)
    self.settings = settings
  }

  /// - Throws: `BenchmarkError.settings` for a circuit that is not made of gates on 1 to 10 qubits.
  public init(of circuit: Circuit, shots: Int = 10_000) throws(BenchmarkError) {
    try self.init(PreparationSettings(circuit: circuit, shots: shots))
  }

  public var circuitNames: [String] { ["purity"] }

  public func circuit(_ index: Int, seed: UInt64) -> Circuit {
    let (prepared, count) = (settings.circuit, settings.circuit.qubitCount)
    var circuit = Circuit(qubits: width)
    circuit.append(prepared.instructions)
    circuit.append(prepared.mapped(to: Array(count..<width), qubitCount: width).instructions)
    circuit.append(Barrier())
    for qubit in 0..<count {
      circuit.append(CX(qubit, count + qubit))
      circuit.append(H(qubit))
    }
    return circuit.measuredInto()
  }

  public func report(_ data: BenchmarkData, seed: UInt64) throws(BenchmarkError) -> BenchmarkReport {
    let (count, counts) = (settings.circuit.qubitCount, data[circuitNames[0]])
    /// The mean sign of the pairs of some qubits: a pair with 1 on both sides is a singlet.
    func purity(_ name: String, _ mask: Int, _ reason: String) -> BenchmarkEstimate {
      let mean = Mean(counts, in: -1...1) { ($0 & $0 >> count & mask).nonzeroBitCount.isMultiple(of: 2) ? 1 : -1 }
      return BenchmarkEstimate(
        name, mean.value, standardError: mean.standardError, freedom: counts.shots - 1, within: 0...1, reason: reason)
    }
    let all = purity("purity", 1 << count - 1, "two copies, \(counts.shots) shots")
    let parts = count == 1 ? [] : (0..<count).map { purity("purity of qubit \($0)", 1 << $0, "the others left out") }
    return BenchmarkReport(name: name, estimates: [all] + parts)
  }
}

extension PurityTest {
  public init(from decoder: any Decoder) throws { try self.init(PreparationSettings(from: decoder)) }
  public func encode(to encoder: any Encoder) throws { try settings.encode(to: encoder) }
}
