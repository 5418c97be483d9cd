import QuantumStates

/// What noise a device adds to circuits: rules for operations, relaxation while time passes, errors of readout.
///
/// ```swift
/// let model = NoiseModel(rules: [NoiseRule("decay", on: .oneQubit, .amplitudeDamping(0.01))])
/// let noisy = try model.applied(to: circuit)
/// let values = try Expectation(of: Z(0), after: noisy.circuit).values()
/// print(noisy.report)
/// ```
/// Strengths of channels may be parameters and features of the circuit, and then have gradients.
public struct NoiseModel: Sendable, Hashable {
  /// The model's name.
  public var name: String
  /// All that match an operation add to it, in order.
  public var rules: [NoiseRule]
  /// How long operations take.
  public var times: GateTimes
  /// Relaxation of every qubit that `qubitRelaxation` does not name, during operations and while it waits; nil for none.
  public var relaxation: Relaxation?
  /// Relaxation of single qubits.
  public var qubitRelaxation: [Int: Relaxation]
  /// Errors of readout; nil for none.
  public var readout: ReadoutError?

  public init(
    name: String = "noise", rules: [NoiseRule] = [], times: GateTimes = GateTimes(), relaxation: Relaxation? = nil,
    qubitRelaxation: [Int: Relaxation] = [:], readout: ReadoutError? = nil
  ) {
    self.name = name
    self.rules = rules
    self.times = times
    self.relaxation = relaxation
    self.qubitRelaxation = qubitRelaxation
    self.readout = readout
  }

  /// A circuit with its noise, and how often each rule fired.
  public struct NoisyCircuit: Sendable {
    /// The circuit with channels in it.
    public let circuit: Circuit
    /// What fired.
    public let report: NoiseReport
    /// Errors of readout, which are no part of the circuit.
    public let readout: ReadoutError?
  }

  /// The circuit with the model's channels inserted.
  ///
  /// - Throws: `CircuitError` for a channel that does not fit: strengths out of range, or a neighbour that the circuit lacks.
  public func applied(to circuit: Circuit) throws(CircuitError) -> NoisyCircuit {
    var insertion = NoiseInsertion(self)
    insertion.run(circuit)
    var noisy = Circuit(qubits: circuit.qubitCount, registers: circuit.registers)
    for instruction in insertion.result {
      try noisy.check(instruction)
      noisy.add(instruction)
    }
    return NoisyCircuit(circuit: noisy, report: insertion.report, readout: readout)
  }

  /// The relaxation of a qubit.
  public func relaxation(of qubit: Int) -> Relaxation? { qubitRelaxation[qubit] ?? relaxation }
}

/// How often each part of a noise model added something to a circuit.
public struct NoiseReport: Sendable, Hashable, CustomStringConvertible {
  /// By rule, in the model's order: its name, and how many operations it added to.
  public internal(set) var fired: [(rule: String, count: Int)] {
    get { zip(names, counts).map { ($0, $1) } }
    set { (names, counts) = (newValue.map(\.rule), newValue.map(\.count)) }
  }
  private var names: [String] = []
  private var counts: [Int] = []
  /// Channels of relaxation: during operations, and while a qubit waited.
  public internal(set) var relaxations: (during: Int, waiting: Int) {
    get { (during, waiting) }
    set { (during, waiting) = newValue }
  }
  private var during = 0
  private var waiting = 0
  /// The length of the schedule.
  public internal(set) var duration = 0.0
  /// What is probably a mistake: rules that never fired, and rules whose channel did not fit an operation.
  public internal(set) var warnings: [String] = []

  public var description: String {
    let rules = fired.map { "\($0.rule): \($0.count)" }
    let times = during + waiting > 0 ? ["relaxation: \(during) during operations, \(waiting) while waiting"] : []
    return (rules + times + warnings.map { "warning: \($0)" }).joined(separator: "\n")
  }

  mutating func count(_ rule: Int) { counts[rule] += 1 }
  init(rules: [NoiseRule]) { (names, counts) = (rules.map(\.name), rules.map { _ in 0 }) }
}
