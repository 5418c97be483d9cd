import QuantumCircuits
import QuantumStates

/// A quanvolution as a configuration spells it: the windows, and the circuit that reads them.
struct QuanvolutionDescription: Hashable, Sendable {
  let kernel: Int
  let stride: Int
  let padding: Int
  let filters: Int
  let layers: Int
  let encoding: Encoding
  /// nil: the filter of 2 x 2 pixels with four angles.
  let ansatz: Ansatz?
  let isFrozen: Bool

  /// The word for the filter that is no ansatz of any size.
  static let imageFilter = "image-filter"
  private static let frozen = "frozen"

  /// The arguments, in the order in which help lists them.
  static let parameters: [LayerParameter] = [
    .integer("kernel", in: 1...8), .integer("stride", in: 1...255, default: 1), .integer("padding", in: 0...255, default: 0),
    .integer("filters", in: 1...1024, default: 1), .integer("layers", in: 1...10_000, default: 1),
    .word("encoding", among: Encoding.allCases.filter { $0 != .amplitude }.map(\.rawValue), default: Encoding.angleY.rawValue),
    .word("ansatz", among: Ansatz.allCases.map(\.rawValue) + [imageFilter], default: Ansatz.stronglyEntangling.rawValue),
    .word("weights", among: ["trained", frozen], default: "trained"),
    .word("observable", among: ["X", "Y", "Z"], default: "Z"),
  ]

  /// The description of a checked layer.
  init(_ layer: PlacedLayer) {
    (kernel, stride, padding) = (layer[integer: "kernel"], layer[integer: "stride"], layer[integer: "padding"])
    (filters, layers) = (layer[integer: "filters"], layer[integer: "layers"])
    encoding = Encoding(rawValue: layer[word: "encoding"])!
    ansatz = Ansatz(rawValue: layer[word: "ansatz"])
    isFrozen = layer[word: "weights"] == Self.frozen
  }

  /// The circuit for windows of `channels` channels: one qubit a pixel.
  ///
  /// - Returns: nil where the filter of four angles meets windows of another size.
  func circuit(channels: Int) -> Circuit? {
    let qubits = channels * kernel * kernel
    let features = (0..<qubits).map(Angle.feature)
    guard let ansatz else { return qubits == 4 && layers == 1 && encoding == .angleY ? .imageFilter(features) : nil }
    return Circuit(qubits: qubits) {
      encoding.circuit(features)
      ansatz.circuit(qubits: qubits, layers: layers)
    }
  }
}
