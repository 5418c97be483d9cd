import QuantumCircuits
import QuantumStates

/// A circuit of a benchmark, with the name under which its counts come back.
public struct PlannedCircuit: Sendable, Hashable {
  /// Unlike all others of the plan, for example `rb-0016-003`.
  public let name: String
  /// The circuit, with measurements at its end.
  public let circuit: Circuit

  public init(_ name: String, _ circuit: Circuit) {
    self.name = name
    self.circuit = circuit
  }

}

/// A way to find out how good a device is: circuits to run, and what their counts say.
///
/// Both halves depend on the protocol's settings and the seed alone, so that counts can come from elsewhere and later.
public protocol FidelityProtocol: Sendable {
  /// A word for file names and messages, such as `rb`.
  var name: String { get }
  /// Times that each circuit is run.
  var shots: Int { get }
  /// How many bits an outcome has.
  var width: Int { get }
  /// The names of the circuits, in order.
  var circuitNames: [String] { get }
  /// The circuits, the same for the same seed.
  func circuits(seed: UInt64) -> [PlannedCircuit]
  /// What counts of the circuits of that seed say.
  ///
  /// - Parameter data: has been checked against the circuits.
  func report(_ data: BenchmarkData, seed: UInt64) throws(BenchmarkError) -> BenchmarkReport
}

extension FidelityProtocol {
  /// What counts of the circuits of that seed say.
  ///
  /// - Throws: `BenchmarkError` for counts that do not belong to these circuits, and where they say nothing.
  public func analyze(_ data: BenchmarkData, seed: UInt64) throws(BenchmarkError) -> BenchmarkReport {
    try data.check(names: circuitNames, width: width)
    return try report(data, seed: seed)
  }

  /// Runs the circuits on a simulated device and says what their counts say.
  public func run(on device: SimulatedDevice, seed: UInt64) throws -> BenchmarkReport {
    try report(try device.counts(of: circuits(seed: seed), shots: shots, seed: seed), seed: seed)
  }
}

extension Circuit {
  /// The circuit with all its qubits measured into a register `c`.
  func measuredInto() -> Circuit {
    var result = Circuit(qubits: qubitCount, bits: qubitCount)
    result.append(instructions)
    result.append(Measure(Array(0..<qubitCount), into: result.registers[0]))
    return result
  }
}
