#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a command found out: fields of its own for programs, lines for people.
protocol CommandResult: Encodable {
  /// The name in the schema, `hilbert.<command>/1`.
  var command: String { get }
  /// The lines of the text format.
  var text: String { get }
}

/// What everyone needs who wants to repeat a run: these fields stand in every JSON object.
struct RunConditions: Encodable {
  let version = Version.current
  let seed: UInt64?
  let threads: Int
  let simdLevel: String
  let precision: String?
  let wallSeconds: Double
}

/// A result and its conditions as one flat JSON object.
private struct Document<Result: CommandResult>: Encodable {
  let result: Result
  let conditions: RunConditions

  enum CodingKeys: CodingKey { case schema }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode("hilbert.\(result.command)/1", forKey: .schema)
    try conditions.encode(to: encoder)
    try result.encode(to: encoder)
  }
}

extension CommandResult {
  /// The one JSON object of this result, keys in alphabetical order, with a final line break.
  func json(_ conditions: RunConditions) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return String(decoding: try encoder.encode(Document(result: self, conditions: conditions)), as: UTF8.self) + "\n"
  }

  func write(as format: OutputFormat, _ conditions: @autoclosure () -> RunConditions) throws {
    switch format {
    case .text: try StandardStreams.writeOutput(text)
    case .json: try StandardStreams.writeOutput(try json(conditions()))
    }
  }
}
