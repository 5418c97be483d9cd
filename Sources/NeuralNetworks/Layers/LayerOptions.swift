import Execution

/// Reads the options of one description and notices the ones nobody asked for.
public struct LayerOptions {
  private let kind: String
  private let given: [String: LayerOption]
  private var asked: Set<String> = []

  /// The options of `description`, none read yet.
  public init(_ description: LayerDescription) { (kind, given) = (description.kind, description.options) }

  /// A whole number, at least `minimum`.
  ///
  /// - Parameter standard: What a missing option means; nil makes it required.
  public mutating func integer(_ name: String, default standard: Int? = nil, minimum: Int = 1) throws(NetworkError) -> Int {
    switch take(name) {
    case .number(let number)?:
      guard let value = Int(exactly: number), value >= minimum else { throw wrong(name, "a whole number of at least \(minimum)") }
      return value
    case nil:
      guard let standard else { throw missing(name, "a whole number") }
      return standard
    default: throw wrong(name, "a whole number of at least \(minimum)")
    }
  }

  /// A number in a range.
  public mutating func number(
    _ name: String, default standard: Double? = nil, in range: Range<Double>
  ) throws(NetworkError) -> Double {
    switch take(name) {
    case .number(let number)? where range.contains(number): return number
    case nil:
      guard let standard else { throw missing(name, "a number in \(range)") }
      return standard
    default: throw wrong(name, "a number in \(range)")
    }
  }

  /// true or false.
  public mutating func flag(_ name: String, default standard: Bool) throws(NetworkError) -> Bool {
    switch take(name) {
    case .flag(let flag)?: return flag
    case nil: return standard
    default: throw wrong(name, "true or false")
    }
  }

  /// A text.
  public mutating func text(_ name: String, default standard: String? = nil) throws(NetworkError) -> String {
    switch take(name) {
    case .text(let text)?: return text
    case nil:
      guard let standard else { throw missing(name, "a text") }
      return standard
    default: throw wrong(name, "a text")
    }
  }

  /// Any value, for kinds with rules of their own.
  public mutating func value(_ name: String) -> LayerOption? { take(name) }

  /// - Throws: `NetworkError.description` for the first option that nobody asked for, with the nearest known name.
  public func finish() throws(NetworkError) {
    guard let stranger = given.keys.filter({ !asked.contains($0) }).min() else { return }
    throw .description(
      "Layer \"\(kind)\" has no option \"\(stranger)\"",
      remedy: asked.isEmpty ? "It takes no options" : suggestion(for: stranger, among: asked.sorted()))
  }

  private mutating func take(_ name: String) -> LayerOption? {
    asked.insert(name)
    return given[name]
  }

  private func wrong(_ name: String, _ expected: String) -> NetworkError {
    .description("Option \"\(name)\" of layer \"\(kind)\" does not fit", remedy: "Give \(expected)")
  }

  private func missing(_ name: String, _ expected: String) -> NetworkError {
    .description("Layer \"\(kind)\" needs the option \"\(name)\"", remedy: "Give \(expected)")
  }
}

/// "Did you mean ...", where a name looks like the one given, and the names there are.
func suggestion(for name: String, among names: [String]) -> String {
  let question = nearestNames(to: name, among: names).first.map { "Did you mean \"\($0)\"? " } ?? ""
  return question + "Known are \(names.joined(separator: ", "))"
}
