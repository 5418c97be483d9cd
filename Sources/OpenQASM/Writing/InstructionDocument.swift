import LinearAlgebra
import QuantumCircuits
import QuantumStates

/// One instruction as JSON: `{"gate": "crx", "angles": [{"parameter": 0}], "controls": [0], "qubits": [1]}`.
///
/// `op` names what is no gate of the table. Matrices are lists of rows, complex numbers pairs.
struct InstructionDocument: Codable {
  var gate: String?
  var op: String?
  var qubits: [Int]?
  /// All controls, those that belong to the gate itself first.
  var controls: [Int]?
  /// On which values they stand; left out where all are 1.
  var controlValues: [Int]?
  var angles: [AngleDocument]?
  var matrix: [[ComplexDocument]]?
  var diagonal: [ComplexDocument]?
  var images: [Int]?
  var word: String?
  var real: [AngleDocument]?
  var imaginary: [AngleDocument]?
  var channel: ChannelDocument?
  var bits: [Int]?
  var value: ExpressionDocument?
  var limit: Int?
  var then: [InstructionDocument]?
  var otherwise: [InstructionDocument]?
  var body: [InstructionDocument]?
  var label: String?
  var observable: String?

  private enum CodingKeys: String, CodingKey {
    case gate, op, qubits, controls, controlValues, angles, matrix, diagonal, images, word, real, imaginary, channel, bits, value,
      limit,
      then, body, label, observable
    case otherwise = "else"
  }

  init(_ instruction: Instruction) {
    qubits = instruction.targets.nonEmpty
    controls = instruction.controls.nonEmpty?.map(\.qubit)
    if !instruction.controls.allSatisfy(\.isOne) { controlValues = instruction.controls.map { $0.isOne ? 1 : 0 } }
    switch instruction.kind {
    case .gate(let gate, let angles): (self.gate, self.angles) = (gate.rawValue, angles.nonEmpty?.map(AngleDocument.init))
    case .unitary(let matrix): (op, self.matrix) = ("unitary", matrix.document)
    case .diagonal(let entries): (op, diagonal) = ("diagonal", entries.map(ComplexDocument.init))
    case .permutation(let images): (op, self.images) = ("permutation", images)
    case .pauliRotation(let word, let angle): (op, self.word, angles) = ("pauli_rotation", "\(word)", [AngleDocument(angle)])
    case .preparation(let preparation):
      op = "prepare"
      real = preparation.real.map(AngleDocument.init)
      imaginary = preparation.imaginary.nonEmpty?.map(AngleDocument.init)
    case .channel(let channel): (op, self.channel) = ("noise", ChannelDocument(channel))
    case .barrier: op = "barrier"
    case .measurement(let bits): (op, self.bits) = ("measure", bits)
    case .reset: op = "reset"
    case .assignment(let bits, let value): (op, self.bits, self.value) = ("assign", bits, ExpressionDocument(value))
    case .conditional(let condition, let then, let otherwise):
      (op, value) = ("if", ExpressionDocument(condition))
      (self.then, self.otherwise) = (then.map(InstructionDocument.init), otherwise.nonEmpty?.map(InstructionDocument.init))
    case .loop(let condition, let limit, let body):
      (op, value, self.limit) = ("while", ExpressionDocument(condition), limit)
      self.body = body.map(InstructionDocument.init)
    case .snapshot(let snapshot):
      (op, label) = ("snapshot", snapshot.label)
      if case .expectation(let observable) = snapshot.content { self.observable = "\(observable)" }
    }
  }

  /// The instruction; whether it fits its circuit is checked there.
  func instruction(at path: String) throws(DocumentFault) -> Instruction {
    let values = controlValues ?? (controls ?? []).map { _ in 1 }
    guard values.count == (controls ?? []).count, values.allSatisfy({ $0 == 0 || $0 == 1 }) else {
      throw DocumentFault("\(path).controlValues", "each of \((controls ?? []).count) controls has the value 0 or 1")
    }
    return Instruction(
      try kind(at: path), targets: qubits ?? [], controls: zip(controls ?? [], values).map { Control($0, isOne: $1 == 1) })
  }

  private func kind(at path: String) throws(DocumentFault) -> Instruction.Kind {
    func required<Value>(_ value: Value?, _ key: String) throws(DocumentFault) -> Value {
      guard let value else { throw DocumentFault(path, "\"\(gate ?? op ?? "")\" lacks the key \"\(key)\"") }
      return value
    }
    func block(_ documents: [InstructionDocument], _ key: String) throws(DocumentFault) -> [Instruction] {
      var result: [Instruction] = []
      for (place, document) in documents.enumerated() { result.append(try document.instruction(at: "\(path).\(key)[\(place)]")) }
      return result
    }
    if let gate {
      guard let known = Gate(rawValue: gate) else { throw DocumentFault.unknown("gate", gate, Gate.allCases.map(\.rawValue), path) }
      return .gate(known, angles: (angles ?? []).map(\.angle))
    }
    switch op {
    case "unitary": return .unitary(try ComplexMatrix(required(matrix, "matrix"), at: "\(path).matrix"))
    case "diagonal": return .diagonal(try required(diagonal, "diagonal").map(\.value))
    case "permutation": return .permutation(try required(images, "images"))
    case "pauli_rotation":
      let list = (angles ?? []).map(\.angle)
      guard list.count == 1 else { throw DocumentFault("\(path).angles", "a Pauli rotation has one angle, found \(list.count)") }
      return .pauliRotation(try PauliWord(document: required(word, "word"), at: "\(path).word"), list[0])
    case "prepare":
      return .preparation(
        AmplitudePreparation(
          real: try required(real, "real").map(\.angle),
          imaginary: (imaginary ?? []).map(\.angle)))
    case "noise": return .channel(try required(channel, "channel").channel(qubitCount: (qubits ?? []).count, at: "\(path).channel"))
    case "barrier": return .barrier
    case "measure": return .measurement(bits: try required(bits, "bits"))
    case "reset": return .reset
    case "assign": return .assignment(bits: try required(bits, "bits"), try required(value, "value").expression)
    case "if":
      return .conditional(
        try required(value, "value").expression, then: try block(required(then, "then"), "then"),
        otherwise: try block(otherwise ?? [], "else"))
    case "while":
      return .loop(
        try required(value, "value").expression, limit: try required(limit, "limit"),
        body: try block(required(body, "body"), "body"))
    case "snapshot":
      guard let observable else { return .snapshot(StateSnapshot(try required(label, "label"), .probabilities)) }
      do {
        return .snapshot(StateSnapshot(try required(label, "label"), .expectation(try PauliSum(observable))))
      } catch let fault as DocumentFault {
        throw fault
      } catch {
        throw DocumentFault("\(path).observable", "\(error)")
      }
    case let other?: throw DocumentFault.unknown("op", other, Self.operations, path)
    case nil: throw DocumentFault(path, "an instruction has the key \"gate\" or \"op\"")
    }
  }

  private static let operations = [
    "unitary", "diagonal", "permutation", "pauli_rotation", "prepare", "noise", "barrier", "measure", "reset", "assign", "if",
    "while",
    "snapshot",
  ]
}
