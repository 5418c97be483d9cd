import LinearAlgebra

/// Support vector regression on a Gram matrix: errors below `tolerance` cost nothing.
///
/// It minimizes `|w|^2 / 2 + C sum max(0, |f(x_i) - t_i| - tolerance)` over `f(x) = sum_i c_i K(x_i, x) + bias`.
///
/// Source: Smola, Schölkopf, "A tutorial on support vector regression", 2004.
public struct SupportVectorRegressor: Sendable {
  /// Rows of the Gram matrix with a coefficient that is not zero.
  public let supportVectors: [Int]
  /// c, one for each support vector.
  public let coefficients: [Double]
  /// The constant of the function.
  public let bias: Double
  /// Primal minus dual objective: how far from optimal the machine is at most.
  public let dualityGap: Double
  private let trainingCount: Int

  /// Trains on a Gram matrix.
  ///
  /// - Parameters:
  ///   - gram: kernel values of all pairs of training samples.
  ///   - targets: one number a sample.
  ///   - regularization: C, above 0: the price of an error.
  ///   - tolerance: errors up to it are free; not negative.
  /// - Throws: `KernelMachineError`.
  public init(
    gram: RealMatrix, targets: [Double], regularization: Double = 1, tolerance: Double = 0.1,
    settings: SupportVectorSettings = SupportVectorSettings()
  ) throws(KernelMachineError) {
    let count = targets.count
    try KernelMachineChecks.gram(gram, samples: count)
    try KernelMachineChecks.finite(RealMatrix(rows: count, columns: 1, elements: targets), "The target")
    try KernelMachineChecks.positive(regularization, "The regularization C")
    guard tolerance >= 0, tolerance.isFinite else { throw .setting("The tolerance", tolerance, allowed: "a number from 0") }
    // c = a - a': the first half of the variables raises the function, the second lowers it.
    let solution = try SequentialMinimalOptimization.solve(
      DualProblem(
        gram: gram, rows: Array(0..<count) + Array(0..<count),
        signs: Array(repeating: 1, count: count) + Array(repeating: -1, count: count),
        linear: targets.map { tolerance - $0 } + targets.map { tolerance + $0 }, bound: regularization), settings)
    let all = (0..<count).map { solution.variables[$0] - solution.variables[count + $0] }
    supportVectors = all.indices.filter { all[$0] != 0 }
    coefficients = supportVectors.map { all[$0] }
    (bias, dualityGap, trainingCount) = (solution.bias, solution.dualityGap, count)
  }

  /// The values for new samples.
  ///
  /// - Parameter kernel: new samples x training samples.
  public func predict(_ kernel: RealMatrix) throws(KernelMachineError) -> [Double] {
    try KernelMachineChecks.kernel(kernel, trainingCount: trainingCount)
    return (0..<kernel.rows).map { row in
      zip(supportVectors, coefficients).reduce(bias) { $0 + $1.1 * kernel[row, $1.0] }
    }
  }
}
