import Reports
import Testing

@Suite struct ExampleTests {
  static let names = Repository.files(under: "Examples/", ending: "/main.swift").map(\.target)

  /// How far a printed number may be from the page's, beside one unit of its last decimal: training in single precision ends a
  /// little differently with every set of kernels.
  static let tolerances = ["HybridImages": 0.06]

  @Test(.timeLimit(.minutes(3)), arguments: names) func anExamplePrintsWhatItsPageShows(_ name: String) throws {
    let page = try Repository.text(of: "Examples/README.md")
    let start = try #require(page.firstRange(of: "\n## \(name)\n"), "Examples/README.md has no section on \(name)").upperBound
    let end = page[start...].firstRange(of: "\n## ")?.lowerBound ?? page.endIndex
    let expected = PrintedText(try #require(block("text", in: page[start..<end])).text)
    let run = try BuiltProgram(running: name)
    #expect(run.status == 0, "\(name) ended with \(run.status): \(run.error)")
    let printed = PrintedText(run.output)
    #expect(printed.words == expected.words)
    #expect(printed.firstDifference(from: expected, tolerance: Self.tolerances[name] ?? 0) == nil)
  }

  @Test func moonsAreDrawnWhereGnuplotIs() throws {
    let run = try BuiltProgram(running: "MoonsClassifier")
    #expect(run.files == ["moons.gnuplot", "moons.png", "moons.svg"])
    let plain = try BuiltProgram(running: "MoonsClassifier", searchPath: "/nowhere")
    #expect(plain.status == 0)
    #expect(plain.files.isEmpty)
    #expect(plain.output.hasSuffix("no picture: \(ReportError.gnuplotMissing)\n"))
  }

  @Test func thereAreExamples() { #expect(Self.names.count >= 5) }

  /// The README's program is an example, so that it is compiled as it stands there.
  @Test func theReadmePrintsWhatItSays() throws {
    let readme = try Repository.text(of: "README.md")
    let program = try #require(block("swift", in: readme[...]))
    #expect(try Repository.text(of: "Examples/FirstProgram/main.swift") == program.text)
    let lines = program.text.split(separator: "\n").filter { $0 != "}" }
    #expect(lines.count == 12, "the README promises twelve lines, closing braces aside")
    let expected = try #require(block("text", in: readme[program.end...]))
    let run = try BuiltProgram(running: "FirstProgram")
    #expect(run.status == 0)
    #expect(run.output == expected.text)
  }

  /// The first fenced block of a language.
  private func block(_ language: String, in text: Substring) -> (text: String, end: String.Index)? {
    guard let start = text.firstRange(of: "```\(language)\n")?.upperBound else { return nil }
    guard let end = text[start...].firstRange(of: "```")?.lowerBound else { return nil }
    return (String(text[start..<end]), end)
  }
}
