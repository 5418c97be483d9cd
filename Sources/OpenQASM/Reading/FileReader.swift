import Execution
import LinearAlgebra
import QuantumCircuits
import QuantumStates

/// Reads a file from its first statement to its last, and makes the circuit as it goes.
///
/// Everything known while reading happens at once: constants are computed, loops unrolled, subroutines and gates written out. What
/// depends on measured bits stays in the circuit as conditionals, loops and assignments.
final class FileReader {
  let options: ReadingOptions
  var version = Parser.Version.three
  var sources: [SourceText] = []
  /// The files that are being read, for includes that would come back to themselves.
  var openPaths: [String] = []
  var scopes = [Scope(isClosed: false)]
  /// The gates of included libraries: a name of the file may be one of theirs, `t` for an angle, where it is no gate.
  var libraryGates: [String: GateEntry] = [:]

  // What the circuit is made of.
  var qubitRegisters: [QubitRegister] = []
  var registers: [ClassicalRegister] = []
  var inputs: [CircuitInput] = []
  var outputs: [String] = []
  /// Registers that are variables, or local to blocks and subroutines.
  var variables: [String] = []
  var observables: [(sum: PauliSum, mark: Mark)] = []
  var remarks: [Remark] = []
  /// The instructions of the block that is being read.
  var instructions: [Instruction] = []
  /// Where each instruction of the file comes from; kept outside of blocks only.
  var marks: [Mark] = []
  var hardwareQubitCount = 0
  var parameterCount = 0
  var featureCount = 0

  /// How deep the reader is in blocks that happen or not, by measured bits.
  var measuredDepth = 0
  /// How deep in gates and subroutines.
  var callDepth = 0
  /// How many statements stand inside each other, through blocks and calls.
  var nesting = 0
  /// How deep in gate definitions.
  var gateDepth = 0
  var loopDepth = 0
  /// How many instructions there are, in all blocks; and how many statements were carried out.
  var instructionCount = 0
  var stepCount = 0
  /// The loop limit of an annotation, for the statement that follows.
  var annotatedLimit: Int?
  /// Whether the register that is declared next was a variable when the file was written.
  var annotatedVariable = false
  var freeBits: [Mark: [Range<Int>]] = [:]
  var registerNames: [String: Int] = [:]

  init(options: ReadingOptions) { self.options = options }

  // MARK: Errors

  func place(of mark: Mark) -> SourcePlace {
    let source = sources[Int(mark.file)]
    return SourcePlace(file: source.name, bytes: source.bytes, offset: Int(mark.start), length: Int(mark.length))
  }

  func error(_ reason: OpenQASMError.Reason, at mark: Mark?) -> OpenQASMError {
    OpenQASMError(reason, at: mark.map { place(of: $0) })
  }

  func nearest(to name: String, among names: [String]) -> [String] {
    // Comparing takes as long as both names together; a name of a thousand letters is no slip of the pen.
    name.utf8.count > 64 ? [] : nearestNames(to: name, among: names)
  }

  // MARK: The file

  /// Reads a whole file.
  func read(_ source: SourceText, path: String?) throws(OpenQASMError) -> CircuitFile {
    if let path { openPaths.append(path) }
    sources.append(source)
    var parser = try Parser(source, file: 0, version: .three)
    try parser.header()
    version = parser.version
    try run(&parser)
    return try circuitFile()
  }

  /// Carries out one statement after the other.
  func run(_ parser: inout Parser) throws(OpenQASMError) {
    var isOver = false
    while let statement = try parser.nextStatement() {
      // After `end` the rest is still read, so that mistakes in it are found.
      if isOver { continue }
      let flow = try carryOut(statement)
      if case .end = flow { isOver = true }
    }
  }

