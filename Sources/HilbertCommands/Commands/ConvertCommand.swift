import ArgumentParser
import OpenQASM

/// `hilbert convert`: a circuit file in another format.
struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert", abstract: "Write a circuit file in another format.",
    discussion: """
      What is read again from the result is the same circuit: every gate, name, input and number. What a format cannot hold is an
      error that names it. OpenQASM 3 holds matrices, channels and snapshots as #pragma hilbert; OpenQASM 2 holds none of them.

      --portable writes what every reader of OpenQASM knows: elements of arrays are inputs of their own (w_0, w_1, ...), matrices on one
      or two qubits and Pauli rotations are gates, and there are no pragmas and annotations. What that leaves out is listed on standard
      error; what cannot be left out, such as noise, is an error that names it.
      """)

  @OptionGroup var source: CircuitFileOptions

  @Option(help: "The format: qasm3, qasm2 or json (default: the one that the output's ending promises, else qasm3).")
  var to: CircuitFormat?

  @Option(help: "The file to write (default: standard output).")
  var output: String?

  @Flag(help: "Only what other programs read too.")
  var portable = false

  @OptionGroup var shared: SharedOptions

  func run() throws {
    let stopwatch = Stopwatch()
    let circuit = try source.read()
    let format = to ?? output.flatMap { CircuitFormat(path: $0) }
    if output != nil, format == nil {
      throw Failure(.usage, "--output \(output!) has no ending .qasm or .json; name the format with --to")
    }
    let text = try portable ? portableText(circuit, format ?? .qasm3) : (format ?? .qasm3).text(circuit)
    if let output {
      try CircuitText.write(text, to: output)
      if shared.format == .text { return }
    }
    try ConvertResult(format: (format ?? .qasm3).rawValue, output: output, circuit: output == nil ? text : nil).write(
      as: shared.format, shared.conditions(stopwatch: stopwatch))
  }
}

extension ConvertCommand {
  private func portableText(_ circuit: CircuitFile, _ format: CircuitFormat) throws -> String {
    guard let version = format.version else {
      throw Failure(.usage, "--portable is about OpenQASM, and other programs do not read JSON; take --to qasm3 or qasm2")
    }
    let result = try circuit.portable(for: version)
    for part in result.leftOut { shared.note("left out: \(part)") }
    return try result.openQASM(version)
  }
}

private struct ConvertResult: CommandResult {
  var command: String { "convert" }

  let format: String
  let output: String?
  let circuit: String?

  var text: String { circuit ?? "" }
}
