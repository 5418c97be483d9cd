import Datasets
import Execution
import Yams

/// One place of a YAML document: its value, the path of keys that leads there, and the text that errors quote.
///
/// Every reading method checks the type and the range, so a section is read in one line a key and each mistake names its place.
struct ConfigurationNode {
  let path: String
  private let node: Node
  private let text: ConfigurationText

  init(_ node: Node, path: String, text: ConfigurationText) {
    self.node = node
    self.path = path
    self.text = text
  }

  /// Where the node begins.
  var place: ConfigurationPlace { ConfigurationPlace(text: text, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1) }

  /// What stands here, for messages: 'ten', a list, keys and values, nothing.
  private var found: String {
    switch node {
    case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : "'\(scalar.string)'"
    case .sequence: "a list"
    case .mapping: "keys and values"
    case .alias: "an alias"
    }
  }

  /// An error at this node.
  func error(_ problem: String, advice: String) -> ConfigurationError {
    place.error(problem, advice: advice)
  }

  /// "'training.epochs' wants a whole number from 1 to 100000, found 'ten'".
  private func mismatch(_ wanted: String, advice: String) -> ConfigurationError {
    error("\(path.isEmpty ? "the file" : "'\(path)'") wants \(wanted), found \(found)", advice: advice)
  }

  // MARK: Scalars

  /// The plain text of a scalar; nil for anything else and for YAML's null.
  var scalar: String? {
    guard case .scalar(let scalar) = node, node.null == nil else { return nil }
    return scalar.string
  }

  func string(wanted: String = "a text") throws(ConfigurationError) -> String {
    guard let scalar, !scalar.isEmpty else { throw mismatch(wanted, advice: "write \(lastKey): value") }
    return scalar
  }

  func integer(in range: ClosedRange<Int>) throws(ConfigurationError) -> Int {
    let upper = range.upperBound == .max ? "" : " to \(range.upperBound)"
    let wanted = upper.isEmpty ? "a whole number, at least \(range.lowerBound)" : "a whole number from \(range.lowerBound)\(upper)"
    guard let value = node.int, range.contains(value) else {
      throw mismatch(wanted, advice: "write for example \(lastKey): \(range.lowerBound)")
    }
    return value
  }

  /// A finite number above `lowerBound` (or equal to it) and at most `upperBound`.
  func number(above lowerBound: Double, orEqual: Bool = false, upTo upperBound: Double = .infinity)
    throws(ConfigurationError) -> Double
  {
    let limit = upperBound == .infinity ? "" : " and at most \(upperBound)"
    let wanted = "a number \(orEqual ? "of at least" : "above") \(lowerBound)\(limit)"
    guard let value = node.float ?? node.int.map(Double.init), value.isFinite,
      value > lowerBound || (orEqual && value == lowerBound), value <= upperBound
    else { throw mismatch(wanted, advice: "write for example \(lastKey): \(min(lowerBound + 0.01, upperBound))") }
    return value
  }

  func boolean() throws(ConfigurationError) -> Bool {
    guard let value = node.bool else { throw mismatch("true or false", advice: "write \(lastKey): true") }
    return value
  }

  /// One of a fixed set of words, spelled as `rawValue` spells it.
  ///
  /// - Parameter otherNames: what else people call the words.
  func choice<Choice: RawRepresentable & CaseIterable>(
    _ type: Choice.Type, otherNames: [String: String] = [:]
  ) throws(ConfigurationError) -> Choice where Choice.RawValue == String {
    let known = Choice.allCases.map(\.rawValue)
    guard let scalar else { throw mismatch("one of \(known.joined(separator: ", "))", advice: "write \(lastKey): \(known[0])") }
    guard let choice = Choice(rawValue: scalar) else {
      throw unknown("value", scalar, known: known, nearest: otherNames[scalar.lowercased()])
    }
    return choice
  }

  // MARK: Collections

  func list() throws(ConfigurationError) -> [ConfigurationNode] {
    guard case .sequence(let sequence) = node else {
      throw mismatch("a list", advice: "write \(lastKey): [first, second]")
    }
    return sequence.enumerated().map { ConfigurationNode($1, path: "\(path)[\($0)]", text: text) }
  }

  /// The keys and values of a mapping, in the order of the file.
  func entries() throws(ConfigurationError) -> [(key: ConfigurationNode, value: ConfigurationNode)] {
    guard case .mapping(let mapping) = node else {
      throw mismatch("keys and values", advice: "write 'key: value' lines\(path.isEmpty ? "" : " under \(lastKey)")")
    }
    return mapping.map { key, value in
      (ConfigurationNode(key, path: path, text: text), ConfigurationNode(value, path: join(key.string ?? "?"), text: text))
    }
  }

  /// The mapping as a section whose keys are all among `known`.
  func section(known: [String]) throws(ConfigurationError) -> [String: ConfigurationNode] {
    var section: [String: ConfigurationNode] = [:]
    for (key, value) in try entries() {
      let name = key.scalar ?? ""
      guard known.contains(name) else { throw key.unknown("key", name, known: known) }
      section[name] = value
    }
    return section
  }

  /// An unknown word at this node, with the nearest known one.
  func unknown(_ kind: String, _ word: String, known: [String], nearest: String? = nil) -> ConfigurationError {
    let place = path.isEmpty ? "" : kind == "value" ? " for '\(path)'" : " in '\(path)'"
    let suggestion = (nearest ?? nearestNames(to: word, among: known).first).map { "; did you mean '\($0)'?" } ?? ""
    return error("unknown \(kind) '\(word)'\(place)\(suggestion)", advice: "known \(kind)s: \(known.joined(separator: ", "))")
  }

  private func join(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  private var lastKey: String { path.split(separator: ".").last.map(String.init) ?? "key" }
}
