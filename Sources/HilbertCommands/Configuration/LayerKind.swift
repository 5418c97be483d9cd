/// The layers a configuration may name, one row a kind; the first parameter may stand alone, as in `{dense: 20}`.
enum LayerKind: String, CaseIterable, Sendable {
  case conv, batchNorm, layerNorm, maxPool, averagePool, flatten, dense, dropout
  case relu, leakyRelu, gelu, sigmoid, tanh
  case quantum

  var parameters: [LayerParameter] {
    switch self {
    case .conv:
      [
        .integer("channels", in: 1...65_536), .integer("kernel", in: 1...255), .integer("padding", in: 0...255, default: 0),
        .integer("stride", in: 1...255, default: 1),
      ]
    case .maxPool, .averagePool: [.integer("size", in: 1...255)]
    case .dense: [.integer("units", in: 1...1_000_000)]
    case .dropout: [.number("probability", from: 0, upTo: 0.99)]
    case .quantum: CircuitDescription.parameters + [.word("observable", among: ["X", "Y", "Z"], default: "Z")]
    case .batchNorm, .layerNorm, .flatten, .relu, .leakyRelu, .gelu, .sigmoid, .tanh: []
    }
  }

  /// "conv {channels, kernel, padding (0), stride (1)}", for help.
  var usage: String {
    parameters.isEmpty ? rawValue : "\(rawValue) {\(parameters.map(\.summary).joined(separator: ", "))}"
  }
}
