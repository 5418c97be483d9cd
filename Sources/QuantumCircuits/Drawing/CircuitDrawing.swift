extension Circuit {
  /// The circuit drawn with box characters, qubit 0 on top, time from left to right.
  ///
  /// Gates stand as far left as the gates before them allow. A drawing wider than `width` columns goes on in further blocks, marked
  /// by `»` where a line breaks. Controls are ● on 1 and ○ on 0; a line that passes a qubit without touching it is drawn as ┼.
  /// Registers of classical bits are double lines below the qubits: a measurement leads to the number of its bit there, and blocks
  /// stand between `if`, `else`, `while` and `end`, which lead to the registers of the condition.
  ///
  /// ```
  /// q0: ─┤H├─●─
  ///          │
  /// q1: ─────⊕─
  /// ```
  public func drawing(width: Int = 100, names: DrawingNames = DrawingNames()) -> String {
    TextDrawing(CircuitLayout(self, names: names), width: width).text
  }

  /// The circuit as a picture in the SVG format, a whole file.
  ///
  /// - Parameter width: in pixels; a wider circuit goes on in further rows.
  public func svg(width: Int = 960, names: DrawingNames = DrawingNames()) -> String {
    SVGDrawing(CircuitLayout(self, names: names), width: width).text
  }

  /// The circuit as LaTeX for the TikZ library quantikz2, one environment for each row.
  ///
  /// ```latex
  /// \usepackage{tikz}
  /// \usetikzlibrary{quantikz2}
  /// ```
  /// - Parameter width: in characters, as of `drawing`; a wider circuit goes on in further environments.
  public func latex(width: Int = 100, names: DrawingNames = DrawingNames()) -> String {
    LaTeXDrawing(CircuitLayout(self, names: names), width: width).text
  }
}

extension Circuit: CustomStringConvertible {
  /// The drawing, at most 100 columns wide where gates allow.
  public var description: String { drawing() }
}

/// The names under which drawings show qubits, parameters and features; what has none is `q0`, `w[0]`, `x[0]`.
public struct DrawingNames: Sendable, Hashable {
  /// Names by qubit, as many as there are.
  public var qubits: [String]
  /// Names of parameters and features.
  public var symbols: [Angle.Symbol: String]

  public init(qubits: [String] = [], symbols: [Angle.Symbol: String] = [:]) {
    self.qubits = qubits
    self.symbols = symbols
  }

  func qubit(_ qubit: Int) -> String { qubit < qubits.count ? qubits[qubit] : "q\(qubit)" }

  /// The name of a parameter or a feature.
  public func symbol(_ symbol: Angle.Symbol) -> String { symbols[symbol] ?? symbol.description }
}
