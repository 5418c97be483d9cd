import Execution
import LinearAlgebra
import QuantumCircuits
import QuantumStates

// The small values of the JSON format: complex numbers, angles, expressions, channels.

/// A complex number as `[real, imaginary]`.
struct ComplexDocument: Codable {
  let value: Complex<Double>

  init(_ value: Complex<Double>) { self.value = value }

  init(from decoder: any Decoder) throws {
    let pair = try decoder.singleValueContainer().decode([Double].self)
    guard pair.count == 2 else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "a complex number is a pair [real, imaginary]"))
    }
    value = Complex(pair[0], pair[1])
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode([value.real, value.imaginary])
  }
}

extension ComplexMatrix {
  /// The rows.
  var document: [[ComplexDocument]] {
    (0..<rows).map { row in (0..<columns).map { ComplexDocument(self[row, $0]) } }
  }

  init(_ document: [[ComplexDocument]], at path: String) throws(DocumentFault) {
    guard let first = document.first, !first.isEmpty, document.allSatisfy({ $0.count == first.count }) else {
      throw DocumentFault(path, "a matrix is a list of rows of one length")
    }
    self.init(document.map { $0.map(\.value) })
  }
}

extension PauliWord {
  /// A word such as `X0 Z2`; the identity is `I`.
  init(document text: String, at path: String) throws(DocumentFault) {
    let sum: PauliSum
    do { sum = try PauliSum(text) } catch { throw DocumentFault(path, "\(error)") }
    guard sum.terms.count == 1, sum.terms[0].coefficient == 1 else {
      throw DocumentFault(path, "\"\(text)\" is no Pauli word; write for example X0 Z2")
    }
    self = sum.terms[0].word
  }
}

extension DocumentFault {
  static func unknown(_ key: String, _ word: String, _ known: [String], _ path: String) -> DocumentFault {
    let nearest = nearestNames(to: word, among: known).first.map { "; did you mean \"\($0)\"?" } ?? ""
    return DocumentFault("\(path).\(key)", "there is no \(key) \"\(word)\"\(nearest)")
  }
}

/// A classical expression: a number, `{"bits": [0, 1]}`, `{"!": e}`, or an operator with its two operands, `{"==": [e, e]}`.
struct ExpressionDocument: Codable {
  let expression: ClassicalExpression

  init(_ expression: ClassicalExpression) { self.expression = expression }

  init(from decoder: any Decoder) throws {
    if let number = try? decoder.singleValueContainer().decode(Int.self) {
      expression = .integer(number)
      return
    }
    let container = try decoder.container(keyedBy: NameKey.self)
    let fault = DecodingError.dataCorrupted(
      .init(
        codingPath: decoder.codingPath,
        debugDescription: "an expression is a number, {\"bits\": [...]}, {\"!\": e} or {\"==\": [e, e]}"))
    guard container.allKeys.count == 1, let key = container.allKeys.first else { throw fault }
    switch key.stringValue {
    case "bits": expression = .bits(try container.decode([Int].self, forKey: key))
    case "!": expression = .not(try container.decode(ExpressionDocument.self, forKey: key).expression)
    case let word:
      let operands = try container.decode([ExpressionDocument].self, forKey: key)
      guard let operation = ClassicalExpression.Operator(rawValue: word), operands.count == 2 else { throw fault }
      expression = .binary(operation, operands[0].expression, operands[1].expression)
    }
  }

  func encode(to encoder: any Encoder) throws {
    if case .integer(let number) = expression {
      var container = encoder.singleValueContainer()
      return try container.encode(number)
    }
    var container = encoder.container(keyedBy: NameKey.self)
    switch expression {
    case .integer: break
    case .bits(let bits): try container.encode(bits, forKey: NameKey("bits"))
    case .not(let operand): try container.encode(ExpressionDocument(operand), forKey: NameKey("!"))
    case .binary(let operation, let left, let right):
      try container.encode([left, right].map(ExpressionDocument.init), forKey: NameKey(operation.rawValue))
    }
  }
}

/// A channel: the name of its row, or the words or operators that it is made of.
struct ChannelDocument: Codable {
  var name: String
  var strengths: [AngleDocument]?
  var words: [String]?
  var kraus: [[[ComplexDocument]]]?

  init(_ channel: Channel) {
    strengths = channel.strengths.nonEmpty?.map(AngleDocument.init)
    switch channel.form {
    case .row(let kind): name = kind.rawValue
    case .paulis(let list): (name, words) = ("paulis", list.map(\.description))
    case .generators(let list): (name, words) = ("pauli_lindblad", list.map(\.description))
    case .kraus(let operators): (name, kraus) = (channel.name, operators.map(\.document))
    }
  }

  func channel(qubitCount: Int, at path: String) throws(DocumentFault) -> Channel {
    if let kraus {
      var operators: [ComplexMatrix] = []
      for matrix in kraus { operators.append(try ComplexMatrix(matrix, at: "\(path).kraus")) }
      do { return try Channel(kraus: operators, name: name) } catch { throw DocumentFault("\(path).kraus", "\(error)") }
    }
    let strengths = (strengths ?? []).map(\.angle)
    if name == "paulis" || name == "pauli_lindblad" {
      var words: [PauliWord] = []
      for text in self.words ?? [] { words.append(try PauliWord(document: text, at: "\(path).words")) }
      guard words.count == strengths.count, Set(words).count == words.count, 1...4 ~= qubitCount,
        words.allSatisfy({ !$0.isIdentity && $0.qubitCount <= qubitCount })
      else {
        throw DocumentFault(
          path, "a channel of Pauli words has different words, none the identity, on its 1 to 4 qubits, and one strength for each")
      }
      let pairs = Array(zip(words, strengths))
      return name == "paulis"
        ? .paulis(pairs.map { ($0.0, $0.1) }, qubitCount: qubitCount)
        : .pauliLindblad(pairs.map { ($0.0, $0.1) }, qubitCount: qubitCount)
    }
    guard let kind = ChannelKind(rawValue: name) else {
      throw .unknown("name", name, ChannelKind.allCases.map(\.rawValue) + ["paulis", "pauli_lindblad"], path)
    }
    guard strengths.count == kind.row.strengths.count, 1...4 ~= qubitCount, kind.row.qubitCount ?? qubitCount == qubitCount else {
      throw DocumentFault(
        path,
        "the channel \"\(name)\" takes \(kind.row.strengths.map(\.name).joined(separator: ", ")) on "
          + "\(kind.row.qubitCount.map(String.init) ?? "1 to 4") qubits, found \(strengths.count) strengths on \(qubitCount)")
    }
    return Channel(kind, strengths, qubitCount: qubitCount)
  }
}

/// A key that is made while writing.
struct NameKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(_ name: String) { stringValue = name }
  init?(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
