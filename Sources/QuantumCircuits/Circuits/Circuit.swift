import QuantumStates

/// A list of instructions on a number of qubits and classical bits: a value that is built, composed, compared and then compiled to
/// run.
///
/// ```swift
/// let bell = Circuit(qubits: 2) {
///   H(0)
///   CX(0, 1)
/// }
/// var same = Circuit(qubits: 2)
/// same.append(H(0))
/// same.append(CX(0, 1))
/// ```
/// The two ways are equal; the second suits circuits of many hundred instructions, which a builder is slow to type-check.
public struct Circuit: Sendable, Hashable {
  /// How many qubits the circuit has.
  public let qubitCount: Int
  /// The named classical bits, in the order of declaration.
  public private(set) var registers: [ClassicalRegister] = []
  /// What is done, in order.
  public private(set) var instructions: [Instruction] = []
  /// One more than the highest parameter index in use.
  public private(set) var parameterCount = 0
  /// One more than the highest feature index in use.
  public private(set) var featureCount = 0
  /// For each qubit whether an instruction acts on it.
  var isTouched: [Bool]

  /// The empty circuit.
  ///
  /// - Parameter bits: classical bits, which form a register named `c`.
  public init(qubits count: Int, bits: Int = 0) {
    self.init(qubits: count, registers: bits == 0 ? [] : [ClassicalRegister("c", bits: 0..<bits)])
  }

  /// The empty circuit with the given classical bits.
  public init(qubits count: Int, registers: [ClassicalRegister]) {
    precondition(count >= 1, "Circuit(qubits: \(count)): a circuit has at least 1 qubit")
    qubitCount = count
    isTouched = Array(repeating: false, count: count)
    for register in registers { add(register) }
  }

  /// The circuit that the builder lists. A wrong instruction stops the program with a message that names it and its line.
  public init(qubits count: Int, bits: Int = 0, @CircuitBuilder _ build: () -> [Instruction]) {
    self.init(qubits: count, bits: bits)
    for instruction in build() { append(instruction) }
  }

  /// The circuit that the builder lists, with the given classical bits.
  public init(qubits count: Int, registers: [ClassicalRegister], @CircuitBuilder _ build: () -> [Instruction]) {
    self.init(qubits: count, registers: registers)
    for instruction in build() { append(instruction) }
  }

  /// The circuit of the given instructions, which come from outside the program.
  /// - Throws: `CircuitError` for the first instruction that does not fit.
  public init(
    qubits count: Int, registers: [ClassicalRegister] = [], instructions: [Instruction]
  ) throws(CircuitError) {
    self.init(qubits: count, registers: registers)
    // Not one by one: a file may have millions, and this way they are not copied.
    for instruction in instructions {
      try check(instruction)
      note(instruction)
    }
    self.instructions = instructions
  }

  /// The circuit of instructions that are known to fit, which takes as many parameters and features as another.
  init(qubits count: Int, instructions: [Instruction], countsOf other: Circuit) {
    self.init(qubits: count)
    for instruction in instructions { add(instruction) }
    (parameterCount, featureCount) = (other.parameterCount, other.featureCount)
  }

  /// Adds an instruction, a Pauli gate or all of another circuit.
  ///
  /// A wrong instruction stops the program with a message that names it and its line; `check` throws the same message.
  ///
  /// Bits keep their places, as qubits do; the registers of a circuit that are beyond those of this one come with it.
  public mutating func append(_ element: some CircuitElement, fileID: StaticString = #fileID, line: Int = #line) {
    for (place, register) in element.registers.enumerated() {
      if place == registers.count { add(register) }
      precondition(
        registers[place] == register,
        "Circuit.append: register \(place) is \(register.name) (bits \(register.bits)) in one circuit and "
          + "\(registers[place].name) (bits \(registers[place].bits)) in the other; move bits with mapped(toBits:registers:)")
    }
    for instruction in element.instructions {
      var located = instruction
      located.source = located.source ?? SourceLocation(fileID: fileID, line: line)
      do {
        try check(located)
      } catch {
        // Not preconditionFailure: its message is lost in release builds.
        fatalError(error.description)
      }
      add(located)
    }
  }

  /// Makes room for as many instructions.
  mutating func reserveCapacity(_ count: Int) { instructions.reserveCapacity(count) }

  /// Adds an instruction that is known to fit.
  mutating func add(_ instruction: Instruction) {
    note(instruction)
    instructions.append(instruction)
  }

  /// Notes what an instruction reads and acts on.
  private mutating func note(_ instruction: Instruction) {
    for angle in instruction.angles {
      for symbol in angle.symbols {
        switch symbol {
        case .parameter(let index): parameterCount = max(parameterCount, index + 1)
        case .feature(let index): featureCount = max(featureCount, index + 1)
        }
      }
    }
    if instruction.actsOnState {
      for qubit in instruction.qubits { isTouched[qubit] = true }
    }
  }

  /// How many classical bits the circuit has.
  public var bitCount: Int { registers.last?.bits.upperBound ?? 0 }

  /// Declares classical bits after those that there are.
  ///
  /// - Parameter name: unlike those of the other registers.
  @discardableResult
  public mutating func addRegister(_ name: String, size: Int) -> ClassicalRegister {
    precondition(size >= 1, "Circuit.addRegister(\(name)): a register has at least 1 bit, not \(size)")
    let register = ClassicalRegister(name, bits: bitCount..<bitCount + size)
    add(register)
    return register
  }

  private mutating func add(_ register: ClassicalRegister) {
    precondition(
      register.bits.lowerBound == bitCount,
      "Circuit: register \(register.name) begins at bit \(register.bits.lowerBound), the bits before it end at \(bitCount)")
    precondition(!registers.contains { $0.name == register.name }, "Circuit: two registers are named \(register.name)")
    registers.append(register)
  }
}

/// What a circuit is made of: instructions, Pauli gates, other circuits, lists of instructions.
public protocol CircuitElement {
  /// The element as a list of instructions.
  var instructions: [Instruction] { get }
  /// The classical bits that the element brings with it.
  var registers: [ClassicalRegister] { get }
}

extension CircuitElement {
  public var registers: [ClassicalRegister] { [] }
}

extension Circuit: CircuitElement {}

extension Instruction: CircuitElement {
  public var instructions: [Instruction] { [self] }
}

extension PauliFactor: CircuitElement {
  /// The Pauli matrix as a gate.
  public var instruction: Instruction {
    switch pauli {
    case .x: .gate(.x, on: qubit)
    case .y: .gate(.y, on: qubit)
    case .z: .gate(.z, on: qubit)
    }
  }

  public var instructions: [Instruction] { [instruction] }
}

extension [Instruction]: CircuitElement {
  public var instructions: [Instruction] { self }
}
