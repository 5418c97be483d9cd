import NeuralNetworks
import QuantumLearning

/// The layers a configuration may name, with the names that the network room's catalogue has for them and their options.
///
/// One row a kind; the first parameter may stand alone, as in `{dense: 20}`. The catalogue builds the layers, this table lets
/// mistakes be found while the file is read, each at its own key.
enum LayerKind: String, CaseIterable, Sendable {
  case conv2d, maxPool2d, avgPool2d, pad2d, flatten, first, dense, batchNorm, layerNorm, dropout, affine
  case relu, leakyReLU, elu, gelu, silu, softplus, sigmoid, tanh, sine
  case quantum, quanvolution, flippedQuanvolution, reuploadingLinear

  /// In place of a number of outputs: as many as the data have classes.
  static let classes = "classes"

  private static let coefficients = LayerParameter.word(
    "coefficients", among: PauliCoefficients.allCases.map(\.rawValue), default: PauliCoefficients.real.rawValue)

  /// Whether there is anything quantum in it.
  var hasCircuits: Bool { [.quantum, .quanvolution, .flippedQuanvolution, .reuploadingLinear].contains(self) }

  var parameters: [LayerParameter] {
    switch self {
    case .conv2d:
      [
        .integer("filters", in: 1...65_536), .integer("kernel", in: 1...255), .integer("stride", in: 1...255, default: 1),
        .integer("padding", in: 0...255, default: 0),
      ]
    case .maxPool2d, .avgPool2d: [.integer("window", in: 1...255)]
    case .dense: [.integer("outputs", in: 1...1_000_000, orWord: Self.classes)]
    case .first: [.integer("count", in: 1...1_000_000)]
    case .pad2d: [.integer("border", in: 0...255)]
    case .affine: [.number("factor", from: -1e6, upTo: 1e6), .number("shift", from: -1e6, upTo: 1e6, default: 0)]
    case .dropout: [.number("rate", from: 0, upTo: 0.99)]
    case .quantum:
      CircuitDescription.parameters + [
        .word("observable", among: ["X", "Y", "Z", CircuitReadout.probabilitiesWord], default: "Z"),
        .integer("shots", in: 0...1_000_000_000, default: 0),
      ]
    case .quanvolution: QuanvolutionDescription.parameters
    case .flippedQuanvolution: [.integer("filters", in: 1...65_536), Self.coefficients]
    case .reuploadingLinear:
      [
        .integer("outputs", in: 1...256, orWord: Self.classes), .integer("repetitions", in: 1...1000, default: 10),
        Self.coefficients,
        .number("scale", from: 0, upTo: 1e6, default: 0),
      ]
    case .flatten, .batchNorm, .layerNorm, .relu, .leakyReLU, .elu, .gelu, .silu, .softplus, .sigmoid, .tanh, .sine: []
    }
  }

  /// "conv2d {filters, kernel, stride (1), padding (0)}", for help.
  var usage: String {
    parameters.isEmpty ? rawValue : "\(rawValue) {\(parameters.map(\.summary).joined(separator: ", "))}"
  }
}
