import Foundation

/// What each target may import, read from the places that say so.
enum TargetMap {
  /// Modules that any target may import: the language's own.
  static let everywhere: Set<String> = [
    "Swift", "Foundation", "FoundationEssentials", "Glibc", "Musl", "Darwin", "Dispatch", "Synchronization",
  ]

  /// The rows of the map in Documentation/Architecture.md: target and what it imports. Rows still to come are left out.
  static func documented() throws -> [String: Set<String>] {
    var map: [String: Set<String>] = [:]
    for line in try Repository.text(of: "Documentation/Architecture.md").split(separator: "\n") where line.hasPrefix("| `") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 3, !cells[1].hasPrefix("*to come*") else { continue }
      for target in words(cells[0]) { map[target] = cells[2] == "-" ? [] : Set(words(cells[2])) }
    }
    return map
  }

  /// What a row allows: the modules it names, and those that they pass on (the umbrella all libraries, LinearAlgebra the complex
  /// numbers).
  static func allowed(by row: Set<String>, in map: [String: Set<String>]) -> Set<String> {
    var modules = row
    if row.contains("Hilbert") { modules.formUnion(map["Hilbert"] ?? []) }
    if row.contains("ComplexModule") || row.contains("LinearAlgebra") { modules.formUnion(["ComplexModule", "RealModule"]) }
    return modules
  }

  /// The targets of Package.swift and their dependencies, except tests and examples.
  static func declared() throws -> [String: Set<String>] {
    let products = ["complex": "ComplexModule", "arguments": "ArgumentParser", "yaml": "Yams"]
    let manifest = try Repository.text(of: "Package.swift")
    var map: [String: Set<String>] = [:]
    for match in manifest.matches(of: /Room\(\s*name: "(\w+)",\s*imports: \[([^\]]*)\]/) {
      let imports = match.2.split(separator: ",").map { $0.trimmingCharacters(in: CharacterSet(charactersIn: "\" \n")) }
      map[String(match.1)] = Set(imports.filter { !$0.isEmpty }.map { products[$0] ?? $0 })
    }
    for match in manifest.matches(of: /\.(?:systemLibrary|target)\(\s*name: "(C\w+)"/) { map[String(match.1)] = [] }
    for match in manifest.matches(of: /\.executableTarget\(name: "(\w+)", dependencies: \["(\w+)"\]/) {
      map[String(match.1)] = [String(match.2)]
    }
    return map
  }

  /// What the Swift files of each folder below Sources really import, beside the language's own modules.
  static func imported() -> [String: Set<String>] {
    var map: [String: Set<String>] = [:]
    for file in Repository.files(under: "Sources/", ending: ".swift") {
      let modules = file.lines.compactMap { importedModule(in: $0) }
      map[file.target, default: []].formUnion(Set(modules).subtracting(everywhere))
    }
    return map
  }

  /// "@_exported import struct A.B" imports A.
  private static func importedModule(in line: Substring) -> String? {
    let words = line.split(separator: " ").map(String.init)
    guard let keyword = words.firstIndex(of: "import"), keyword + 1 < words.count else { return nil }
    guard words[..<keyword].allSatisfy({ $0.hasPrefix("@") || ["public", "package", "internal", "private"].contains($0) }) else {
      return nil
    }
    let kinds = ["struct", "enum", "class", "protocol", "func", "var", "let", "typealias"]
    let name = kinds.contains(words[keyword + 1]) && keyword + 2 < words.count ? words[keyword + 2] : words[keyword + 1]
    return name.split(separator: ".").first.map(String.init)
  }

  private static func words(_ cell: String) -> [String] {
    cell.split(separator: ",").map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " `")) }
  }
}
