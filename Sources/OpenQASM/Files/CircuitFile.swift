import QuantumCircuits
import QuantumStates

/// A circuit with what its file says beside it: the names of qubits and inputs, outputs, observables, remarks.
///
/// A `Circuit` numbers its qubits, parameters and features; here stand the names that people gave them, so that a file that is
/// read, changed and written again still reads like itself.
public struct CircuitFile: Sendable, Hashable {
  /// What is run.
  public var circuit: Circuit
  /// The names of the qubits, in order; together they cover all qubits of the circuit.
  public var qubitRegisters: [QubitRegister]
  /// The names of parameters and features.
  public var inputs: [CircuitInput]
  /// The names of the classical registers that are declared as output.
  public var outputs: [String]
  /// The names of the classical registers that are no bits of the file: variables whose values depend on measurements, and what
  /// blocks and subroutines store. Counts leave them out.
  public var variables: [String]
  /// Observables that the file asks for, their qubits by number in the circuit.
  public var observables: [PauliSum]
  /// Annotations and pragmas of other programs, kept as they are.
  public var remarks: [Remark]

  /// The most parameters and features that a file may name; none that can be run has nearly as many.
  static let mostInputs = 1_000_000

  /// A file with nothing but a circuit and its names.
  public init(
    circuit: Circuit, qubitRegisters: [QubitRegister], inputs: [CircuitInput] = [], outputs: [String] = [],
    variables: [String] = [], observables: [PauliSum] = [], remarks: [Remark] = []
  ) {
    self.circuit = circuit
    self.qubitRegisters = qubitRegisters
    self.inputs = inputs
    self.outputs = outputs
    self.variables = variables
    self.observables = observables
    self.remarks = remarks
  }

  /// A circuit under default names: qubits `q`, parameters `w0`, `w1`, ..., features `x0`, `x1`, ...
  public init(_ circuit: Circuit) {
    self.init(
      circuit: circuit, qubitRegisters: [QubitRegister("q", qubits: 0..<circuit.qubitCount)],
      inputs: (0..<circuit.parameterCount).map { CircuitInput("w\($0)", .parameter($0)) }
        + (0..<circuit.featureCount).map { CircuitInput("x\($0)", .feature($0)) })
  }
}

/// A named stretch of the qubits of a circuit.
public struct QubitRegister: Sendable, Hashable, Codable {
  /// What the register is called.
  public let name: String
  /// Its places among the qubits of the circuit.
  public let qubits: Range<Int>

  public init(_ name: String, qubits: Range<Int>) {
    precondition(
      qubits.lowerBound >= 0 && !qubits.isEmpty, "QubitRegister \(name): the qubits \(qubits) must be at least one, from 0 on")
    self.name = name
    self.qubits = qubits
  }
}

/// A number that a circuit takes from outside, by name.
public struct CircuitInput: Sendable, Hashable {
  /// What it is called; element k of an array is called `name[k]`.
  public let name: String
  /// The parameter or feature of the circuit that it stands for.
  public let symbol: Angle.Symbol

  public init(_ name: String, _ symbol: Angle.Symbol) {
    self.name = name
    self.symbol = symbol
  }
}

/// An annotation or a pragma that means nothing to Hilbert and is kept for the program that it is meant for.
public struct Remark: Sendable, Hashable, Codable {
  /// The whole line, from `@` or `#pragma` on.
  public let text: String
  /// The instruction of the circuit before which it stands; the number of instructions where it stands at the end.
  public let place: Int

  public init(_ text: String, place: Int) {
    self.text = text
    self.place = place
  }
}
