import Foundation
import Reports
import TestSupport
import Testing

@Suite struct HTMLReportTests {
  static func page(figures: [String]) -> HTMLReport {
    var page = HTMLReport(title: "hybrid-fashion", summary: "A convolutional front, four qubits, 10 classes & a control.")
    page.headlines = [
      .init("test accuracy", "0.873", note: "classical control 0.861"), .init("parameters", "2 410"), .init("training", "48 s"),
    ]
    page.add(
      "Quantum and classical control",
      .table(
        Table(
          columns: ["model", "parameters", "test accuracy"], rows: [["quantum", "2410", "0.873"], ["control", "2404", "0.861"]])))
    page.add("Curves", figures.dropLast().map { .figure(svg: $0, caption: "One point an epoch.") })
    if let last = figures.last { page.add("Confusion matrix", .figure(svg: last, caption: "Rows are the true classes.")) }
    page.add("Configuration", .code("data:\n  source: fashion-mnist-2.5k\nseed: 1"))
    page.add(
      "How to repeat", .text("The same seed gives the same metrics."), .code("hilbert train --preset hybrid-fashion --seed 1"))
    return page
  }

  @Test func sectionsComeInOrder() throws {
    let html = Self.page(figures: ["<?xml version=\"1.0\"?>\n<!DOCTYPE svg>\n<svg viewBox='0 0 1 1'></svg>\n"]).html
    let headings = html.split(separator: "<h2>").dropFirst().map { $0.prefix { $0 != "<" } }
    #expect(headings == ["Quantum and classical control", "Curves", "Confusion matrix", "Configuration", "How to repeat"])
    #expect(html.contains("10 classes &amp; a control."))
    #expect(html.contains("<figure>\n<svg viewBox='0 0 1 1'></svg>"))
    #expect(html.contains("<td>quantum</td><td class=\"number\">2410</td><td class=\"number\">0.873</td>"))
    #expect(!html.contains("<?xml"))
  }

  @Test func textIsShownLetterByLetter() {
    var page = HTMLReport(title: "<script>alert(1)</script>", summary: "\"a\" < b")
    page.add("x", .code("<img src=x>"))
    #expect(!page.html.contains("<script>") && !page.html.contains("<img"))
    #expect(page.html.contains("&quot;a&quot; &lt; b"))
  }

  @Test(.enabled(if: FigureTests.hasGnuplot, "needs gnuplot")) func thePageNeedsNoNetwork() throws {
    try withTemporaryFolder { folder in
      let gnuplot = try Gnuplot()
      let figures = try FigureExamples.all.map { try gnuplot.draw($0.figure, to: folder + "/" + $0.name) }
      let html = Self.page(figures: figures).html
      // Names of XML vocabularies are the only addresses on the page; a browser does not open them.
      let addresses = html.matches(of: /(\S*)=["']https?:[^"']*/).map(\.1)
      #expect(Set(addresses) == ["xmlns", "xmlns:xlink"])
      #expect(!html.contains("url(http") && !html.contains("<link") && !html.contains("<script"))
    }
  }
}
