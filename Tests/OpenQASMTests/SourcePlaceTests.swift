import OpenQASM
import Testing

@Suite struct SourcePlaceTests {
  private static let bytes = Array("OPENQASM 3.0;\n\tcx q[0], θ[1];\r\nh q;".utf8)

  @Test func thePlaceCountsLinesAndCharacters() {
    let place = SourcePlace(file: "a.qasm", bytes: Self.bytes, offset: 25, length: 5)
    #expect(place.description == "a.qasm:2:12")
    #expect(place.excerpt == "  \tcx q[0], θ[1];\n  \t          ^^^^")
  }

  @Test func theEndOfTheFileIsAPlace() {
    let place = SourcePlace(file: "a.qasm", bytes: Self.bytes, offset: Self.bytes.count, length: 0)
    #expect(place.description == "a.qasm:3:5")
    #expect(place.excerpt == "  h q;\n      ^")
  }

  @Test func aLongLineIsShownAroundThePlace() {
    let text = String(repeating: "x q;", count: 1000) + "y q;" + String(repeating: "x q;", count: 1000)
    let place = SourcePlace(file: "a.qasm", bytes: Array(text.utf8), offset: 4000, length: 1)
    let lines = place.excerpt.split(separator: "\n").map(Array.init)
    #expect(place.column == 4001)
    #expect(lines[0].count < 140 && lines[0].starts(with: "  ...x q;"))
    #expect(lines[0][lines[1].count - 1] == "y")
  }
}
