/// Inputs that belong together: the elements of an array, or a number by itself.
struct InputGroup {
  /// The name without an index.
  let stem: String
  /// The inputs, in order.
  var names: [String]

  var isArray: Bool { names[0].hasSuffix("]") }

  /// The inputs, those of one array together.
  static func all(_ names: [String]) -> [InputGroup] {
    var groups: [InputGroup] = []
    for name in names {
      let stem = String(name.prefix { $0 != "[" })
      if groups.last?.stem == stem {
        groups[groups.count - 1].names.append(name)
      } else {
        groups.append(InputGroup(stem: stem, names: [name]))
      }
    }
    return groups
  }

  /// The inputs in a sentence: `theta, w (8 numbers)`.
  static func words(_ names: [String]) -> String {
    all(names).map { $0.isArray ? "\($0.stem) (\($0.names.count) \($0.names.count == 1 ? "number" : "numbers"))" : $0.stem }
      .joined(separator: ", ")
  }

  /// What follows `--input`: `theta=VALUE`, `w=VALUE,VALUE,...`.
  var example: String {
    names.count == 1
      ? "\(stem)=VALUE" : "\(stem)=\(names.count > 3 ? "VALUE,VALUE,..." : names.map { _ in "VALUE" }.joined(separator: ","))"
  }
}
