import Execution
import LinearAlgebra
import NeuralNetworks
import Randomness

/// A linear layer's place taken by a circuit whose Hamiltonians are the data: `repetitions` times the evolution under the data,
/// then a trained gate on all qubits.
///
/// The inputs, zeros behind them, fill a 2^n x 2^n matrix M row by row, `S = (M + M^T) / 2`. From `|+>^n`,
/// ```
/// |s> <- exp(i S / L) |s>,   |s> <- exp(i sum_k w_lk P_k) |s>,   l = 1, ..., L;   output_j = scale |<j|s>|^2 + bias_j
/// ```
/// with P_k the 4^n - 1 Pauli strings in lexicographic order, the first letter on the most significant qubit. Without a scale the
/// outputs of a unitary circuit are probabilities, and the cross-entropy of ten balanced classes with equal biases cannot fall
/// below ln(1 + 9/e) = 1.4612; a trained scale lifts that floor.
///
/// Data evolve states by Chebyshev series behind the few eigenvectors of S that stand out, gates are made once a batch from Pauli
/// butterflies, and both gradients are exact.
///
/// - Shape: `[samples, inputs]` -> `[samples, outputs]` with inputs <= 4^n, outputs <= 2^n; weight, and for complex coefficients
///   also imaginary, `[repetitions, 4^n - 1]`; bias `[outputs]`; scale `[1]`.
///
/// Samples whose Frobenius norm ||S|| is above 256 L give NaN, as those do that are not finite.
///
/// - Complexity: 10 L + ||B|| series terms of O(4^n) a sample in single precision, B what S is without its outstanding
///   eigenvectors; for the derivative as many more, and O(4^n) for each of some 10 L + ||S|| nodes; O(8^n) for each gate of a
///   batch; memory O(samples (10 L + ||S||) 2^n) until the end of the backward walk.
///
/// Source: Wang, Myers, Hollenberg, Parampalli, "Let the Quantum Creep In", 2024, as the authors' program has it; scale and
/// unitarity as a choice are our own.
public struct DataReuploadingLinear<Scalar: TensorScalar>: Layer {
  /// How many qubits.
  public let qubits: Int
  /// How many numbers a sample brings.
  public let inputs: Int
  /// Real parts of the coefficients.
  public var weight: Tensor<Scalar>
  /// Imaginary parts; nil for real coefficients, whose gates are unitary.
  public var imaginary: Tensor<Scalar>?
  /// Added to every output.
  public var bias: Tensor<Scalar>
  /// Factor of every squared amplitude; nil for 1.
  public var scale: Tensor<Scalar>?
  /// Whether the gates stay as they are: a random circuit, to compare a trained one with.
  public var isFrozen: Bool

  /// How often data and gate alternate.
  public var repetitions: Int { weight.shape[0] }

  /// A layer of given coefficients.
  public init(
    inputs: Int, qubits: Int, weight: Tensor<Scalar>, imaginary: Tensor<Scalar>? = nil, bias: Tensor<Scalar>,
    scale: Tensor<Scalar>? = nil, isFrozen: Bool = false
  ) {
    precondition(
      (1...8).contains(qubits) && (1...1 << (2 * qubits)).contains(inputs) && bias.shape.count == 1
        && (1...1 << qubits).contains(bias.count),
      "DataReuploadingLinear: \(inputs) inputs and \(bias.count) outputs do not fit \(qubits) qubits of at most 8")
    precondition(
      weight.shape.count == 2 && weight.shape[0] > 0 && weight.shape[1] == PauliExpansion.stringCount(qubits: qubits),
      "DataReuploadingLinear: expected weight shape [repetitions, \(PauliExpansion.stringCount(qubits: qubits))], found \(weight.shape)"
    )
    precondition(
      imaginary.map { $0.shape == weight.shape } ?? true,
      "DataReuploadingLinear: imaginary has shape \(imaginary?.shape ?? []), weight \(weight.shape)")
    precondition(
      scale.map { $0.shape == [1] } ?? true, "DataReuploadingLinear: scale has shape \(scale?.shape ?? []), expected [1]")
    (self.inputs, self.qubits, self.weight, self.imaginary) = (inputs, qubits, weight, imaginary)
    (self.bias, self.scale, self.isFrozen) = (bias, scale, isFrozen)
  }

