import ArgumentParser
import OpenQASM
import QuantumCircuits

/// `hilbert draw`: a circuit file as a picture.
struct DrawCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draw", abstract: "Draw a circuit file: in the terminal, as SVG, or as LaTeX.",
    discussion: """
      LaTeX is for the TikZ library quantikz2. Circuits wider than --width go on in further rows. Where neither --svg nor --latex is
      given, the ending of --output decides: .svg, .tex, and text for all others.
      """)

  @OptionGroup var source: CircuitFileOptions

  @Flag(help: "An SVG picture.")
  var svg = false

  @Flag(help: "LaTeX for quantikz.")
  var latex = false

  @Option(help: "The width of a row: characters (100), of SVG pixels (960).")
  var width: Int?

  @Option(help: "The file to write (default: standard output).")
  var output: String?

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if svg && latex { throw ValidationError("give --svg or --latex, not both") }
    if let output, let ending = output.split(separator: ".").last?.lowercased(), ["png", "pdf", "jpg", "jpeg"].contains(ending) {
      throw ValidationError("--output \(output): a drawing is written as .svg, .tex or text; take an ending .svg and convert it")
    }
    if let width, !(20...100_000 ~= width) {
      throw ValidationError("--width wants a whole number from 20 to 100000, found \(width)")
    }
  }

  func run() throws {
    let stopwatch = Stopwatch()
    let circuit = try source.read()
    let (drawn, names) = (circuit.circuit, circuit.drawingNames)
    let ending = output?.split(separator: ".").last?.lowercased()
    let isSVG = svg || !latex && ending == "svg"
    let isLaTeX = latex || !svg && ending == "tex"
    let (kind, drawing) =
      isSVG
      ? ("svg", drawn.svg(width: width ?? 960, names: names))
      : isLaTeX
        ? ("latex", drawn.latex(width: width ?? 100, names: names))
        : ("text", drawn.drawing(width: width ?? 100, names: names) + "\n")
    if let output {
      try CircuitText.write(drawing, to: output)
      if shared.format == .text { return }
    }
    try DrawResult(kind: kind, output: output, drawing: output == nil ? drawing : nil).write(
      as: shared.format, shared.conditions(stopwatch: stopwatch))
  }
}

private struct DrawResult: CommandResult {
  var command: String { "draw" }

  let kind: String
  let output: String?
  let drawing: String?

  var text: String { drawing ?? "" }
}
