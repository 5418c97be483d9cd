import NeuralNetworks

/// The layers a configuration may name, with the names that the network room's catalogue has for them and their options.
///
/// One row a kind; the first parameter may stand alone, as in `{dense: 20}`. The catalogue builds the layers, this table lets
/// mistakes be found while the file is read, each at its own key.
enum LayerKind: String, CaseIterable, Sendable {
  case conv2d, maxPool2d, avgPool2d, flatten, dense, batchNorm, layerNorm, dropout
  case relu, leakyReLU, elu, gelu, silu, softplus, sigmoid, tanh, sine
  case quantum

  var parameters: [LayerParameter] {
    switch self {
    case .conv2d:
      [
        .integer("filters", in: 1...65_536), .integer("kernel", in: 1...255), .integer("stride", in: 1...255, default: 1),
        .integer("padding", in: 0...255, default: 0),
      ]
    case .maxPool2d, .avgPool2d: [.integer("window", in: 1...255)]
    case .dense: [.integer("outputs", in: 1...1_000_000)]
    case .dropout: [.number("rate", from: 0, upTo: 0.99)]
    case .quantum: CircuitDescription.parameters + [.word("observable", among: ["X", "Y", "Z"], default: "Z")]
    case .flatten, .batchNorm, .layerNorm, .relu, .leakyReLU, .elu, .gelu, .silu, .softplus, .sigmoid, .tanh, .sine: []
    }
  }

  /// "conv2d {filters, kernel, stride (1), padding (0)}", for help.
  var usage: String {
    parameters.isEmpty ? rawValue : "\(rawValue) {\(parameters.map(\.summary).joined(separator: ", "))}"
  }
}
