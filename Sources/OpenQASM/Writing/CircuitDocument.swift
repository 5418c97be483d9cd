import QuantumCircuits
import QuantumStates

/// A circuit file as JSON: the schema `hilbert.circuit/1`, written and read by the names of these properties.
struct CircuitDocument: Codable {
  static let schema = "hilbert.circuit/1"

  struct Register: Codable {
    let name: String
    let size: Int
  }

  /// A name of one parameter or one feature.
  struct Input: Codable {
    let name: String
    var parameter: Int?
    var feature: Int?
  }

  var schema = Self.schema
  let qubits: [Register]
  var bits: [Register]?
  var inputs: [Input]?
  var outputs: [String]?
  /// Registers of bits that hold variables.
  var variables: [String]?
  /// As text, such as `0.5 X0 Z2 - Y1`.
  var observables: [String]?
  var remarks: [Remark]?
  let instructions: [InstructionDocument]
}

extension CircuitDocument {
  init(_ file: CircuitFile) {
    qubits = file.qubitRegisters.map { Register(name: $0.name, size: $0.qubits.count) }
    bits = file.circuit.registers.nonEmpty?.map { Register(name: $0.name, size: $0.size) }
    inputs = file.inputs.nonEmpty?.map { input in
      switch input.symbol {
      case .parameter(let index): Input(name: input.name, parameter: index)
      case .feature(let index): Input(name: input.name, feature: index)
      }
    }
    outputs = file.outputs.nonEmpty
    variables = file.variables.nonEmpty
    observables = file.observables.nonEmpty?.map(\.description)
    remarks = file.remarks.nonEmpty
    instructions = file.circuit.instructions.map(InstructionDocument.init)
  }

  /// The most qubits and bits that a file may declare; none that can be run comes near.
  private static let largest = 1_000_000

  /// The file, checked.
  func file() throws(DocumentFault) -> CircuitFile {
    guard schema == Self.schema else {
      throw DocumentFault("schema", "\"\(schema)\" is no schema of circuits; this version reads \"\(Self.schema)\"")
    }
    var names: Set<String> = []
    func ranges(_ registers: [Register], _ key: String) throws(DocumentFault) -> [(String, Range<Int>)] {
      var (result, next): ([(String, Range<Int>)], Int) = ([], 0)
      for (place, register) in registers.enumerated() {
        guard register.size >= 1, next + register.size <= Self.largest, !register.name.isEmpty,
          names.insert(register.name).inserted
        else {
          throw DocumentFault(
            "\(key)[\(place)]",
            "a register has a name of its own and 1 to \(Self.largest) places, "
              + "found \"\(register.name)\" with \(register.size)")
        }
        result.append((register.name, next..<next + register.size))
        next += register.size
      }
      return result
    }
    let qubitRegisters = try ranges(qubits, "qubits").map { QubitRegister($0.0, qubits: $0.1) }
    guard let last = qubitRegisters.last else { throw DocumentFault("qubits", "a circuit has at least 1 qubit") }
    let registers = try ranges(bits ?? [], "bits").map { ClassicalRegister($0.0, bits: $0.1) }
    var built: [Instruction] = []
    for (place, instruction) in instructions.enumerated() {
      built.append(try instruction.instruction(at: "instructions[\(place)]"))
    }
    let circuit: Circuit
    do {
      circuit = try Circuit(qubits: last.qubits.upperBound, registers: registers, instructions: built)
    } catch {
      throw DocumentFault("instructions", "\(error)")
    }
    return CircuitFile(
      circuit: circuit, qubitRegisters: qubitRegisters, inputs: try symbols(circuit),
      outputs: try known(outputs, "outputs", registers),
      variables: try known(variables, "variables", registers), observables: try sums(circuit.qubitCount), remarks: remarks ?? [])
  }

  private func symbols(_ circuit: Circuit) throws(DocumentFault) -> [CircuitInput] {
    guard let inputs else { return CircuitFile(circuit).inputs }
    var result: [CircuitInput] = []
    var (names, symbols): (Set<String>, Set<Angle.Symbol>) = ([], [])
    for (place, input) in inputs.enumerated() {
      let symbol: Angle.Symbol
      switch (input.parameter, input.feature) {
      case (let index?, nil) where index >= 0: symbol = .parameter(index)
      case (nil, let index?) where index >= 0: symbol = .feature(index)
      default: throw DocumentFault("inputs[\(place)]", "an input has the number of a parameter or of a feature, at least 0")
      }
      guard names.insert(input.name).inserted else {
        throw DocumentFault("inputs[\(place)]", "there is an input \"\(input.name)\" before; each has a name of its own")
      }
      guard symbols.insert(symbol).inserted else {
        throw DocumentFault(
          "inputs[\(place)]", "\"\(input.name)\" stands for \(symbol.words), which has a name already; give it one name")
      }
      result.append(CircuitInput(input.name, symbol))
    }
    // Inputs that nothing reads may have names too.
    var missing: Angle.Symbol?
    _ = circuit.substituting { symbol in
      if !symbols.contains(symbol) { missing = missing ?? symbol }
      return .symbol(symbol)
    }
    if let missing {
      throw DocumentFault(
        "inputs",
        "the circuit takes \(missing.words), which has no name; give each of its parameters and features one, or leave inputs out")
    }
    return result
  }

  /// Names of registers, checked.
  private func known(_ names: [String]?, _ key: String, _ registers: [ClassicalRegister]) throws(DocumentFault) -> [String] {
    for (place, name) in (names ?? []).enumerated() where !registers.contains(where: { $0.name == name }) {
      throw DocumentFault("\(key)[\(place)]", "there is no register of bits \"\(name)\"")
    }
    return names ?? []
  }

  private func sums(_ qubitCount: Int) throws(DocumentFault) -> [PauliSum] {
    var sums: [PauliSum] = []
    for (place, text) in (observables ?? []).enumerated() {
      do {
        sums.append(try PauliSum(text))
      } catch {
        throw DocumentFault("observables[\(place)]", "\(error)")
      }
      if sums[place].qubitCount > qubitCount {
        throw DocumentFault(
          "observables[\(place)]", "\(text) speaks of qubit \(sums[place].qubitCount - 1), the circuit has \(qubitCount)")
      }
    }
    return sums
  }
}

/// What is wrong with a document, and where: the path of keys.
struct DocumentFault: Error {
  let path: String
  let problem: String

  init(_ path: String, _ problem: String) { (self.path, self.problem) = (path, problem) }
}

extension Angle.Symbol {
  fileprivate var words: String {
    switch self {
    case .parameter(let index): "parameter \(index)"
    case .feature(let index): "feature \(index)"
    }
  }
}

extension Collection {
  /// The collection; nil where it has no elements, so that its key is left out.
  var nonEmpty: Self? { isEmpty ? nil : self }
}
