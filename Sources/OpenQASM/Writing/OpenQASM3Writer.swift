import QuantumCircuits
import QuantumStates

/// Writes a file in OpenQASM 3, statement by statement.
struct OpenQASM3Writer {
  let file: CircuitFile
  let format = "OpenQASM 3"
  let angles: AngleWriting
  var names: FileNames
  var output = ""
  var indentation = ""

  /// Whether annotations of Hilbert are left out.
  let isPortable: Bool

  init(_ file: CircuitFile, isPortable: Bool = false) throws(WritingError) {
    self.file = file
    self.isPortable = isPortable
    angles = AngleWriting(
      format: format, names: Dictionary(file.inputs.map { ($0.symbol, $0.name) }, uniquingKeysWith: { first, _ in first }))
    let gates = Self.gates(of: file.circuit.instructions)
    let defined = GateDefinition.needed(for: gates, beyond: GateDefinition.standard3)
    names = try FileNames(file, format: format, reserved: Self.reserved.union((gates + defined).map(\.rawValue))) { name in
      name.first.map { $0.isLetter || $0 == "_" } ?? false && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    }
  }

  mutating func text() throws(WritingError) -> String {
    line("OPENQASM 3.0;")
    line("include \"stdgates.inc\";")
    if everyInstruction.contains(where: { $0.angles.contains(where: AngleWriting.usesHyperbolicTangent) }) {
      line("extern tanh(float[64]) -> float[64];")
    }
    for gate in GateDefinition.needed(for: Self.gates(of: file.circuit.instructions), beyond: GateDefinition.standard3) {
      line(GateDefinition.all[gate]!.text(of: gate, .three)!)
    }
    try writeInputs()
    for register in file.qubitRegisters { line("qubit[\(register.qubits.count)] \(register.name);") }
    for register in file.circuit.registers {
      if file.variables.contains(register.name) { line("@hilbert.variable") }
      line("\(file.outputs.contains(register.name) ? "output " : "")bit[\(register.size)] \(register.name);")
    }
    for observable in file.observables { line("#pragma hilbert observable \(observable)") }
    var remarks = file.remarks[...]
    for (place, instruction) in file.circuit.instructions.enumerated() {
      while let remark = remarks.first, remark.place <= place { writeRemark(remark, &remarks) }
      try write(instruction)
    }
    while let remark = remarks.first { writeRemark(remark, &remarks) }
    return output
  }

  mutating func line(_ text: String) { output += indentation + text + "\n" }

  private mutating func writeRemark(_ remark: Remark, _ remarks: inout ArraySlice<Remark>) {
    line(remark.text)
    remarks.removeFirst()
  }

  /// All instructions, those of blocks too.
  private var everyInstruction: [Instruction] {
    var result: [Instruction] = []
    func visit(_ instruction: Instruction) {
      if instruction.blocks.isEmpty { result.append(instruction) } else { instruction.blocks.joined().forEach(visit) }
    }
    file.circuit.instructions.forEach(visit)
    return result
  }

  /// The gates of the table that occur, in blocks too.
  private static func gates(of instructions: [Instruction]) -> Set<Gate> {
    Set(instructions.compactMap(\.gate)).union(instructions.flatMap { $0.blocks.flatMap(gates) })
  }

  // MARK: - Inputs

  private mutating func writeInputs() throws(WritingError) {
    var next: [Bool: Int] = [:]
    var place = 0
    while place < file.inputs.count {
      let input = file.inputs[place]
      let count = arrayCount(at: place)
      for offset in 0..<max(1, count) {
        let symbol = file.inputs[place + offset].symbol
        guard symbol.index == next[symbol.isFeature, default: 0] else {
          throw WritingError(
            format: format, construct: "the input \(file.inputs[place + offset].name)", reason: "inputs are numbered as they stand",
            advice: "list the inputs in the order of their indices, none left out")
        }
        next[symbol.isFeature, default: 0] += 1
      }
      if input.symbol.isFeature, !isPortable { line("@hilbert.feature") }
      if count > 0 {
        line("input array[float[64], \(count)] \(input.name.prefix { $0 != "[" });")
      } else {
        guard !input.name.contains("[") else {
          throw WritingError(
            format: format, construct: "the input \(input.name)", reason: "elements of an array stand together, from [0] on",
            advice: "rename it")
        }
        line("input float[64] \(input.name);")
      }
      place += max(1, count)
    }
    guard next[false, default: 0] >= file.circuit.parameterCount, next[true, default: 0] >= file.circuit.featureCount else {
      throw WritingError(
        format: format, construct: "a circuit with symbols that have no name", reason: "inputs go by name",
        advice: "give every parameter and feature an input")
    }
  }

  /// How many inputs from a place on are the elements of one array, which begins there; 0 where none does.
  private func arrayCount(at place: Int) -> Int {
    let first = file.inputs[place]
    guard first.name.hasSuffix("[0]") else { return 0 }
    let stem = first.name.dropLast(3)
    var count = 0
    while place + count < file.inputs.count, file.inputs[place + count].name == "\(stem)[\(count)]",
      file.inputs[place + count].symbol.isFeature == first.symbol.isFeature
    {
      count += 1
    }
    return count
  }

  /// Words that no register and no input may be called.
  static let reserved: Set<String> = {
    let words = """
      OPENQASM include defcalgrammar def cal defcal gate extern box let break continue if else end return for while in switch case \
      default pragma input output const readonly mutable qreg qubit creg bool bit int uint float angle complex array void duration \
      stretch gphase inv pow ctrl negctrl dim durationof delay reset measure barrier nop true false im pi π tau τ euler ℇ U CX \
      phase cphase arccos arcsin arctan ceiling cos exp floor log mod popcount rotl rotr sin sqrt tan tanh real imag sizeof
      """
    return Set(words.split(separator: " ").map(String.init))
  }()
}

extension Angle.Symbol {
  var isFeature: Bool { if case .feature = self { true } else { false } }

  var index: Int {
    switch self {
    case .parameter(let index), .feature(let index): index
    }
  }
}

extension Instruction {
  /// The gate of the table that the instruction is; nil for everything else.
  var gate: Gate? { if case .gate(let gate, _) = kind { gate } else { nil } }
}
