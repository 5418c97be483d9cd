import QuantumCircuits
import QuantumStates

/// The inequality of Clauser, Horne, Shimony and Holt on a Bell pair, and the pair's fidelity.
///
/// `S = <AB> + <AB'> + <A'B> - <A'B'>` with A = Z, A' = X and B, B' = (Z ± X)/sqrt 2 is at most 2 where outcomes were fixed before,
/// and 2 sqrt 2 for (|00> + |11>)/sqrt 2. The fidelity is `(1 + <XX> - <YY> + <ZZ>)/4`.
///
/// Source: Clauser, Horne, Shimony, Holt, "Proposed experiment to test local hidden-variable theories", 1969.
public struct BellTest: FidelityProtocol {
  public static var word: String { "bell" }
  /// The two qubits.
  public let qubits: [Int]
  public let shots: Int

  public var width: Int { 2 }

  /// - Throws: `BenchmarkError.settings` for settings that no circuits follow from.
  public init(qubits: [Int] = [0, 1], shots: Int = 10_000) throws(BenchmarkError) {
    guard qubits.count == 2, qubits[0] != qubits[1], qubits.allSatisfy({ $0 >= 0 }), shots >= 2 else {
      throw .settings("A Bell test takes two different qubits and at least 2 shots, not \(qubits) and \(shots).")
    }
    (self.qubits, self.shots) = (qubits, shots)
  }

  /// The second of two bases of a side has a 2.
  public var circuitNames: [String] { ["ab", "ab2", "a2b", "a2b2", "xx", "yy", "zz"].map { "bell-\($0)" } }

  public func circuit(_ index: Int, seed: UInt64) -> Circuit {
    let (first, second) = (qubits[0], qubits[1])
    var circuit = Circuit(qubits: max(first, second) + 1, bits: 2)
    circuit.append(H(first))
    circuit.append(CX(first, second))
    circuit.append(Barrier())
    switch index {
    case 0...3:
      // RY(-t) turns cos t Z + sin t X into Z.
      if index >= 2 { circuit.append(RY(-.pi / 2, first)) }
      circuit.append(RY(index.isMultiple(of: 2) ? -.pi / 4 : .pi / 4, second))
    case 4:
      circuit.append(H(first))
      circuit.append(H(second))
    case 5:
      for qubit in qubits {
        circuit.append(Sdg(qubit))
        circuit.append(H(qubit))
      }
    default: break
    }
    circuit.append(Measure(qubits, into: circuit.registers[0]))
    return circuit
  }

  public func report(_ data: BenchmarkData, seed: UInt64) throws(BenchmarkError) -> BenchmarkReport {
    let parities = circuitNames.map { data[$0].meanParity(3) }
    func sum(_ weights: [Double]) -> (value: Double, error: Double) {
      let terms = zip(parities, weights)
      return (
        terms.reduce(0) { $0 + $1.0.value * $1.1 }, terms.reduce(0) { $0 + $1.0.variance * $1.1 * $1.1 }.squareRoot()
      )
    }
    let (bell, bellError) = sum([1, 1, 1, -1, 0, 0, 0])
    let (fidelity, fidelityError) = sum([0, 0, 0, 0, 0.25, -0.25, 0.25])
    let excess = (bell - 2) / max(bellError, 1e-300)
    return BenchmarkReport(
      name: name,
      estimates: [
        BenchmarkEstimate(
          "S", bell, standardError: bellError, freedom: data.shots - 1,
          reason: excess > 0
            ? "\(excess.rounded(toPlaces: 1)) standard errors above 2, the bound of outcomes fixed before"
            : "2 is not exceeded: outcomes fixed before would explain it"),
        BenchmarkEstimate(
          "fidelity", 0.25 + fidelity, standardError: fidelityError, freedom: data.shots - 1, within: 0...1,
          reason: "three parities, \(data.shots) shots each"),
      ])
  }
}

extension BellTest {
  private enum CodingKeys: CodingKey { case qubits, shots }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(qubits: container.decode([Int].self, forKey: .qubits), shots: container.decode(Int.self, forKey: .shots))
  }
}
