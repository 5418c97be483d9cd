import QuantumCircuits
import QuantumStates

// Instructions as statements of OpenQASM 3; what the language lacks is a pragma.

extension OpenQASM3Writer {
  mutating func write(_ instruction: Instruction) throws(WritingError) {
    switch instruction.kind {
    case .gate(let gate, let list): try write(gate, list, instruction)
    case .unitary, .diagonal, .permutation, .pauliRotation, .preparation, .channel, .snapshot: try writePragma(instruction)
    case .barrier: line(instruction.targets.isEmpty ? "barrier;" : "barrier \(names.qubits(instruction.targets));")
    case .measurement(let bits):
      try requireTargets(instruction)
      if bits.count == 1 {
        line("\(names.bit(bits[0])) = measure \(names.qubit(instruction.targets[0]));")
      } else {
        let (left, right) = (bitsText(bits), qubitsText(instruction.targets))
        line("\(left) = measure \(right);")
      }
    case .reset:
      try requireTargets(instruction)
      let targets = instruction.targets
      line("reset \(targets.count == 1 ? names.qubit(targets[0]) : qubitsText(targets));")
    case .assignment(let bits, let value):
      if bits.isEmpty { throw refusal(instruction, "it stores no bit", "name the bits it stores") }
      guard value.fits(bitCount: bits.count) else {
        throw refusal(instruction, "what is stored has another number of bits", "store as many bits, or compare with a number")
      }
      let text = try expression(value, in: instruction)
      let left = bits.count == 1 ? names.bit(bits[0]) : bitsText(bits)
      line("\(left) = \(text);")
    case .conditional(let condition, let then, let otherwise):
      let text = try self.condition(condition, in: instruction)
      line("if (\(text)) {")
      try write(block: then)
      if !otherwise.isEmpty {
        line("} else {")
        try write(block: otherwise)
      }
      line("}")
    case .loop(let condition, let limit, let body):
      let text = try self.condition(condition, in: instruction)
      if !isPortable { line("@hilbert.limit \(limit)") }
      line("while (\(text)) {")
      try write(block: body)
      line("}")
    }
  }

  private mutating func write(block: [Instruction]) throws(WritingError) {
    let outer = indentation
    indentation += "  "
    for instruction in block { try write(instruction) }
    indentation = outer
  }

  private mutating func write(_ gate: Gate, _ list: [Angle], _ instruction: Instruction) throws(WritingError) {
    let own = instruction.controls.prefix(gate.row.controlCount)
    guard own.allSatisfy(\.isOne) else {
      throw refusal(instruction, "a control of the gate's own stands on 0", "write the gate without it, under an added control")
    }
    let angles = list.isEmpty ? "" : "(\(try self.angles.list(list)))"
    let added = instruction.controls.dropFirst(own.count)
    let qubits = added.map(\.qubit) + own.map(\.qubit) + instruction.targets
    line("\(modifiers(added))\(gate.rawValue)\(angles)\(qubits.isEmpty ? "" : " ")\(names.qubits(qubits));")
  }

  /// One modifier for each added control.
  func modifiers(_ controls: some Sequence<Control>) -> String {
    controls.map { $0.isOne ? "ctrl @ " : "negctrl @ " }.joined()
  }

  func refusal(_ instruction: Instruction, _ reason: String, _ advice: String) -> WritingError {
    WritingError(format: format, construct: "\(instruction)", reason: reason, advice: advice)
  }

  private func requireTargets(_ instruction: Instruction) throws(WritingError) {
    if instruction.targets.isEmpty { throw refusal(instruction, "it names no qubit", "remove it") }
  }

  // MARK: - Several qubits or bits

  /// Several qubits as one operand: a register, elements of one, or an alias that is declared now.
  private mutating func qubitsText(_ qubits: [Int]) -> String {
    if let register = FileNames.whole(qubits, in: names.qubitRegisters, range: \.qubits) { return register.name }
    if let register = FileNames.holder(qubits, in: names.qubitRegisters, range: \.qubits) {
      return "\(register.name)[{\(qubits.map { "\($0 - register.qubits.lowerBound)" }.joined(separator: ", "))}]"
    }
    return alias(qubits.map(names.qubit))
  }

  /// Several bits as one operand.
  private mutating func bitsText(_ bits: [Int]) -> String {
    if let register = FileNames.whole(bits, in: names.bitRegisters, range: \.bits) { return register.name }
    if let register = FileNames.holder(bits, in: names.bitRegisters, range: \.bits) {
      return "\(register.name)[{\(bits.map { "\($0 - register.bits.lowerBound)" }.joined(separator: ", "))}]"
    }
    return alias(bits.map(names.bit))
  }

  private mutating func alias(_ elements: [String]) -> String {
    let name = names.fresh("group")
    line("let \(name) = \(elements.joined(separator: " ++ "));")
    return name
  }

  // MARK: - Classical expressions

  /// A condition; one without bits would be decided while the file is read.
  private mutating func condition(_ value: ClassicalExpression, in instruction: Instruction) throws(WritingError) -> String {
    if value.usedBits.isEmpty {
      throw refusal(instruction, "its condition depends on no bit", "put the block that is meant in its place")
    }
    return try expression(value, in: instruction)
  }

  private mutating func expression(_ value: ClassicalExpression, in instruction: Instruction) throws(WritingError) -> String {
    switch value {
    case .integer(let number): return "\(number)"
    case .bits(let bits):
      if bits.isEmpty { throw refusal(instruction, "it reads no bit", "write 0") }
      return bits.count == 1 ? names.bit(bits[0]) : bitsText(bits)
    case .not(let operand):
      try requireBits(value, instruction)
      return "!\(try self.operand(operand, in: instruction))"
    case .binary(let operation, let left, let right):
      try requireBits(value, instruction)
      let first = try operand(left, in: instruction)
      return "\(first) \(operation.rawValue) \(try operand(right, in: instruction))"
    }
  }

  private mutating func operand(_ value: ClassicalExpression, in instruction: Instruction) throws(WritingError) -> String {
    let text = try expression(value, in: instruction)
    switch value {
    case .bits: return text
    case .integer(let number): return number < 0 ? "(\(text))" : text
    case .not, .binary: return "(\(text))"
    }
  }

  private func requireBits(_ value: ClassicalExpression, _ instruction: Instruction) throws(WritingError) {
    if value.usedBits.isEmpty {
      throw refusal(instruction, "\(value) is a number that would be worked out while reading", "write the number")
    }
  }
}

extension ClassicalExpression {
  /// How many bits OpenQASM takes the value for: bits and what joins them bit by bit keep their number, truth values are one bit,
  /// numbers fit everywhere (nil).
  private var width: Int? {
    switch self {
    case .integer: nil
    case .bits(let bits): bits.count
    case .not: 1
    case .binary(let operation, let left, let right):
      switch operation {
      case .bitAnd, .bitOr, .bitXor: left.width.flatMap { $0 == right.width ? $0 : nil }
      case .shiftLeft, .shiftRight: left.width
      case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .and, .or: 1
      case .plus, .minus, .times: nil
      }
    }
  }

  /// Whether the value can be stored as it is: a single bit takes truth values alone, several take as many bits, or a number.
  fileprivate func fits(bitCount: Int) -> Bool {
    // A number is read as its low bits.
    if case .integer(let value) = self { return value >= 0 && (bitCount >= 62 || value < 1 << bitCount) }
    return bitCount == 1 ? width == 1 : width.map { $0 == bitCount } ?? true
  }
}
