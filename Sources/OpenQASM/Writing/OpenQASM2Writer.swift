import QuantumCircuits
import QuantumStates

/// Writes a file in OpenQASM 2: gates with numbers, measurement, reset, and conditions on one register for one statement.
struct OpenQASM2Writer {
  let file: CircuitFile
  let format = "OpenQASM 2"
  private let angles = AngleWriting(format: "OpenQASM 2", names: [:])
  private let names: FileNames
  /// The gates that the file defines.
  private let needed: [Gate]
  private var output = ""

  init(_ file: CircuitFile) throws(WritingError) {
    self.file = file
    let gates = Set(file.circuit.instructions.flatMap { [$0] + $0.blocks.joined() }.compactMap(\.gate))
    needed = GateDefinition.needed(for: gates, beyond: GateDefinition.standard2.union([.gphase, .u]))
    names = try FileNames(file, format: format, reserved: Self.reserved.union(needed.map(\.rawValue))) { name in
      name.first.map { $0.isASCII && $0.isLowercase } ?? false
        && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    }
  }

  mutating func text() throws(WritingError) -> String {
    if let input = file.inputs.first {
      throw refusal("the input \(input.name)", "it has no inputs", "bind parameters and features to numbers, or write OpenQASM 3")
    }
    if let name = file.outputs.first { throw refusal("the output \(name)", "it has no outputs", "write OpenQASM 3") }
    if let name = file.variables.first {
      throw refusal("the variable \(name)", "it has no variables", "store results in registers of bits, or write OpenQASM 3")
    }
    if let observable = file.observables.first {
      throw refusal("the observable \(observable)", "it has no pragmas", "remove it, or write OpenQASM 3")
    }
    if let remark = file.remarks.first {
      throw refusal("\"\(remark.text)\"", "it has no annotations and pragmas", "remove it, or write OpenQASM 3")
    }
    output = "OPENQASM 2.0;\ninclude \"qelib1.inc\";\n"
    for gate in needed {
      guard let text = GateDefinition.all[gate]?.text(of: gate, .two) else {
        throw refusal("the gate \(gate.rawValue)", "it takes controls that no gate there has", "write OpenQASM 3")
      }
      output += text + "\n"
    }
    for register in file.qubitRegisters { output += "qreg \(register.name)[\(register.qubits.count)];\n" }
    for register in file.circuit.registers { output += "creg \(register.name)[\(register.size)];\n" }
    for instruction in file.circuit.instructions { output += try statement(instruction) + "\n" }
    return output
  }

  private func refusal(_ construct: String, _ reason: String, _ advice: String) -> WritingError {
    WritingError(format: format, construct: construct, reason: reason, advice: advice)
  }

  private func refusal(_ instruction: Instruction, _ reason: String, _ advice: String = "write OpenQASM 3") -> WritingError {
    refusal("\(instruction)", reason, advice)
  }

  private func statement(_ instruction: Instruction) throws(WritingError) -> String {
    switch instruction.kind {
    case .gate(.gphase, _):
      throw refusal(instruction, "it has no global phase", "remove it where nothing sees it, or write OpenQASM 3")
    case .gate(.u, _):
      throw refusal(instruction, "its U is the rotation u3, without the phase", "write the gate as U3, or write OpenQASM 3")
    case .gate(let gate, let list):
      guard instruction.controls.count == gate.row.controlCount, instruction.controls.allSatisfy(\.isOne) else {
        throw refusal(instruction, "it has no controls but those of its gates")
      }
      if let angle = list.first(where: { !$0.isConstant }) {
        throw refusal(
          instruction, "it has no inputs such as \(angle)", "bind parameters and features to numbers, or write OpenQASM 3")
      }
      let angles = list.isEmpty ? "" : "(\(try self.angles.list(list)))"
      return "\(gate.rawValue)\(angles) \(names.qubits(instruction.qubits));"
    case .barrier:
      let qubits = instruction.targets.isEmpty ? file.qubitRegisters.map(\.name) : instruction.targets.map(names.qubit)
      return "barrier \(qubits.joined(separator: ", "));"
    case .measurement(let bits): return try measurement(bits, instruction)
    case .reset:
      guard instruction.targets.count == 1 else {
        throw refusal(instruction, "it resets one qubit at a time", "reset them one by one")
      }
      return "reset \(names.qubit(instruction.targets[0]));"
    case .conditional(let condition, let then, let otherwise):
      guard case .binary(.equal, .bits(let bits), .integer(let value)) = condition, value >= 0,
        let register = FileNames.whole(bits, in: names.bitRegisters, range: \.bits), then.count == 1, otherwise.isEmpty,
        then[0].blocks.isEmpty, then[0].kind != .barrier
      else {
        throw refusal(instruction, "its conditions compare one register with a number, before one statement")
      }
      return "if (\(register.name) == \(value)) \(try statement(then[0]))"
    case .unitary, .diagonal, .permutation, .pauliRotation, .preparation, .channel, .assignment, .loop, .snapshot:
      throw refusal(instruction, "it has nothing of the kind")
    }
  }

  private func measurement(_ bits: [Int], _ instruction: Instruction) throws(WritingError) -> String {
    if bits.count == 1 { return "measure \(names.qubit(instruction.targets[0])) -> \(names.bit(bits[0]));" }
    guard let qubits = FileNames.whole(instruction.targets, in: names.qubitRegisters, range: \.qubits),
      let register = FileNames.whole(bits, in: names.bitRegisters, range: \.bits)
    else {
      throw refusal(instruction, "it measures one qubit, or a whole register into a register", "measure one by one")
    }
    return "measure \(qubits.name) -> \(register.name);"
  }

  /// Words that no register may be called.
  private static let reserved: Set<String> = Set(GateDefinition.standard2.map(\.rawValue)).union([
    "qreg", "creg", "include", "gate", "opaque", "measure", "reset", "barrier", "if", "pi", "sin", "cos", "tan", "exp", "ln",
    "sqrt",
    "u", "p", "sx", "sxdg", "swap", "cswap", "crx", "cry", "cp", "cu", "rxx", "rzz", "u0", "cu1", "cu3", "csx", "c3x", "c4x",
    "c3sqrtx", "rccx", "rc3x",
  ])
}
