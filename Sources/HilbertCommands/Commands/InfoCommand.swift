import ArgumentParser
import LinearAlgebra
import OpenQASM
import QuantumCircuits
import QuantumStates
import Reports

/// `hilbert info`: what a circuit file holds and what it will take to run.
struct InfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Say what a circuit file holds: qubits, depth, counts, and bytes and seconds of a run.",
    discussion: """
      Bytes and seconds are of one exact expectation value of one sample, without its gradient and with it, or where nothing else will do
      of 1000 trajectories: memory from the layout, time from a short probe on this machine, without noise right within a factor of about two. Noise comes
      from the file or from --noise. Circuits of more qubits than fit in memory have none.
      """)

  @OptionGroup var source: CircuitFileOptions

  @Option(help: ArgumentHelp("A noise model to run it with.", valueName: "model.yaml"))
  var noise: String?

  @OptionGroup var numbers: NumberOptions
  @OptionGroup var shared: SharedOptions

  func run() throws {
    let stopwatch = Stopwatch()
    let precision = numbers.precision ?? .double
    let circuit = try source.read()
    let model = try noise.map { try NoiseDescription(ConfigurationText(reading: $0)).model }
    let info = try CircuitInfo(circuit, noise: model, precision: precision, loop: shared.loop)
    try info.write(as: shared.format, shared.conditions(precision: precision, stopwatch: stopwatch))
  }
}
