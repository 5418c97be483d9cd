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
/// Both halves depend on the protocol's settings and the seed alone, so that counts can come from elsewhere and later. Settings
/// that are decoded pass the same checks as those of the initializers.
public protocol FidelityProtocol: Sendable, Codable {
  /// The word that files and the command line know it by.
  static var word: String { get }
  /// A word for file names and messages, such as `rb`.
  var name: String { get }
  /// Times that each circuit is run.
  var shots: Int { get }
  /// How many bits an outcome has, at most.
  var width: Int { get }
  /// How many bits the outcomes of a circuit have.
  func width(of index: Int) -> Int
  /// The names of the circuits, in order.
  var circuitNames: [String] { get }
  /// The circuit with the name at a place of `circuitNames`, the same for the same seed, with measurements of `width` bits at its
  /// end.
  func circuit(_ index: Int, seed: UInt64) -> Circuit
  /// What counts of the circuits of that seed say.
  ///
  /// - Parameter data: has been checked against the circuits.
  func report(_ data: BenchmarkData, seed: UInt64) throws(BenchmarkError) -> BenchmarkReport
}

extension FidelityProtocol {
  public var name: String { Self.word }
  public func width(of index: Int) -> Int { width }

  /// All circuits, in order.
  public func circuits(seed: UInt64) -> [PlannedCircuit] {
    circuitNames.enumerated().map { PlannedCircuit($1, circuit($0, seed: seed)) }
  }

  /// What counts of the circuits of that seed say.
  ///
  /// - Throws: `BenchmarkError` for counts that do not belong to these circuits, and where they say nothing.
  public func analyze(_ data: BenchmarkData, seed: UInt64) throws(BenchmarkError) -> BenchmarkReport {
    try data.check(self)
    return try report(data, seed: seed)
  }

  /// Runs the circuits on a simulated device and says what their counts say.
  public func run(on device: SimulatedDevice, seed: UInt64) throws -> BenchmarkReport {
    try report(try device.counts(of: self, seed: seed), seed: seed)
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
