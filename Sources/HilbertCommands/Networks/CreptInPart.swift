import NeuralNetworks
import QuantumLearning
import Randomness

extension NetworkBuilder {
  /// A flipped quanvolution or a linear layer by re-uploading; in the control, the convolution or dense layer whose place it takes.
  ///
  /// - Throws: `ConfigurationError` for shapes that the layer cannot take, or for a control that these layers do not have.
  func creptIn(
    _ placed: PlacedLayer, inputShape: [Int], classCount: Int, random: inout RandomSource
  ) throws -> any Layer<Scalar> {
    if kind == .control(.removed) {
      throw placed.place.error(
        "'\(placed.kind.rawValue)' takes a classical layer's place, and that is what it is compared with",
        advice: "take control: true, frozen or false")
    }
    let (isClassical, isFrozen) = (kind == .control(.dense), kind == .control(.frozen))
    let coefficients = PauliCoefficients(rawValue: placed[word: "coefficients"])!
    if placed.kind == .flippedQuanvolution {
      guard inputShape.count == 3 else {
        throw placed.place.error(
          "'flippedQuanvolution' reads images, and here come samples of shape \(inputShape)", advice: "put it before flatten")
      }
      let (channels, filters) = (inputShape[0], placed[integer: "filters"])
      return isClassical
        ? Conv2D<Scalar>(channels: channels, filters: filters, kernel: 3, random: &random)
        : FlippedQuanvolution<Scalar>(
          channels: channels, filters: filters, coefficients: coefficients, isFrozen: isFrozen, random: &random)
    }
    guard inputShape.count == 1 else {
      throw placed.place.error(
        "'reuploadingLinear' reads numbers, and here come samples of shape \(inputShape)", advice: "put flatten before it")
    }
    let outputs = placed.arguments["outputs"] == .word(LayerKind.classes) ? classCount : placed[integer: "outputs"]
    guard DataReuploadingLinear<Scalar>.leastQubits(inputs: inputShape[0], outputs: outputs) <= 8 else {
      throw placed.place.error(
        "\(inputShape[0]) numbers need more than 8 qubits, which hold \(1 << 16)", advice: "make the images smaller before it")
    }
    if isClassical { return Dense<Scalar>(inputs: inputShape[0], outputs: outputs, random: &random) }
    guard case .number(let scale)? = placed.arguments["scale"] else { preconditionFailure("reuploadingLinear without a scale") }
    return DataReuploadingLinear<Scalar>(
      inputs: inputShape[0], outputs: outputs, repetitions: placed[integer: "repetitions"], coefficients: coefficients,
      scale: scale > 0 ? scale : nil, isFrozen: isFrozen, random: &random)
  }
}
