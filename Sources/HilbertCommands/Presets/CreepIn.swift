// The three levels of Wang et al., "Let the Quantum Creep In", 2024: the same three layers, classical, then two of them and then
// all quantum. Sizes and training are the authors' program's; real coefficients, and so unitary gates, are our choice.
extension Preset {
  /// Level 0, 1 and 2.
  static let creepIn = (0...2).map { level in
    Preset(
      name: "creep-in-\(level)",
      summary: [
        "two convolutions and a linear layer, the classical beginning", "the same with quantum convolutions", "all quantum",
      ][level]
        + " (Wang et al.)",
      yaml: creepIn(level: level, coefficients: "real", scale: 0))
  }

  /// - Parameters:
  ///   - coefficients: real, or complex as the authors' program has them.
  ///   - scale: where the trained factor of the outputs of level 2 starts; 0 for none.
  static func creepIn(level: Int, coefficients: String, scale: Double) -> String {
    func convolution(_ filters: Int) -> String {
      level == 0
        ? "conv2d: {filters: \(filters), kernel: 3}" : "flippedQuanvolution: {filters: \(filters), coefficients: \(coefficients)}"
    }
    let last =
      level < 2 ? "dense: classes" : "reuploadingLinear: {outputs: classes, coefficients: \(coefficients), scale: \(scale)}"
    return """
      data:
        source: mnist
      model:
        layers:
          - pad2d: 2
          - affine: {factor: 2, shift: -1}
          - \(convolution(32))
          - \(convolution(16))
          - flatten
          - \(last)
      training: {epochs: 50, batch: 200, optimizer: adam, learningRate: 0.0005, schedule: constant, precision: float}
      control: false
      seed: 1
      """
  }
}