  /// Reads another file in the place of an include.
  func include(_ path: String, at mark: Mark) throws(OpenQASMError) {
    guard scopes.count == 1, measuredDepth == 0 else {
      throw error(.misplaced("include stands in a block", advice: "move it to the beginning of the file"), at: mark)
    }
    if let library = GateLibrary(fileName: path) { return try include(library, at: mark) }
    let folder = openPaths.last.map { $0.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/") }
    let full = path.hasPrefix("/") || folder == nil || folder!.isEmpty ? path : "\(folder!)/\(path)"
    guard !openPaths.contains(full), openPaths.count < 100 else { throw error(.includeCycle(path), at: mark) }
    let bytes: [UInt8]
    do {
      bytes = try WholeFile.read(full)
    } catch let failure {
      throw error(.unreadable(failure), at: mark)
    }
    guard sources.count < 10_000 else {
      throw error(.limit("too many files are included", limit: 10_000, advice: "put them together"), at: mark)
    }
    let source = try SourceText.checked(name: full, bytes: bytes)
    openPaths.append(full)
    sources.append(source)
    var parser = try Parser(source, file: sources.count - 1, version: version)
    try parser.header()
    guard parser.version == version else {
      throw error(
        .misplaced("\(path) is OpenQASM \(parser.version.rawValue)", advice: "include files of the same version"), at: mark)
    }
    try run(&parser)
    openPaths.removeLast()
  }

  // MARK: The circuit

  /// Adds an instruction to the block that is being read.
  func emit(_ instruction: Instruction, at mark: Mark) throws(OpenQASMError) {
    instructionCount += 1
    if instructionCount > options.instructionLimit { throw instructionLimit(at: mark) }
    instructions.append(instruction)
    if measuredDepth == 0, gateDepth == 0 { marks.append(mark) }
  }

  func instructionLimit(at mark: Mark) -> OpenQASMError {
    let advice = "shorten the loops, or raise the limit where you read the file"
    return error(.limit("the file unrolls to too many instructions", limit: options.instructionLimit, advice: advice), at: mark)
  }

  /// Counts a step of the reader itself, so that no file keeps it busy for ever.
  func step(at mark: Mark) throws(OpenQASMError) {
    stepCount += 1
    let limit = 10 * options.instructionLimit
    if stepCount > limit {
      throw error(.limit("reading the file takes too many steps", limit: limit, advice: "a loop may never end"), at: mark)
    }
  }

  private func checkedCircuit(qubits count: Int) throws(OpenQASMError) -> Circuit {
    do {
      return try Circuit(qubits: count, registers: registers, instructions: instructions)
    } catch let fault {
      // Which instruction it was shows when they are added one by one.
      var circuit = Circuit(qubits: count, registers: registers)
      for (instruction, mark) in zip(instructions, marks) {
        do {
          try circuit.check(instruction)
        } catch {
          throw self.error(.circuit(error.reason), at: mark)
        }
        circuit.append(instruction)
      }
      throw OpenQASMError(.circuit(fault.reason))
    }
  }

  private func circuitFile() throws(OpenQASMError) -> CircuitFile {
    if hardwareQubitCount > 0 { qubitRegisters = [QubitRegister("q", qubits: 0..<hardwareQubitCount)] }
    guard let count = qubitRegisters.last?.qubits.upperBound else { throw OpenQASMError(.noQubits) }
    let circuit = try checkedCircuit(qubits: count)
    for (sum, mark) in observables where sum.qubitCount > count {
      throw error(.indexOutOfRange(sum.qubitCount - 1, name: "qubit", size: count), at: mark)
    }
    return CircuitFile(
      circuit: circuit, qubitRegisters: qubitRegisters, inputs: inputs, outputs: outputs, variables: variables,
      observables: observables.map(\.sum), remarks: remarks)
  }
}

extension SourceText {
  /// A file whose bytes are UTF-8 text.
  static func checked(name: String, bytes: [UInt8]) throws(OpenQASMError) -> SourceText {
    let source = SourceText(name: name, bytes: bytes)
    guard bytes.contains(where: { $0 >= 0x80 }), String(validating: bytes, as: UTF8.self) == nil else { return source }
    // The first byte that is part of no character.
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var place = 0
    while case .scalarValue(let scalar) = decoder.decode(&iterator) { place += UTF8.width(scalar) }
    throw source.error(.notText(byte: bytes[place]), place, place + 1)
  }
}

extension CircuitFile {
  /// The circuit of an OpenQASM program, version 2.0 or 3.
  ///
  /// Constants are computed, loops that can be are unrolled, gates and subroutines written out; loops and conditions on measured
  /// bits stay.
  /// - Parameter name: what messages call the text.
  /// - Throws: `OpenQASMError`, which shows the place: nothing of a file is ever skipped.
  /// - Complexity: linear in the length of the text and the number of instructions.
  public init(openQASM text: String, named name: String = "<text>", options: ReadingOptions = ReadingOptions())
    throws(OpenQASMError)
  {
    self = try FileReader(options: options).read(SourceText(name: name, bytes: Array(text.utf8)), path: nil)
  }

  /// The circuit of an OpenQASM file, version 2.0 or 3. Paths of includes are relative to the file that includes.
  ///
  /// - Throws: `OpenQASMError`; its reason is `unreadable` where there is no such file.
  public init(contentsOf path: String, options: ReadingOptions = ReadingOptions()) throws(OpenQASMError) {
    let bytes: [UInt8]
    do {
      bytes = try WholeFile.read(path)
    } catch let failure {
      throw OpenQASMError(.unreadable(failure))
    }
    self = try FileReader(options: options).read(SourceText.checked(name: path, bytes: bytes), path: path)
  }
}
