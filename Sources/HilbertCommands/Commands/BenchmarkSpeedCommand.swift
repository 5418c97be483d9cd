import ArgumentParser
import QuantumStates

/// `hilbert benchmark speed`: one workload, or the table of all of them.
struct BenchmarkSpeedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "speed", abstract: "Time a workload that other simulators run too.",
    discussion: """
      Prints one JSON line: seconds is the median, checksum what every simulator must agree on. Circuits are compiled before; \
      each repetition has new angles and data. Benchmarks/compare runs the same workloads on other simulators.

      statevector: random circuit of --layers 10, the whole state; qft: Fourier transform of a product state; adjoint: an \
      observable and its gradient after --layers 5; training-step: loss and gradients of a hybrid model on a batch; \
      training-step-two-phase: the same, cotangents supplied after the forward pass; kernel: Gram matrix of the ZZ feature map; \
      sampling: a random circuit of --layers 4 and --shots bit strings; density: an exact density matrix after --layers 10 with \
      depolarizing noise and damping after every gate; trajectories: the same circuit in --shots quantum trajectories, each with a \
      bit string.
      """)

  @Option(help: "\(SpeedWorkloadKind.allCases.map(\.rawValue).joined(separator: ", ")).")
  var workload: SpeedWorkloadKind?

  @Flag(help: "Every workload at the sizes of the comparison, as a table (takes minutes).")
  var suite = false

  @Option(help: "Number of qubits.")
  var qubits: Int?

  @Option(help: "Layers of the circuit (default: 3 for training steps, 5 adjoint, 4 sampling, else 10).")
  var layers: Int?

  @Option(help: "Samples in a training step (default: 64).")
  var batch: Int?

  @Option(help: "Samples of the Gram matrix (default: 200).")
  var samples: Int?

  @Option(help: "Bit strings to draw (default: 1000000).")
  var shots: Int?

  @Option(help: "What adjoint measures: z0, or ham for 20 Pauli words (default: ham).")
  var observable: BenchmarkObservable?

  @Option(help: "Number type: float or double (default: double).")
  var precision: Precision?

  @Option(name: .customLong("repeat"), help: "Timed samples (default: 3 to 15, about 6 seconds).")
  var repetitions: Int?

  @Flag(help: "Leave out what the observables of adjoint and density do not depend on.")
  var lightCone = false

  @Flag(help: "Run once, for the check values only.")
  var check = false

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    guard suite == (workload == nil) else { throw ValidationError("give either --workload NAME or --suite") }
    if lightCone, workload != .adjoint, workload != .density {
      throw ValidationError(
        "--light-cone is for adjoint and density: the other workloads need the whole state, or read every qubit")
    }
    let sizes = [
      ("--qubits", qubits, (workload == .adjoint ? 3 : 2)...40), ("--layers", layers, 1...10_000),
      ("--batch", batch, 1...1_000_000),
      ("--samples", samples, 3...100_000), ("--shots", shots, 1...1_000_000_000),
    ]
    for (name, value, range) in sizes + [("--repeat", repetitions, 1...100_000)] {
      if let value, !range.contains(value) {
        throw ValidationError("\(name) wants a whole number from \(range.lowerBound) to \(range.upperBound), found \(value)")
      }
    }
    if let workload {
      guard qubits != nil else { throw ValidationError("--workload \(workload.rawValue) needs --qubits") }
    } else if let name = sizes.first(where: { $0.1 != nil })?.0 ?? observable.map({ _ in "--observable" })
      ?? precision.map({ _ in "--precision" })
    {
      throw ValidationError("--suite has sizes of its own: leave \(name) out, or take a --workload")
    }
  }

  func run() throws {
    guard let workload, let qubits else { return try runSuite() }
    let settings = SpeedSettings(
      workload: workload, qubits: qubits, layers: layers, batch: batch ?? 64, samples: samples ?? 200, shots: shots ?? 1_000_000,
      observable: observable ?? .hamiltonian, isLightCone: lightCone, precision: precision ?? .double, threads: shared.threads)
    let measurement = try SpeedMeasurement(settings, samples: repetitions, onlyChecks: check)
    try StandardStreams.writeOutput(measurement.line.json + "\n")
  }

  private func runSuite() throws {
    var measurements: [SpeedMeasurement] = []
    for settings in SpeedSuite.settings(threads: shared.threads) {
      measurements.append(try SpeedMeasurement(settings, samples: repetitions, onlyChecks: check))
      if shared.format == .json { continue }
      if !shared.quiet { StandardStreams.writeMessage(measurements[measurements.count - 1].line.json + "\n") }
    }
    switch shared.format {
    case .text: try StandardStreams.writeOutput(SpeedSuite.table(measurements))
    case .json:
      let rows = measurements.map(\.line.json).joined(separator: ", ")
      try StandardStreams.writeOutput("{\"schema\": \"hilbert.benchmark-speed/1\", \"rows\": [\(rows)]}\n")
    }
  }
}

extension SpeedWorkloadKind: ExpressibleByArgument {}
extension BenchmarkObservable: ExpressibleByArgument {}
