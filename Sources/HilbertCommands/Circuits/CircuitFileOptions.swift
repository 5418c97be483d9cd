import ArgumentParser
import OpenQASM
import QuantumCircuits

/// The circuit file of a command that does not run it, with numbers for some of its inputs.
struct CircuitFileOptions: ParsableArguments {
  @Argument(help: "The circuit file: OpenQASM 2 or 3 (.qasm), or JSON (.json).")
  var file: String

  @Option(
    help: ArgumentHelp("A number in place of an input; repeat for more. Arrays: w=0.1,0.2,0.3.", valueName: "name=value"))
  var input: [String] = []

  /// The file; inputs that were given are numbers in its circuit and inputs no more.
  func read() throws -> CircuitFile {
    let given = try CircuitInputs.parse(input)
    var (circuit, used) = try CircuitText.read(file, values: given)
    let rest = given.filter { !used.contains($0.key) }
    guard !rest.isEmpty else { return circuit }
    let values = try CircuitInputs.checked(rest, among: circuit.inputs.map(\.name))
    var numbers: [Angle.Symbol: Double] = [:]
    for input in circuit.inputs { numbers[input.symbol] = values[input.name] }
    circuit.circuit = circuit.circuit.substituting { symbol in numbers[symbol].map { Angle($0) } ?? .symbol(symbol) }
    circuit.inputs.removeAll { numbers[$0.symbol] != nil }
    return circuit
  }
}
