import LinearAlgebra
import NeuralNetworks
import Randomness

/// The flipped quanvolution of 3 x 3 windows: the data are the observable, the parameters the state.
///
/// For every filter o and channel c two qubits are in the state `|psi> = exp(i sum_k w_k P_k) |00>`, P_k the 15 Pauli strings
/// without II. A window X, bordered by zeros to 4 x 4 and symmetrized to S = (M + M^T) / 2, gives `<psi| S |psi>`; an output is the
/// mean over the channels plus a bias. That is a convolution with the kernel
/// ```
/// K_ij = Re(conj(psi_i) psi_j) / channels,     i, j = 0, 1, 2
/// ```
/// symmetric, positive semidefinite, of rank 2 at most, its trace times channels at most 1 where psi is normalized; so it is
/// computed as one: the layer costs what a convolution costs.
///
/// - Shape: `[samples, channels, height, width]` -> `[samples, filters, height - 2, width - 2]`; weight, and for complex
///   coefficients also imaginary, `[filters, channels, 15]`; bias `[filters]`.
///
/// Source: Wang, Myers, Hollenberg, Parampalli, "Let the Quantum Creep In", 2024, as the authors' program has it (the mean over the
/// channels included); the exact form as a convolution is our own.
public struct FlippedQuanvolution<Scalar: TensorScalar>: Layer, FoldableConvolution {
  /// Real parts of the coefficients.
  public var weight: Tensor<Scalar>
  /// Imaginary parts; nil for real coefficients, whose states are normalized.
  public var imaginary: Tensor<Scalar>?
  /// Added to every output of a filter.
  public var bias: Tensor<Scalar>
  /// Whether the states stay as they are: random filters, to compare trained ones with.
  public var isFrozen: Bool

  /// The side of a window.
  static var kernel: Int { 3 }
  private static var qubits: Int { 2 }
  private static var strings: Int { PauliExpansion.stringCount(qubits: qubits) }

  /// A layer of given coefficients.
  public init(weight: Tensor<Scalar>, imaginary: Tensor<Scalar>? = nil, bias: Tensor<Scalar>, isFrozen: Bool = false) {
    precondition(
      weight.shape.count == 3 && weight.shape[2] == Self.strings,
      "FlippedQuanvolution: expected weight shape [filters, channels, \(Self.strings)], found \(weight.shape)")
    precondition(
      imaginary.map { $0.shape == weight.shape } ?? true,
      "FlippedQuanvolution: imaginary has shape \(imaginary?.shape ?? []), weight \(weight.shape)")
    precondition(
      bias.shape == [weight.shape[0]], "FlippedQuanvolution: expected bias shape [\(weight.shape[0])], found \(bias.shape)")
    (self.weight, self.imaginary, self.bias, self.isFrozen) = (weight, imaginary, bias, isFrozen)
  }

  /// A layer whose real parts and biases are normal with deviation 1, its imaginary parts 0.
  public init(
    channels: Int, filters: Int, coefficients: PauliCoefficients = .real, isFrozen: Bool = false, random: inout RandomSource
  ) {
    precondition(channels > 0 && filters > 0, "FlippedQuanvolution: channels \(channels) and filters \(filters) must be positive")
    let shape = [filters, channels, Self.strings]
    let normal = Initializer.normal(standardDeviation: 1)
    self.init(
      weight: normal.tensor(shape: shape, fanIn: 1, fanOut: 1, random: &random),
      imaginary: coefficients == .complex ? Tensor(shape: shape) : nil,
      bias: normal.tensor(shape: [filters], fanIn: 1, fanOut: 1, random: &random), isFrozen: isFrozen)
  }

  public func outputShape(for inputShape: [Int]) throws(NetworkError) -> [Int] {
    guard inputShape.count == 3, inputShape[0] == weight.shape[1], inputShape[1] >= Self.kernel, inputShape[2] >= Self.kernel else {
      throw mismatch(expected: "[samples, \(weight.shape[1]), height (at least 3), width (at least 3)]", found: inputShape)
    }
    return [weight.shape[0], inputShape[1] - 2, inputShape[2] - 2]
  }

  public func forward(_ input: Variable<Scalar>, in pass: ForwardPass<Scalar>) throws -> Variable<Scalar> {
    requireInput(input.shape)
    return input.convolved(
      with: try kernels(in: pass), bias: pass.parameter("bias", bias), Convolution(kernel: Self.kernel, stride: 1, padding: 0))
  }

  package func folding(in pass: ForwardPass<Scalar>) throws -> FoldedConvolution<Scalar>? {
    FoldedConvolution(kernel: try kernels(in: pass), bias: pass.parameter("bias", bias))
  }

  private func kernels(in pass: ForwardPass<Scalar>) throws -> Variable<Scalar> {
    let parts = pass.coefficients(weight, imaginary, isFrozen: isFrozen)
    let states = try FlippedStates(parts.map(\.value), loop: pass.tape.loop)
    return pass.tape.record("FlippedQuanvolution", states.kernels(), from: parts) { try states.gradients(of: $0) }
  }

  /// The kernels that the coefficients amount to, `[filters, channels, 3, 3]`.
  public func kernels() throws -> Tensor<Scalar> {
    try FlippedStates([weight] + (imaginary.map { [$0] } ?? []), loop: .serial).kernels()
  }

  public mutating func visitTensors(_ visit: TensorVisitor<Scalar>) rethrows {
    let role = isFrozen ? TensorRole.buffer : .parameter
    try visit("weight", role, &weight)
    if imaginary != nil { try visit("imaginary", role, &imaginary!) }
    try visit("bias", .parameter, &bias)
  }
}
