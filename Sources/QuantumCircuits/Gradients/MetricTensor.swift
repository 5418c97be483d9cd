import Execution
import LinearAlgebra
import QuantumStates

extension Circuit {
  /// The Fubini-Study metric tensor of the circuit's parameters: how fast the state moves, whatever is measured.
  ///
  /// `g_ij = Re(<d_i psi|d_j psi> - <d_i psi|psi><psi|d_j psi>)`; 4 g is the quantum Fisher information. Exact: the state and
  /// all its derivatives run through the circuit side by side.
  ///
  /// Shape: parameters x parameters, symmetric and positive semidefinite; singular where parameters move the state alike.
  /// - Parameters:
  ///   - parameters: `parameterCount` numbers in radians.
  ///   - features: `featureCount` numbers of one sample.
  /// - Throws: `CompilationError` for wrong counts, values that are not finite, or more memory than there is.
  /// - Complexity: `parameterCount` + 1 runs of the circuit, their number rounded up to a power of two, in 32 * 2^n bytes each.
  ///
  /// Source: Stokes, Izaac, Killoran, Carleo, "Quantum natural gradient", 2020, section 3.
  public func metricTensor(
    parameters: [Double], features: [Double] = [], loop: ParallelLoop = ParallelLoop(), level: SIMDLevel = .current
  ) throws(CompilationError) -> RealMatrix {
    try CompilationError.checkIsPure(self, for: "Circuit.metricTensor")
    let inputs = RealMatrix(rows: 1, columns: features.count, elements: features)
    try CompilationError.check(
      parameters: parameters, features: inputs, parameterCount: parameterCount, featureCount: featureCount)
    try CompilationError.checkAngles(
      instructions.lazy.flatMap(\.angles), parameters: parameters, features: inputs, derivatives: .byParameters)
    var states = try DerivativeStates(qubits: qubitCount, parameters: parameterCount, loop: loop, level: level)
    try states.run(self, parameters: parameters, features: features)
    let products = states.innerProducts()
    var metric = RealMatrix(rows: parameterCount, columns: parameterCount)
    for row in 0..<parameterCount {
      for column in 0..<parameterCount {
        let along = products[row + 1, 0] * products[0, column + 1]
        metric[row, column] = products[row + 1, column + 1].real - along.real
      }
    }
    return metric
  }
}

/// The natural gradient: the x with `(g + regularization * I) x = gradient`, steepest where distance is that of states.
///
/// ```swift
/// let step = try naturalGradient(gradient, metric: circuit.metricTensor(parameters: weights))
/// ```
/// - Parameters:
///   - metric: the metric tensor g, or its mean over the samples of a batch.
///   - regularization: above 0 it keeps the step finite in directions that do not move the state.
/// - Throws: `LinearAlgebraError` where g + regularization * I is singular or an entry is not finite.
/// - Complexity: O(P^3) for P parameters.
///
/// Source: Stokes, Izaac, Killoran, Carleo, "Quantum natural gradient", 2020, section 2. Their gradient of a loss is `gradient`.
public func naturalGradient(
  _ gradient: [Double], metric: RealMatrix, regularization: Double = 1e-3
) throws(LinearAlgebraError) -> [Double] {
  precondition(
    metric.rows == gradient.count && metric.columns == gradient.count,
    "naturalGradient: a metric of \(metric.rows) x \(metric.columns) for \(gradient.count) parameters")
  precondition(regularization >= 0, "naturalGradient: the regularization is \(regularization), must not be negative")
  return try (metric + regularization * .identity(gradient.count)).solve(gradient)
}
