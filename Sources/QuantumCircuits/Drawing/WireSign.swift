/// A mark that an instruction leaves on one wire of a drawing.
enum WireSign: Hashable, Sendable {
  /// A name in a box.
  case box(String)
  case meter
  case control(isOne: Bool)
  /// The target of a CNOT.
  case plus
  /// One end of a SWAP.
  case cross
  case barrier
  /// Words on the line of a register: a bit, or what is stored there.
  case words(String)
  /// A register that is read.
  case read
  /// A qubit that a block touches, on a wire where nothing else of the marker stands.
  case inside

  /// A symbol of the gate table with its angles: signs of circuit diagrams where there is one, a box for everything else.
  init(symbol: String, angles: String) {
    switch symbol + angles {
    case "⊕": self = .plus
    case "×": self = .cross
    case "●": self = .control(isOne: true)
    case "○": self = .control(isOne: false)
    case let text: self = .box(text.shortened)
    }
  }

  /// The sign in characters.
  var text: String {
    switch self {
    case .box(let name): "┤\(name)├"
    case .meter: "┤M├"
    case .control(let isOne): isOne ? "●" : "○"
    case .plus: "⊕"
    case .cross: "×"
    case .barrier: "░"
    case .words(let words): words
    case .read: "■"
    case .inside: "┊"
    }
  }
}

extension String {
  /// The text cut to a width that leaves room for other gates.
  var shortened: String { count <= 24 ? self : prefix(23) + "…" }
}