  /// A layer whose real parts are normal with deviation 1, its imaginary parts 0; biases are normal too, or 0 where there is a
  /// scale.
  ///
  /// - Parameters:
  ///   - qubits: nil takes as few as hold inputs and outputs.
  ///   - scale: where the trained scale starts; nil for none.
  public init(
    inputs: Int, outputs: Int, qubits: Int? = nil, repetitions: Int = 10, coefficients: PauliCoefficients = .real,
    scale: Double? = nil, isFrozen: Bool = false, random: inout RandomSource
  ) {
    precondition(
      inputs > 0 && outputs > 0 && repetitions > 0,
      "DataReuploadingLinear: inputs \(inputs), outputs \(outputs) and repetitions \(repetitions) must be positive")
    let least = Self.leastQubits(inputs: inputs, outputs: outputs)
    let count = qubits ?? least
    precondition(
      count >= least, "DataReuploadingLinear: \(inputs) inputs and \(outputs) outputs need \(least) qubits, got \(count)")
    let shape = [repetitions, PauliExpansion.stringCount(qubits: count)]
    let normal = Initializer.normal(standardDeviation: 1)
    self.init(
      inputs: inputs, qubits: count, weight: normal.tensor(shape: shape, fanIn: 1, fanOut: 1, random: &random),
      imaginary: coefficients == .complex ? Tensor(shape: shape) : nil,
      bias: scale == nil ? normal.tensor(shape: [outputs], fanIn: 1, fanOut: 1, random: &random) : Tensor(shape: [outputs]),
      scale: scale.map { Tensor(shape: [1], repeating: Scalar($0)) }, isFrozen: isFrozen)
  }

  /// The fewest qubits with 4^n >= inputs and 2^n >= outputs.
  public static func leastQubits(inputs: Int, outputs: Int) -> Int {
    var qubits = 1
    while 1 << (2 * qubits) < inputs || 1 << qubits < outputs { qubits += 1 }
    return qubits
  }

  public func outputShape(for inputShape: [Int]) throws(NetworkError) -> [Int] {
    guard inputShape == [inputs] else { throw mismatch(expected: "[samples, \(inputs)]", found: inputShape) }
    return [bias.count]
  }

  public func forward(_ input: Variable<Scalar>, in pass: ForwardPass<Scalar>) throws -> Variable<Scalar> {
    requireInput(input.shape)
    let parts = pass.coefficients(weight, imaginary, isFrozen: isFrozen)
    let run = try ReuploadingRun(
      input.value, coefficients: parts.map(\.value), qubits: qubits, outputs: bias.count, keepsStates: pass.tape.isRecording,
      loop: pass.tape.loop)
    let needsInput = input.needsGradient
    let probabilities = pass.tape.record("DataReuploadingLinear", run.outputs, from: [input] + parts) { cotangent in
      try run.gradients(of: cotangent, ofInputs: needsInput, ofGates: !isFrozen)
    }
    let scaled = scale.map { probabilities * pass.parameter("scale", $0) } ?? probabilities
    return scaled + pass.parameter("bias", bias)
  }

  public mutating func visitTensors(_ visit: TensorVisitor<Scalar>) rethrows {
    let role = isFrozen ? TensorRole.buffer : .parameter
    try visit("weight", role, &weight)
    if imaginary != nil { try visit("imaginary", role, &imaginary!) }
    if scale != nil { try visit("scale", .parameter, &scale!) }
    try visit("bias", .parameter, &bias)
  }
}
