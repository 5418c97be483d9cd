/// One page about one run: opens in any browser without a network, since pictures and style are inside.
///
/// ```swift
/// var page = HTMLReport(title: "hybrid-fashion", summary: "A hybrid classifier on FashionMNIST.")
/// page.headlines = [.init("test accuracy", "0.873", note: "control 0.861")]
/// page.add("Quantum and classical control", .table(comparison))
/// page.add("Curves", .figure(svg: accuracy, caption: "Accuracy on the test set."))
/// page.add("Confusion matrix", .figure(svg: confusion, caption: "Rows are true classes."))
/// page.add("Configuration", .code(configuration))
/// page.add("How to repeat", .code("hilbert train --preset hybrid-fashion --seed 1"))
/// try folder.write(page.html, to: RunFolder.report)
/// ```
public struct HTMLReport: Sendable {
  /// A number that stands large at the top.
  public struct Headline: Sendable, Hashable {
    /// What it is, and its value as text.
    public var label, value: String
    /// A few smaller words below, such as what it compares with.
    public var note: String

    /// - Parameter note: may be empty.
    public init(_ label: String, _ value: String, note: String = "") {
      self.label = label
      self.value = value
      self.note = note
    }
  }

  /// A piece of a section.
  public enum Block: Sendable {
    /// A paragraph.
    case text(String)
    /// A table.
    case table(Table)
    /// A picture as SVG text, as `RunFolder.draw` returns it, and the words below it.
    case figure(svg: String, caption: String)
    /// Commands or a configuration, letter by letter.
    case code(String)
  }

  /// A headed part of the page.
  public struct Section: Sendable {
    /// Its head.
    public var heading: String
    /// What it holds; neighbouring figures stand side by side.
    public var blocks: [Block]
  }

  /// The head of the page.
  public var title: String
  /// A sentence or two below the head.
  public var summary: String
  /// The numbers at the top.
  public var headlines: [Headline] = []
  /// The parts in order.
  public private(set) var sections: [Section] = []

  /// A page without sections.
  public init(title: String, summary: String) {
    self.title = title
    self.summary = summary
  }

  /// Adds a section at the end.
  public mutating func add(_ heading: String, _ blocks: Block...) { add(heading, blocks) }

  /// Adds a section at the end.
  public mutating func add(_ heading: String, _ blocks: [Block]) { sections.append(Section(heading: heading, blocks: blocks)) }

  /// The whole page.
  public var html: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(Self.escaped(title))</title>
    <style>
    \(Self.style)
    </style>
    </head>
    <body>
    <main>
    <h1>\(Self.escaped(title))</h1>
    <p class="summary">\(Self.escaped(summary))</p>
    \(headlines.isEmpty ? "" : "<dl class=\"headlines\">\n" + headlines.map(Self.html).joined() + "</dl>\n")\
    \(sections.map(Self.html).joined())</main>
    </body>
    </html>

    """
  }

  private static func html(_ headline: Headline) -> String {
    let note = headline.note.isEmpty ? "" : "<dd class=\"note\">\(escaped(headline.note))</dd>"
    return "<div><dt>\(escaped(headline.label))</dt><dd>\(escaped(headline.value))</dd>\(note)</div>\n"
  }

  private static func html(_ section: Section) -> String {
    "<section>\n<h2>\(escaped(section.heading))</h2>\n<div class=\"blocks\">\n\(section.blocks.map(html).joined())</div>\n</section>\n"
  }

  private static func html(_ block: Block) -> String {
    switch block {
    case .text(let text): "<p>\(escaped(text))</p>\n"
    case .table(let table): "<div class=\"wide\">\(table.html)</div>\n"
    case .figure(let svg, let caption): "<figure>\n\(element(svg))\n<figcaption>\(escaped(caption))</figcaption>\n</figure>\n"
    case .code(let code): "<pre class=\"wide\"><code>\(escaped(code))</code></pre>\n"
    }
  }

  /// The `<svg>` element alone: inside a page the XML declaration and the document type have no place.
  static func element(_ svg: String) -> Substring {
    var rest = svg[...]
    while !rest.isEmpty, !rest.hasPrefix("<svg") { rest = rest.dropFirst().drop { $0 != "<" } }
    return rest
  }

  /// Text that a browser shows letter by letter.
  static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
  }

  private static let style = """
    :root { color-scheme: light; --ink: #1b1f24; --quiet: #5b6570; --line: #e1e5ea; --paper: #ffffff; --accent: #0072b2; }
    body { margin: 0; background: #f5f6f8; color: var(--ink); font: 16px/1.55 system-ui, "Helvetica Neue", Arial, sans-serif; }
    main { max-width: 1240px; margin: 0 auto; padding: 40px 28px 64px; }
    h1 { margin: 0; font-size: 30px; letter-spacing: -0.01em; }
    h2 { margin: 40px 0 12px; font-size: 19px; }
    .summary { margin: 6px 0 0; color: var(--quiet); max-width: 46em; }
    .headlines { display: grid; grid-template-columns: repeat(auto-fit, minmax(170px, 1fr)); gap: 14px; margin: 26px 0 0; }
    .headlines div, figure, table, pre { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; }
    .headlines div { padding: 14px 18px; border-top: 3px solid var(--accent); }
    dt { color: var(--quiet); font-size: 14px; }
    dd { margin: 2px 0 0; font-size: 28px; font-weight: 600; font-variant-numeric: tabular-nums; }
    dd.note { color: var(--quiet); font-size: 14px; font-weight: 400; }
    .blocks { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(520px, 100%), 1fr)); gap: 16px; align-items: start; }
    .blocks > p, .wide { grid-column: 1 / -1; margin: 0; max-width: 100%; overflow-x: auto; }
    figure { margin: 0; padding: 14px; }
    figure svg { display: block; max-width: 100%; height: auto; margin: 0 auto; }
    figcaption { margin-top: 8px; color: var(--quiet); font-size: 14px; }
    table { border-collapse: separate; border-spacing: 0; font-size: 15px; }
    th, td { padding: 8px 16px; text-align: left; border-bottom: 1px solid var(--line); }
    tr:last-child td { border-bottom: 0; }
    th { color: var(--quiet); font-weight: 500; }
    .number { text-align: right; font-variant-numeric: tabular-nums; }
    pre { box-sizing: border-box; padding: 14px 18px; font: 13.5px/1.5 ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
    @media print { body { background: #fff; } section { break-inside: avoid; } }
    """
}
