import Foundation
import Testing

/// The rules of the house that a reader of the files can check. Documentation/Architecture.md says why each of them stands.
@Suite struct SourceRules {
  static let swiftFiles = Repository.files(under: "Sources/", ending: ".swift")

  @Test func theMapIsTheManifest() throws {
    let documented = try TargetMap.documented()
    let declared = try TargetMap.declared()
    #expect(documented.count > 10)
    for target in Set(documented.keys).union(declared.keys).sorted() {
      #expect(documented[target] == declared[target], "\(target): Documentation/Architecture.md and Package.swift differ")
    }
  }

  @Test func aTargetImportsOnlyWhatItsRowNames() throws {
    let documented = try TargetMap.documented()
    for (target, modules) in TargetMap.imported() {
      let row = try #require(documented[target], "\(target) has no row in Documentation/Architecture.md")
      let foreign = modules.subtracting(TargetMap.allowed(by: row, in: documented))
      #expect(foreign.isEmpty, "\(target) imports \(foreign.sorted()), its row names \(row.sorted())")
    }
  }

  @Test func everyCModuleHasOneImporter() {
    let imported = TargetMap.imported()
    let cModules = Set(imported.values.joined()).filter {
      $0.wholeMatch(of: /C[A-Z]\w*/) != nil && Repository.exists("Sources/\($0)")
    }
    #expect(!cModules.isEmpty)
    for module in cModules {
      let importers = imported.filter { $0.value.contains(module) }.keys.sorted()
      #expect(importers.count == 1, "\(module) is imported by \(importers)")
    }
  }

  @Test func oneSwitchTellsGatesApart() throws {
    let table = try Repository.text(of: "Sources/QuantumCircuits/Gates/GateTable.swift")
    let body = try #require(table.firstMatch(of: /enum Gate\b[^{]*\{([^}]*)\}/)).1
    let names = body.matches(of: /\bcase ([^\n]*)/).flatMap { $0.1.split(separator: ",") }
      .compactMap { $0.split(separator: "=").first?.trimmingCharacters(in: .whitespaces) }
    #expect(names.count > 40)
    // x, y and z are also the names of the Pauli matrices, p and s of other things: longer names are a gate's own.
    let telling = Set(names.filter { $0.count > 1 && $0 != "id" })
    var switches: [String] = []
    for file in Self.swiftFiles {
      let labels = file.text.matches(of: /case ((?:\.\w+(?:, )?)+):/).flatMap { $0.1.matches(of: /\.(\w+)/).map { String($0.1) } }
      if labels.contains(where: telling.contains) { switches.append(file.path) }
    }
    #expect(switches == ["Sources/QuantumCircuits/Gates/GateTable.swift"])
    #expect(table.matches(of: #/(?m)^\s*(?:return )?switch /#).count == 1)
  }

  @Test func everyPathInTheDocumentationExists() {
    let documents = Repository.files.filter { $0.path.hasSuffix(".md") }
    #expect(documents.count >= 4)
    let folders = ["Sources", "Tests", "Examples", "Documentation", "Scripts", "Circuits", "Benchmarks", ".ci"]
    let roots = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Package.swift", ".swift-format"]
    for document in documents {
      let words = document.text.split { !($0.isASCII && ($0.isLetter || $0.isNumber || "_./+-".contains($0))) }
      for word in words {
        let named = word.last == "." ? word.dropLast() : word
        guard folders.contains(where: { named.hasPrefix($0 + "/") }) || roots.contains(String(named)) else { continue }
        #expect(Repository.exists(String(named)), "\(document.path) names \(named), which does not exist")
      }
      for link in document.text.matches(of: /\]\(([^)#:]+)\)/) {
        let target = (document.path as NSString).deletingLastPathComponent + "/" + link.1
        #expect(Repository.exists(target), "\(document.path) links to \(link.1), which does not exist")
      }
    }
  }

  /// Rows of Documentation/Library.md: | for | `names` | [folders](../Sources/...) |
  @Test func everyNameOnTheLibraryPageIsDeclaredWhereItSays() throws {
    var count = 0
    for line in try Repository.text(of: "Documentation/Library.md").split(separator: "\n") where line.contains("(../Sources/") {
      let cells = line.split(separator: "|")
      let folders = cells[2].matches(of: /\(\.\.\/(Sources\/[A-Za-z\/]+)\)/).map { String($0.1) }
      let text = folders.flatMap { Repository.files(under: $0 + "/", ending: ".swift") }.map(\.text).joined()
      for match in cells[1].matches(of: /`([A-Za-z]+)`/) {
        count += 1
        let isDeclared = ["struct", "class", "enum", "protocol", "func", "typealias"].contains {
          text.contains("public \($0) \(match.1)")
        }
        #expect(isDeclared || text.contains("public final class \(match.1)"), "\(match.1) is not in \(folders)")
      }
    }
    #expect(count > 80)
  }

  @Test func noFileIsOverlong() {
    for file in Repository.files where !file.path.hasSuffix(".md") {
      let limit = file.path.hasPrefix("Scripts/") || file.path.hasPrefix(".ci/") ? 60 : 400
      #expect(file.lines.count <= limit + 1, "\(file.path) has \(file.lines.count) lines, the wall is \(limit)")
    }
  }

  /// The formatter keeps code to this width and leaves comments alone.
  @Test func commentsAreAsWideAsCode() {
    for file in Repository.files where file.path.hasSuffix(".swift") {
      for (place, line) in file.lines.enumerated() where line.count > 132 && line.drop(while: { $0 == " " }).hasPrefix("//") {
        Issue.record("\(file.path):\(place + 1): \(line.count) columns, at most 132")
      }
    }
  }

  @Test func thePackageCanBeAVersionedDependency() throws {
    #expect(try !Repository.text(of: "Package.swift").contains("unsafeFlags"))
  }

  @Test func nothingIsLeftForLater() {
    // Written in two halves, or this file would find itself.
    let marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "fatalError(\"not " + "implemented"]
    for file in Repository.files {
      for mark in marks { #expect(!file.text.contains(mark), "\(file.path) contains \(mark)") }
    }
  }

  @Test func aLibraryPrintsNothing() throws {
    for file in Self.swiftFiles where !["hilbert", "HilbertCommands"].contains(file.target) {
      for (index, line) in file.lines.enumerated() where line.contains("print(") {
        let code = line.prefix(upTo: line.firstRange(of: "//")?.lowerBound ?? line.endIndex)
        #expect(code.firstMatch(of: #/(^|[^\w.])(debugPrint|print|dump)\(/#) == nil, "\(file.path):\(index + 1) prints")
      }
    }
  }

  @Test func everyPublicDeclarationIsDocumented() {
    let inherited = DocumentationRule.inheritedNames(in: Self.swiftFiles)
    let explained = Dictionary(grouping: Self.swiftFiles, by: \.target).mapValues(DocumentationRule.explainedFunctions)
    let bare = Self.swiftFiles.flatMap { file in
      DocumentationRule.undocumented(in: file, except: inherited, functions: explained[file.target] ?? [])
        .map { "\(file.path):\($0.line): \($0.declaration)" }
    }
    #expect(bare.isEmpty, "\(bare.count) public declarations without a doc comment:\n\(bare.joined(separator: "\n"))")
  }

  @Test func examplesAreShort() {
    for file in Repository.files(under: "Examples/", ending: "main.swift") {
      #expect((10...80).contains(file.lines.count - 1), "\(file.path) has \(file.lines.count - 1) lines")
    }
  }
}
