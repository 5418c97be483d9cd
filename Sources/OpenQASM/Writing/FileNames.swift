import QuantumCircuits

/// The names of a file, checked to be ones that OpenQASM can say, and how qubits and bits are referred to by them.
struct FileNames {
  let format: String
  let qubitRegisters: [QubitRegister]
  let bitRegisters: [ClassicalRegister]
  private let qubitTexts: [String]
  private let bitTexts: [String]
  /// Every name that stands in the file.
  private(set) var used: Set<String> = []

  /// - Parameters:
  ///   - reserved: words of the language and names of gates.
  ///   - isName: whether a text may be a name.
  init(_ file: CircuitFile, format: String, reserved: Set<String>, isName: (String) -> Bool) throws(WritingError) {
    self.format = format
    (qubitRegisters, bitRegisters) = (file.qubitRegisters, file.circuit.registers)
    let inputs = Set(file.inputs.map { $0.name.prefix { $0 != "[" } }.map(String.init)).sorted()
    for name in qubitRegisters.map(\.name) + bitRegisters.map(\.name) + inputs {
      guard isName(name) else {
        throw WritingError(
          format: format, construct: "the name \"\(name)\"", reason: "it is no identifier there",
          advice: "rename it, for example to q")
      }
      guard !reserved.contains(name) else {
        throw WritingError(
          format: format, construct: "the name \"\(name)\"", reason: "the language or its gates use it", advice: "rename it")
      }
      guard used.insert(name).inserted else {
        throw WritingError(
          format: format, construct: "the name \"\(name)\"", reason: "it is used twice", advice: "rename one of them")
      }
    }
    var qubits: [String] = []
    for register in qubitRegisters {
      guard register.qubits.lowerBound == qubits.count else { break }
      qubits += register.qubits.indices.map { "\(register.name)[\($0 - register.qubits.lowerBound)]" }
    }
    guard qubits.count == file.circuit.qubitCount else {
      throw WritingError(
        format: format, construct: "these registers of qubits", reason: "they do not cover the circuit's qubits in order",
        advice: "name every qubit once")
    }
    qubitTexts = qubits
    bitTexts = bitRegisters.flatMap { register in (0..<register.size).map { "\(register.name)[\($0)]" } }
  }

  func qubit(_ qubit: Int) -> String { qubitTexts[qubit] }
  func bit(_ bit: Int) -> String { bitTexts[bit] }

  func qubits(_ qubits: some Sequence<Int>) -> String { qubits.map(qubit).joined(separator: ", ") }

  /// A name that is not used yet.
  mutating func fresh(_ stem: String) -> String {
    var number = 0
    while used.contains("\(stem)\(number)") { number += 1 }
    used.insert("\(stem)\(number)")
    return "\(stem)\(number)"
  }

  /// The register whose elements these are, all of them in order.
  static func whole<Register>(_ places: [Int], in registers: [Register], range: (Register) -> Range<Int>) -> Register? {
    registers.first { range($0).elementsEqual(places) }
  }

  /// The register in which all of these are.
  static func holder<Register>(_ places: [Int], in registers: [Register], range: (Register) -> Range<Int>) -> Register? {
    registers.first { register in places.allSatisfy(range(register).contains) }
  }
}
