import Foundation
import Reports
import TestSupport
import Testing

@Suite struct FigureTests {
  static let hasGnuplot = (try? Gnuplot()) != nil

  @Test(.enabled(if: hasGnuplot, "needs gnuplot"), arguments: FigureExamples.all.map(\.name))
  func everyFigureIsDrawnTwice(_ name: String) throws {
    let figure = try #require(FigureExamples.all.first { $0.name == name }).figure
    try withTemporaryFolder { parent in
      let folder = try RunFolder(creatingAt: parent + "/run")
      let svg = try folder.draw(figure, named: name, with: Gnuplot())
      #expect(svg == (try folder.text(of: "figures/\(name).svg")))
      #expect(svg.contains(#"viewBox="0 0 \#(figure.size.width) \#(figure.size.height)""#))
      #expect(svg.contains("</svg>"))
      let png = try Data(contentsOf: URL(fileURLWithPath: folder.file("figures/\(name).png")))
      func bigEndian(_ offset: Int) -> Int { png[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } }
      #expect(Array(png[1..<4]) == Array("PNG".utf8))
      #expect(bigEndian(16) == 2 * figure.size.width && bigEndian(20) == 2 * figure.size.height)
      let files = try FileManager.default.contentsOfDirectory(atPath: parent + "/run/figures").sorted()
      #expect(files == ["\(name).gnuplot", "\(name).png", "\(name).svg"])
    }
  }

  @Test(.enabled(if: hasGnuplot, "needs gnuplot")) func aScriptDrawsItsFigureAgain() throws {
    try withTemporaryFolder { folder in
      try Gnuplot().draw(FigureExamples.bars, to: folder + "/bars")
      let first = try Data(contentsOf: URL(fileURLWithPath: folder + "/bars.png"))
      try FileManager.default.removeItem(atPath: folder + "/bars.png")
      let process = Process()
      process.executableURL = URL(fileURLWithPath: try Gnuplot().path)
      process.arguments = ["bars.gnuplot"]
      process.currentDirectoryURL = URL(fileURLWithPath: folder)
      try process.run()
      process.waitUntilExit()
      #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/bars.png")) == first)
    }
  }

  @Test(.enabled(if: hasGnuplot, "needs gnuplot")) func textIsNeverACommand() throws {
    try withTemporaryFolder { folder in
      let hostile = "it's \"100 %\" $(touch \(folder)/a) `touch \(folder)/b`\nset output \\ {x}_1 <b>&amp;"
      let figure = LineChart(title: hostile, xLabel: hostile, yLabel: hostile, series: [.init(hostile, [1, 2])])
      let svg = try Gnuplot().draw(figure, to: folder + "/hostile")
      #expect(svg.contains("`touch"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 3)
    }
  }

  @Test func aMissingGnuplotIsNamedWithItsPackage() throws {
    #expect {
      try Gnuplot(searchPath: "/nowhere:/dev")
    } throws: { error in
      "\(error)" == "gnuplot draws the figures and was not found on PATH. "
        + "Install it: apt-get install gnuplot-nox (Debian, Ubuntu) or brew install gnuplot (macOS)."
    }
  }

  /// A program in gnuplot's place.
  func stub(_ script: String, in folder: String) throws -> Gnuplot {
    try ("#!/bin/sh\n" + script).write(toFile: folder + "/gnuplot", atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder + "/gnuplot")
    return try Gnuplot(searchPath: folder)
  }

  @Test func aRefusedFigureCarriesGnuplotsWords() throws {
    try withTemporaryFolder { folder in
      let gnuplot = try stub("echo '         ^' >&2; echo 'line 3: undefined variable: x' >&2; exit 1", in: folder)
      #expect(throws: ReportError.gnuplotFailed(figure: "bars", message: "line 3: undefined variable: x")) {
        try gnuplot.draw(FigureExamples.bars, to: folder + "/bars")
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["bars.gnuplot", "gnuplot"])
    }
  }

  @Test func aCutOffPictureIsNotKept() throws {
    try withTemporaryFolder { folder in
      let gnuplot = try stub("echo '<svg><rect' > \"${1%.gnuplot}.svg\"; exit 0", in: folder)
      #expect {
        try gnuplot.draw(FigureExamples.bars, to: folder + "/bars")
      } throws: {
        "\($0)" == "cannot write \(folder)/bars.svg: the picture is incomplete. The disk may be full: free some space."
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["bars.gnuplot", "gnuplot"])
    }
  }

  @Test func aClassifierIsAskedRowByRowFromTheBottom() {
    let figure = DecisionRegions(
      title: "", xLabel: "x", yLabel: "y", xRange: 0...2, yRange: -1...1, classes: ["a", "b"], points: [], resolution: 3
    ) { places in places.map { $0[0] + 10 * $0[1] } }
    #expect(figure.regions == [[-10, -9, -8], [0, 1, 2], [10, 11, 12]])
  }

  @Test func confusionCountsPairs() {
    let matrix = FigureExamples.smallConfusion
    #expect(matrix.counts == [[2, 1], [1, 3]])
    #expect(matrix.accuracy == 5.0 / 7)
  }
}
