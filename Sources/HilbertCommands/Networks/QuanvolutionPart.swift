import NeuralNetworks
import QuantumCircuits
import QuantumLearning
import QuantumStates
import Randomness

extension NetworkBuilder {
  /// A quanvolution; in the control, a convolution of its shape without biases.
  ///
  /// - Throws: `ConfigurationError` for windows that hold too many pixels, or that the circuit does not fit.
  func quanvolution(_ placed: PlacedLayer, inputShape: [Int], random: inout RandomSource) throws -> any Layer<Scalar> {
    let description = QuanvolutionDescription(placed)
    guard inputShape.count == 3 else {
      throw placed.place.error(
        "'quanvolution' reads images, and here come samples of shape \(inputShape)",
        advice: "put it before flatten, and give images of shape [channels, height, width]")
    }
    let qubits = inputShape[0] * description.kernel * description.kernel
    guard qubits <= 16 else {
      throw placed.place.error(
        "a window of \(inputShape[0]) x \(description.kernel) x \(description.kernel) pixels takes \(qubits) qubits, and each "
          + "image has many windows", advice: "take at most 16 pixels, for example kernel: 2")
    }
    guard let circuit = description.circuit(channels: inputShape[0]) else {
      throw placed.place.error(
        "the ansatz 'image-filter' is one layer behind angle-y for windows of 4 pixels, and here they have \(qubits)",
        advice: "take kernel: 2 on grey images, or another ansatz")
    }
    let pauli = Pauli(rawValue: placed[word: "observable"])!
    let function = try CircuitFunction.expectation(
      of: (0..<qubits).map { PauliFactor(pauli, $0).pauliSum }, after: circuit,
      precision: Scalar.self == Float.self ? .float : .double)
    if kind == .control(.dense) {
      return Conv2D<Scalar>(
        channels: inputShape[0], filters: description.filters * qubits, kernel: description.kernel, stride: description.stride,
        padding: description.padding, hasBias: false, random: &random)
    }
    return Quanvolution<Scalar>(
      function, filters: description.filters, kernel: description.kernel, stride: description.stride, padding: description.padding,
      isFrozen: description.isFrozen || kind == .control(.frozen), random: &random)
  }
}
