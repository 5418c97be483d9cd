/// Which public declarations need a doc comment: all but operators, those that take theirs from a protocol, and initializers that
/// only take the values of the type's properties. A function explained once in a target keeps its meaning there: what `sum` is to a
/// tensor it is to a variable on the tape.
enum DocumentationRule {
  /// Requirements of protocols of the language and of the argument parser.
  private static let known: Set<String> = [
    "description", "debugDescription", "hash", "==", "<", "encode", "next", "makeIterator", "id", "rawValue", "allCases",
    "startIndex",
    "endIndex", "index", "configuration", "run", "validate", "errorDescription", "init(from", "init(integerLiteral",
    "init(floatLiteral",
    "init(stringLiteral", "init(arrayLiteral", "init(dictionaryLiteral", "init(rawValue", "init()", "defaultValueDescription",
    "buildBlock", "buildExpression", "buildOptional", "buildEither", "buildArray", "buildFinalResult", "buildLimitedAvailability",
    "buildPartialBlock", "subscript",
  ]

  /// Names that protocols of this project declare, and those above: a witness inherits the words of its requirement.
  static func inheritedNames(in files: [Repository.File]) -> Set<String> {
    var names = known
    for file in files {
      var isInProtocol = false
      for line in file.lines {
        if ["protocol ", "public protocol ", "package protocol "].contains(where: line.hasPrefix) { isInProtocol = true }
        if line == "}" { isInProtocol = false }
        if isInProtocol, let name = name(in: line) { names.insert(name) }
      }
    }
    return names
  }

  /// Names of the functions that some file of a target explains.
  static func explainedFunctions(in files: [Repository.File]) -> Set<String> {
    var names: Set<String> = []
    for file in files {
      let lines = file.lines
      for (above, line) in zip(lines, lines.dropFirst()) where above.drop(while: { $0 == " " }).hasPrefix("///") {
        guard line.contains(" func ") else { continue }
        if let name = name(in: line) { names.insert(name) }
      }
    }
    return names
  }

  /// Line numbers and texts of public declarations without a doc comment above them.
  static func undocumented(in file: Repository.File, except inherited: Set<String>, functions: Set<String>) -> [(
    line: Int, declaration: String
  )] {
    // Looking for them takes longer than all else, and few files need them.
    lazy var properties = Set(file.text.matches(of: /\b(?:let|var) (\w+)/).map { String($0.1) })
    let lines = file.lines
    var isDocumented = false
    var result: [(Int, String)] = []
    for (index, whole) in lines.enumerated() {
      let line = whole.drop { $0 == " " }
      if line.hasPrefix("///") {
        isDocumented = true
      } else if line.hasPrefix("@") && !line.contains(" public ") || line.hasPrefix("#if") || line.hasPrefix("//") {
        continue
      } else {
        let declaration = line.hasPrefix("@") ? line.drop { $0 != " " }.dropFirst() : line
        if declaration.hasPrefix("public "), !isDocumented, let name = name(in: declaration), !inherited.contains(name),
          !(declaration.contains(" func ") && functions.contains(name)), !isMemberwise(lines[index...], properties)
        {
          result.append((index + 1, String(declaration)))
        }
        isDocumented = false
      }
    }
    return result
  }

  /// True for an initializer whose parameters are all named like properties.
  private static func isMemberwise(_ lines: ArraySlice<Substring>, _ properties: @autoclosure () -> Set<String>) -> Bool {
    guard lines.first?.contains(/\binit\(/) == true else { return false }
    let signature = lines.prefix(12).joined(separator: " ").prefix { $0 != "{" }
    let labels = signature.matches(of: #/(?:\(|, *|  +)(?:_ )?(\w+):/#).map { String($0.1) }
    return !labels.isEmpty && labels.allSatisfy(properties().contains)
  }

  /// The name that a line declares, nil for lines that declare nothing that needs words.
  private static func name(in line: Substring) -> String? {
    if let match = line.firstMatch(of: /\b(?:func|var|let|struct|enum|class|protocol|actor|macro) (`?\w+`?)/) {
      return match.1.filter { $0 != "`" }
    }
    if let match = line.firstMatch(of: /\binit\??(?:<[^>]*>)?\((\w*)/) { return match.1.isEmpty ? "init()" : "init(\(match.1)" }
    return line.contains(/\bsubscript\b/) ? "subscript" : nil
  }
}
