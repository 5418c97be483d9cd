import ArgumentParser
import QuantumCircuits
import QuantumStates

/// `hilbert run`: a circuit file, simulated.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Simulate a circuit file: amplitudes, probabilities, counts, expectation values, gradients.",
    discussion: """
      FILE is OpenQASM 2 or 3 (.qasm) or Hilbert's JSON (.json). Inputs of the file (input float[64] theta;) take their numbers from
      --input, or row by row from the columns of a table; what is asked for is then given for every row.

      Asked for nothing, run shows the observables that the file names, else --shots 1000 where it has classical bits, else all
      probabilities; --top or --qubits alone ask for probabilities. Final measurements are left out of amplitudes, probabilities and
      expectation values.

      Counts have a column for each classical register of the file, the one declared last on the left; where the file declares outputs,
      for those alone. Variables and bits of blocks and subroutines are not counted.

      Exact numbers come from state vectors, with noise from density matrices. Where measurements, conditions or loops stand before
      the end, where a density matrix would be large or slow, and with --method trajectories, expectation values are means over --shots
      trajectories, with standard errors. The method that was taken is part of what is printed.

      --method stabilizer runs Clifford gates, Pauli noise, measurements, resets and conditions on parities, on thousands of qubits.
      --bits FILE writes its shots one after the other, each as the bytes of its classical bits, bit b in bit b mod 8 of byte b / 8.

      A noise model is a YAML file:
        rules:
          - {on: [one-qubit], channel: depolarizing, errorProbability: 0.001}
          - {on: [two-qubit], channel: depolarizing, errorProbability: 0.01}
        readout:
          - {qubits: [0, 1], p01: 0.01, p10: 0.02}
      Where a file measures nothing, all qubits are taken to be measured at its end: errors of readout, and rules and times for
      measurements, are part of counts, probabilities and expectation values alike.

      Bit strings have qubit 0, and of classical bits the first declared, on the right. With --top, amplitudes go by bit string.
      """)

  @Argument(help: "The circuit file.")
  var file: String

  @Option(help: "Draw this many shots and count them.")
  var shots: Int?

  @Flag(help: "All amplitudes of the final state.")
  var amplitudes = false

  @Flag(help: "All probabilities above 1e-12.")
  var probabilities = false

  @Option(help: ArgumentHelp("An expectation value, such as \"Z0 Z1 + 0.5 X2\"; repeat for more.", valueName: "observable"))
  var expectation: [String] = []

  @Option(help: ArgumentHelp("A number for an input; repeat for more. Arrays: w=0.1,0.2,0.3.", valueName: "name=value"))
  var input: [String] = []

  @Option(help: ArgumentHelp("A table whose columns are inputs: one sample a row.", valueName: "file.csv"))
  var inputs: String?

  @Flag(help: "Derivatives of every expectation value by every input, by the adjoint method.")
  var gradient = false

  @Option(help: ArgumentHelp("A noise model.", valueName: "model.yaml"))
  var noise: String?

  @Option(help: ArgumentHelp("With --method stabilizer: write every shot as packed bits instead of counting.", valueName: "file"))
  var bits: String?

  @Option(help: "\(RunMethod.allCases.map(\.rawValue).joined(separator: ", ")).")
  var method = RunMethod.automatic

  @Option(help: "Only this many amplitudes and probabilities, the largest.")
  var top: Int?

  @Option(help: ArgumentHelp("Probabilities of these qubits, the first rightmost, such as 0,3.", valueName: "list"))
  var qubits: String?

  @OptionGroup var numbers: NumberOptions
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    for (name, value) in [("--shots", shots), ("--top", top)] {
      if let value, value < 1 { throw ValidationError("\(name) wants a whole number of at least 1, found \(value)") }
    }
    if let shots, shots > 1_000_000_000 {
      throw ValidationError("--shots wants a whole number from 1 to 1000000000, found \(shots)")
    }
    if bits != nil, method != .stabilizer { throw ValidationError("--bits goes with --method stabilizer") }
    if top != nil || qubits != nil, !amplitudes, !probabilities, shots != nil || !expectation.isEmpty || gradient {
      throw ValidationError("--top and --qubits choose among amplitudes and probabilities; add --amplitudes or --probabilities")
    }
  }

  func run() throws {
    let stopwatch = Stopwatch()
    let precision = numbers.precision ?? .double
    let given = try CircuitInputs.parse(input)
    let (circuit, used) = try CircuitText.read(file, values: given)
    let rows = try CircuitInputs(of: circuit, given: given.filter { !used.contains($0.key) }, table: inputs)
    let model = try noise.map { try NoiseDescription(ConfigurationText(reading: $0)).model }
    var request = RunRequest(
      amplitudes: amplitudes, probabilities: probabilities, gradient: gradient, shots: shots, seed: numbers.seed ?? 0, top: top,
      qubits: try qubitList(), method: method)
    request.bits = bits
    if request.isEmpty, top != nil || qubits != nil { request.probabilities = true }
    request.observables = try expectation.map { text throws(Failure) in try ObservableRequest(text) }
    if request.observables.isEmpty, request.isEmpty || gradient { request.observables = circuit.observables.map { .init($0) } }
    if gradient, request.observables.isEmpty {
      throw Failure(.usage, "--gradient needs something to differentiate: give --expectation OBSERVABLE")
    }
    if request.isEmpty {
      if circuit.circuit.bitCount > 0 || method == .stabilizer { request.shots = 1000 } else { request.probabilities = true }
    }
    let run = try CircuitRun(
      circuit, inputs: rows, noise: model, request: request, precision: precision, loop: shared.loop)
    if let noise = run.noise {
      let still = model!.rules.compactMap { rule in rule.gateLeftAlone(by: circuit.circuit) }
      for warning in noise.report.warnings + still { shared.note("\(self.noise!): \(warning)") }
    }
    try result(of: run).write(
      as: shared.format, shared.conditions(seed: request.seed, precision: precision, stopwatch: stopwatch))
  }

  /// A loop that does not end is told in the words of the file.
  private func result(of run: CircuitRun) throws -> RunResult {
    do {
      return try run.result()
    } catch CompilationError.loop(_, _, let limit) {
      throw Failure(
        .badInput,
        "\(file): a while loop still goes on after \(limit) rounds in some shot; see that its condition ends, or write "
          + "@hilbert.limit \(10 * limit) on the line before it")
    }
  }

  private func qubitList() throws(Failure) -> [Int]? {
    guard let qubits else { return nil }
    let list = qubits.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    guard !list.isEmpty, list.allSatisfy({ $0 != nil }), Set(list).count == list.count else {
      throw Failure(.usage, "--qubits wants different whole numbers such as 0,3, found \(qubits)")
    }
    return list.map { $0! }
  }
}

extension NoiseRule {
  /// What an over-rotation does not turn, though the rule is for it.
  fileprivate func gateLeftAlone(by circuit: Circuit) -> String? {
    guard case .overRotation = effect,
      let gate = circuit.instructions.first(where: { $0.isUnitary && $0.angles.isEmpty && matches($0) })
    else { return nil }
    return "the rule '\(name)' leaves \(gate) as it is: it scales angles, and this has none"
  }
}
