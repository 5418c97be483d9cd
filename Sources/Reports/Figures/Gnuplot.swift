import Execution

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The program that draws the figures.
public struct Gnuplot: Sendable, Hashable {
  private let program: ChildProcess

  /// Where it is.
  public var path: String { program.path }

  /// Looks for `gnuplot` in the folders of `searchPath`.
  ///
  /// - Parameter searchPath: folders with colons between; nil takes the environment's `PATH`.
  /// - Throws: `ReportError.gnuplotMissing`.
  public init(searchPath: String? = nil) throws(ReportError) {
    guard let program = ChildProcess(named: "gnuplot", searchPath: searchPath) else { throw .gnuplotMissing }
    self.program = program
  }

  /// Draws `stem.svg` and `stem.png`, and leaves `stem.gnuplot`, the script that draws both again.
  ///
  /// - Parameter stem: a path without extension.
  /// - Returns: the SVG's text.
  /// - Throws: `ReportError.cannotWrite` or `.gnuplotFailed`; neither picture is left half-written.
  @discardableResult
  public func draw(_ figure: any Figure, to stem: String) throws(ReportError) -> String {
    let name = stem.split(separator: "/").last.map(String.init) ?? stem
    try OutputFile.replace(stem + ".gnuplot", with: script(for: figure, name: name, output: name))
    let partial = stem + ".partial"
    defer { for ending in [".svg", ".png", ".gnuplot", ".log"] { unlink(partial + ending) } }
    try OutputFile.replace(partial + ".gnuplot", with: script(for: figure, name: name, output: partial))
    let status = program.run([partial + ".gnuplot"], log: partial + ".log", isApart: true)
    let svg = (try? OutputFile.read(partial + ".svg")) ?? []
    let png = (try? OutputFile.read(partial + ".png")) ?? []
    // A picture that the disk had no room for ends too early, whatever the exit status says.
    let svgText = String(decoding: svg, as: UTF8.self)
    let isWhole = svgText.hasSuffix("</svg>\n\n") || svgText.hasSuffix("</svg>\n") || svgText.hasSuffix("</svg>")
    guard status == 0, isWhole, png.suffix(8).starts(with: Array("IEND".utf8)) else {
      let log = (try? OutputFile.read(partial + ".log")).map { String(decoding: $0, as: UTF8.self) } ?? ""
      let lines = log.split(separator: "\n").filter { !$0.allSatisfy { $0 == " " || $0 == "^" } }
      if status == 0 {
        throw .cannotWrite(
          FileFailure(path: stem + ".svg", reason: "the picture is incomplete", advice: "The disk may be full: free some space."))
      }
      throw .gnuplotFailed(figure: name, message: lines.last.map(String.init) ?? "exit status \(status)")
    }
    try OutputFile.replace(stem + ".svg", with: svg)
    try OutputFile.replace(stem + ".png", with: png)
    return svgText
  }

  /// Both terminals in one script, so that the program starts once.
  func script(for figure: any Figure, name: String, output: String) -> String {
    let (width, height) = (figure.size.width, figure.size.height)
    let fonts = "Helvetica,Arial,DejaVu Sans,sans-serif"
    // Element names in the SVG begin with it, so that several pictures fit on one page.
    let prefix = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    return """
      # \(String(figure.title.map { $0.isNewline ? " " : $0 }))
      # Draw again, from this folder: gnuplot \(name).gnuplot
      set terminal svg size \(width),\(height) fixed noenhanced font '\(fonts),14' background '#FFFFFF' name '\(prefix)'
      set output \(Script.quoted(output + ".svg"))
      \(Script.style)
      \(figure.commands)
      set terminal pngcairo size \(2 * width),\(2 * height) noenhanced font 'DejaVu Sans,11.5' fontscale 1.8 linewidth 2 pointscale 2
      set output \(Script.quoted(output + ".png"))
      replot
      unset output

      """
  }
}

extension RunFolder {
  /// Draws a figure into the folder's `figures/` as SVG and PNG.
  ///
  /// - Returns: the SVG's text, for the report.
  @discardableResult
  public func draw(_ figure: any Figure, named name: String, with gnuplot: Gnuplot) throws(ReportError) -> String {
    try gnuplot.draw(figure, to: file("figures/" + name))
  }
}
