import Randomness

/// A network that learns to give back what it reads, through fewer numbers in between: the latents.
///
/// Encoder `inputs -> hidden -> latents`, ReLU behind both layers; decoder `latents -> hidden -> inputs`, ReLU, then a sigmoid, so
/// inputs lie in 0...1. Trained on the inputs as their own targets with the mean squared error.
///
/// - Shape: `[samples, inputs]` -> the same.
public struct Autoencoder<Scalar: TensorScalar>: Layer {
  /// From inputs to latents.
  public var encoder: Sequential<Scalar>
  /// From latents to what is to be the inputs.
  public var decoder: Sequential<Scalar>

  /// Fresh weights.
  public init(inputs: Int, hidden: Int, latents: Int, random: inout RandomSource) {
    encoder = Sequential([
      Dense<Scalar>(inputs: inputs, outputs: hidden, random: &random), Activation<Scalar>(.relu),
      Dense<Scalar>(inputs: hidden, outputs: latents, random: &random), Activation<Scalar>(.relu),
    ])
    decoder = Sequential([
      Dense<Scalar>(inputs: latents, outputs: hidden, random: &random), Activation<Scalar>(.relu),
      Dense<Scalar>(inputs: hidden, outputs: inputs, random: &random), Activation<Scalar>(.sigmoid),
    ])
  }

  public func outputShape(for inputShape: [Int]) throws(NetworkError) -> [Int] {
    try decoder.outputShape(for: try encoder.outputShape(for: inputShape))
  }

  public func forward(_ input: Variable<Scalar>, in pass: ForwardPass<Scalar>) throws -> Variable<Scalar> {
    try decoder.forward(try encoder.forward(input, in: pass.entering("encoder")), in: pass.entering("decoder"))
  }

  public mutating func visitTensors(_ visit: TensorVisitor<Scalar>) rethrows {
    try encoder.visitTensors { name, role, tensor in try visit("encoder.\(name)", role, &tensor) }
    try decoder.visitTensors { name, role, tensor in try visit("decoder.\(name)", role, &tensor) }
  }
}
