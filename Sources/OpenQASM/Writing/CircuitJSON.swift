import Execution
import QuantumCircuits

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension CircuitFile {
  /// The file as JSON of the schema `hilbert.circuit/1`: everything that a circuit can be, for programs.
  ///
  /// Reading it gives an equal file, every number to the last bit.
  public var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    // Nothing in a document can fail to be written.
    guard let data = try? encoder.encode(CircuitDocument(self)) else { preconditionFailure("CircuitFile.json: not written") }
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  /// The file that a JSON text of the schema `hilbert.circuit/1` describes.
  ///
  /// - Parameter name: what error messages call the text.
  /// - Throws: `CircuitFormatError` with the place or the path of keys of what is wrong.
  public init(json text: String, named name: String = "<text>") throws(CircuitFormatError) {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let document: CircuitDocument
    do {
      document = try decoder.decode(CircuitDocument.self, from: Data(text.utf8))
    } catch {
      throw CircuitFormatError(file: name, error)
    }
    do {
      self = try document.file()
    } catch {
      throw CircuitFormatError(file: name, path: error.path, problem: error.problem)
    }
  }
}

/// Why a JSON text is no circuit.
public struct CircuitFormatError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file's name as it was given.
  public let file: String
  /// The keys that lead to the mistake, such as `instructions[3].angles[0]`; empty where the text is no JSON.
  public let path: String
  /// What is wrong and what was expected.
  public let problem: String

  /// The sentence for a person.
  public var description: String { path.isEmpty ? "\(file): \(problem)" : "\(file), \(path): \(problem)" }

  init(file: String, path: String, problem: String) { (self.file, self.path, self.problem) = (file, path, problem) }

  /// What the decoder says, in one sentence.
  init(file: String, _ error: any Error) {
    func path(_ keys: [any CodingKey]) -> String {
      keys.reduce("") { path, key in
        if let index = key.intValue { return "\(path)[\(index)]" }
        return path.isEmpty ? key.stringValue : "\(path).\(key.stringValue)"
      }
    }
    switch error {
    case DecodingError.keyNotFound(let key, let context):
      self.init(file: file, path: path(context.codingPath), problem: "the key \"\(key.stringValue)\" is missing")
    case DecodingError.typeMismatch(let type, let context), DecodingError.valueNotFound(let type, let context):
      self.init(file: file, path: path(context.codingPath), problem: "expected \(Self.words(for: type)) here")
    case DecodingError.dataCorrupted(let context):
      let cause = context.underlyingError.map { " (\($0))" } ?? ""
      self.init(file: file, path: path(context.codingPath), problem: context.debugDescription + cause)
    default: self.init(file: file, path: "", problem: "\(error)")
    }
  }

  private static func words(for type: any Any.Type) -> String {
    switch "\(type)" {
    case "String": "a text"
    case "Int": "a whole number"
    case "Double": "a number"
    case let name where name.hasPrefix("Array"): "a list"
    default: "an object"
    }
  }
}
