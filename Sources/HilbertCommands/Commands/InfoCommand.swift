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
      Bytes and seconds are of one exact expectation value of one sample, without its gradient and with it: memory from the layout, time
      from a short probe on this machine, right within a factor of about two. Circuits with noise, measurements before the end or more
      qubits than fit in memory have none.
      """)

  @OptionGroup var source: CircuitFileOptions

  @OptionGroup var numbers: NumberOptions
  @OptionGroup var shared: SharedOptions

  func run() throws {
    let stopwatch = Stopwatch()
    let precision = numbers.precision ?? .double
    let circuit = try source.read()
    let info = CircuitInfo(circuit, precision: precision, loop: shared.loop)
    try info.write(as: shared.format, shared.conditions(precision: precision, stopwatch: stopwatch))
  }
}
