import Testing

@Suite struct ExampleTests {
  static let names = Repository.files(under: "Examples/", ending: "/main.swift").map(\.target)

  @Test(.timeLimit(.minutes(3)), arguments: names) func anExampleRuns(_ name: String) throws {
    let run = try BuiltProgram(running: name)
    #expect(run.status == 0, "\(name) ended with \(run.status): \(run.error)")
    #expect(!run.output.isEmpty, "\(name) says nothing")
    #expect(try Repository.text(of: "Examples/README.md").contains(name), "Examples/README.md does not name \(name)")
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
