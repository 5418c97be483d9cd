import Foundation
import NeuralNetworks
import Randomness
import Testing

/// Whole messages for networks that cannot be built.
@Suite struct LayerErrorTests {
  @Test(
    "a layer that meets another shape says what it expected",
    arguments: [
      (
        [1, 28, 28], [LayerDescription.dense(10)],
        "dense: expected shape [samples, inputs] (put flatten before it), found [samples, 1, 28, 28]"
      ),
      ([64], [.conv2D(4, kernel: 3)], "conv2d: expected shape [samples, channels, height, width], found [samples, 64]"),
      (
        [1, 4, 4], [.conv2D(4, kernel: 7)],
        "Conv2D: expected shape [samples, 1, height (at least 7), width (at least 7)], found [samples, 1, 4, 4]"
      ),
      (
        [1, 1, 1], [.maxPool2D(2)],
        "MaxPool2D: expected shape [samples, channels, height (at least 2), width (at least 2)], found [samples, 1, 1, 1]"
      ),
    ])
  func shapes(inputShape: [Int], layers: [LayerDescription], message: String) throws {
    let error = #expect(throws: NetworkError.self) { try Sequential<Float>(inputShape: inputShape, layers: layers, seed: 1) }
    #expect(error?.description == message + ". Change the layer's sizes or the layer before it.")
  }

  @Test(
    "a description that cannot be built says what would be right",
    arguments: [
      (LayerDescription("dens", ["outputs": 3]), "There is no layer \"dens\". Did you mean \"dense\"? Known are "),
      (
        .init("dense", ["units": 3, "outputs": 3]),
        "Layer \"dense\" has no option \"units\". Known are bias, outputs."
      ),
      (.init("dense"), "Layer \"dense\" needs the option \"outputs\". Give a whole number."),
      (.init("dense", ["outputs": 2.5]), "Option \"outputs\" of layer \"dense\" does not fit. Give a whole number of at least 1."),
      (.init("dropout", ["rate": 1]), "Option \"rate\" of layer \"dropout\" does not fit. Give a number in 0.0..<1.0."),
      (.init("relu", ["slope": 1]), "Layer \"relu\" has no option \"slope\". It takes no options."),
    ])
  func descriptions(layer: LayerDescription, message: String) throws {
    let error = #expect(throws: NetworkError.self) { try Sequential<Float>(inputShape: [4], layers: [layer], seed: 1) }
    #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
  }

  @Test("descriptions survive JSON")
  func json() throws {
    let layers: [LayerDescription] = [
      .conv2D(4, kernel: 3, padding: 1), .relu, .init("quantum", ["circuit": "ring", "sizes": [1, 2]]),
    ]
    let text = try JSONEncoder().encode(layers)
    #expect(try JSONDecoder().decode([LayerDescription].self, from: text) == layers)
    let written = try JSONDecoder().decode(
      [LayerDescription].self, from: Data(#"["relu", {"kind": "dense", "outputs": 3, "bias": true}]"#.utf8))
    #expect(written == [.relu, .dense(3)])
  }

  @Test("equal seeds give equal networks, and a catalogue takes layers of one's own")
  func seeds() throws {
    let catalogue = LayerCatalogue<Double>.standard.adding("scale") { _, _, _ in Scale() }
    func model(_ seed: UInt64) throws -> Sequential<Double> {
      try Sequential(inputShape: [3], layers: [.dense(4), .init("scale"), .tanh, .dense(2)], seed: seed, catalogue: catalogue)
    }
    #expect(try model(1).tensors == model(1).tensors)
    #expect(try model(1).parameterVector != model(2).parameterVector)
    #expect(try model(1).parameterShapes.map(\.name) == ["0.weight", "0.bias", "1.factor", "3.weight", "3.bias"])
  }

  @Test("a forward pass of the wrong shape stops the program")
  func wrongProgram() async {
    await #expect(processExitsWith: .failure) {
      var random = RandomSource(seed: 1)
      _ = try Dense<Float>(inputs: 3, outputs: 2, random: &random)(Tensor(shape: [1, 4]))
    }
  }
}
