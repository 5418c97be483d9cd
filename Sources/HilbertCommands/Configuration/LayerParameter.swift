/// What a kind of layer may be told: the name, the admissible values, and the value taken when nothing is said.
struct LayerParameter: Sendable {
  enum Values: Sendable {
    case integers(ClosedRange<Int>)
    /// A whole number, or a word for one that the data decide.
    case integersOrWord(ClosedRange<Int>, String)
    case numbers(from: Double, upTo: Double)
    case words([String])
  }

  let name: String
  let values: Values
  /// nil: the argument must be given.
  let defaultValue: LayerArgument?

  static func integer(_ name: String, in range: ClosedRange<Int>, default value: Int? = nil) -> Self {
    Self(name: name, values: .integers(range), defaultValue: value.map(LayerArgument.integer))
  }

  static func integer(_ name: String, in range: ClosedRange<Int>, orWord word: String) -> Self {
    Self(name: name, values: .integersOrWord(range, word), defaultValue: nil)
  }

  static func number(_ name: String, from: Double, upTo: Double, default value: Double? = nil) -> Self {
    Self(name: name, values: .numbers(from: from, upTo: upTo), defaultValue: value.map(LayerArgument.number))
  }

  static func word(_ name: String, among words: [String], default value: String? = nil) -> Self {
    Self(name: name, values: .words(words), defaultValue: value.map(LayerArgument.word))
  }

  func read(_ node: ConfigurationNode) throws(ConfigurationError) -> LayerArgument {
    switch values {
    case .integers(let range): return .integer(try node.integer(in: range))
    case .integersOrWord(let range, let word):
      return node.scalar == word ? .word(word) : .integer(try node.integer(in: range))
    case .numbers(let from, let upTo): return .number(try node.number(above: from, orEqual: true, upTo: upTo))
    case .words(let words):
      let word = try node.string(wanted: "one of \(words.joined(separator: ", "))")
      guard words.contains(word) else { throw node.unknown("value", word, known: words) }
      return .word(word)
    }
  }

  /// "kernel", or "padding (0)" when there is a default.
  var summary: String {
    switch defaultValue {
    case nil: name
    case .integer(let value): "\(name) (\(value))"
    case .number(let value): "\(name) (\(value))"
    case .word(let value): "\(name) (\(value))"
    }
  }
}
