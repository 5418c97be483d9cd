import LinearAlgebra

/// How derivatives of a circuit's outputs are computed.
public enum GradientMethod: Sendable, Hashable {
  /// Exact, one sweep back through the circuit for all outputs: about three forward passes.
  case adjoint
  /// Exact, two evaluations for each occurrence of an angle; needs angles with a single frequency (Pauli rotations, phases).
  case twoTermShift
  /// Exact, 2 R evaluations for each occurrence of an angle with R frequencies (controlled rotations have two).
  case generalShift
  /// Central differences: two evaluations for each parameter and feature; the error falls as step^2 until rounding.
  case finiteDifferences(step: Double = 1e-5)
  /// Simultaneous perturbation: the mean of `draws` estimates of two evaluations each, with standard errors.
  case spsa(draws: Int, step: Double = 1e-3, seed: UInt64)
}

/// The gradient of the sum over samples and outputs of cotangent * output.
public struct CircuitGradient: Sendable {
  /// One number a parameter, summed over the batch.
  public let parameters: [Double]
  /// Shape: samples x features; without columns where not asked for.
  public let features: RealMatrix
  /// The method that was used.
  public let method: GradientMethod
  /// Circuit runs for each sample; a sweep of the adjoint method counts as one.
  public let evaluations: Int
  /// Standard errors of `parameters`, for stochastic methods.
  public let standardErrors: [Double]?
  /// Standard errors of `features`, where trajectories or shots were drawn.
  public let featureStandardErrors: RealMatrix?
  /// How states before the steps were had again, where the circuit has noise.
  public let stateRecovery: StateRecovery?
}
