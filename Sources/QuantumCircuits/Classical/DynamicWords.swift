import QuantumStates

// Instructions that are no unitary gates: measurement, reset, classical bits, blocks, records.

/// Measures a qubit in the basis of Z and keeps the outcome.
///
/// ```swift
/// Measure(0, into: flag[0])
/// ```
public func Measure(_ qubit: Int, into bit: ClassicalBit) -> Instruction {
  Instruction(.measurement(bits: [bit.index]), targets: [qubit])
}

/// Measures several qubits: qubit j goes to bit j of the register, which has as many.
public func Measure(_ qubits: [Int], into register: ClassicalRegister) -> Instruction {
  Instruction(.measurement(bits: Array(register.bits)), targets: qubits)
}

/// Puts qubits into |0>, whatever they were; what they are entangled with is left in the mixture that this makes.
public func Reset(_ qubits: Int...) -> Instruction { Instruction(.reset, targets: qubits) }

/// Stores the low bits of a value in a register.
public func Assign(_ value: some ClassicalValue, to register: ClassicalRegister) -> Instruction {
  Instruction(.assignment(bits: Array(register.bits), value.expression), targets: [])
}

/// Stores the lowest bit of a value.
public func Assign(_ value: some ClassicalValue, to bit: ClassicalBit) -> Instruction {
  Instruction(.assignment(bits: [bit.index], value.expression), targets: [])
}

/// Does the first block where a classical value is true (not 0), and the second where it is false.
///
/// ```swift
/// If(syndrome == 1) { X(0) } else: { Z(0) }
/// ```
public func If(
  _ condition: some ClassicalValue, @CircuitBuilder then: () -> [Instruction],
  @CircuitBuilder else otherwise: () -> [Instruction] = { [] }
) -> Instruction {
  Instruction(.conditional(condition.expression, then: then(), otherwise: otherwise()), targets: [])
}

/// Repeats a block as long as a classical value is true (not 0), at most `limit` times.
///
/// A shot in which the value is still true after that many rounds is an error, never cut off silently.
public func While(_ condition: some ClassicalValue, limit: Int, @CircuitBuilder _ body: () -> [Instruction]) -> Instruction {
  Instruction(.loop(condition.expression, limit: limit, body: body()), targets: [])
}

/// Records the expectation value of an observable at this place of the circuit.
public func Snapshot(_ label: String, of observable: some PauliExpression) -> Instruction {
  let sum = observable.pauliSum
  let qubits = Set(sum.terms.flatMap(\.word.qubits)).sorted()
  var places = Array(0..<sum.qubitCount)
  for (place, qubit) in qubits.enumerated() { places[qubit] = place }
  let local = sum.terms.map { term in
    PauliSum.Term(term.coefficient, PauliWord(term.word.factors.map { PauliFactor($0.pauli, places[$0.qubit]) }))
  }
  return Instruction(.snapshot(StateSnapshot(label, .expectation(PauliSum(local)))), targets: qubits)
}

/// Records the probabilities of all values of some qubits at this place of the circuit.
public func Snapshot(_ label: String, probabilitiesOf qubits: Int...) -> Instruction {
  Instruction(.snapshot(StateSnapshot(label, .probabilities)), targets: qubits)
}
