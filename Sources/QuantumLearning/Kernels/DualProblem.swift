import LinearAlgebra

/// The quadratic programme behind support vector machines: minimize `a^T Q a / 2 + p^T a` under `y^T a = 0`, `0 <= a_k <= C`, with
/// `Q_kl = y_k y_l K(i_k, i_l)`.
///
/// Variables name rows of a Gram matrix that lies elsewhere, so that pairs of classes and the doubled variables of regression all
/// read the one matrix in place.
struct DualProblem {
  let gram: RealMatrix
  /// The row of the Gram matrix that belongs to each variable.
  let rows: [Int]
  /// y: 1 or -1.
  let signs: [Double]
  /// p.
  let linear: [Double]
  /// C.
  let bound: Double
}

/// Where a dual problem was solved to.
struct DualSolution {
  /// a.
  let variables: [Double]
  /// The multiplier of `y^T a = 0`: the constant of the decision function.
  let bias: Double
  /// Primal minus dual objective, never negative: an upper bound of how much better any other solution can be.
  let dualityGap: Double
  /// Steps on two variables each.
  let iterations: Int
}

/// When an optimization of support vectors ends.
public struct SupportVectorSettings: Sendable, Hashable {
  /// The largest duality gap; where rounding leaves more, a trillionth of the objective, it may be that.
  public var gapTolerance: Double
  /// Steps on two variables, at most.
  public var iterationLimit: Int

  /// A gap of a millionth, and ten million steps to reach it, unless said otherwise.
  public init(gapTolerance: Double = 1e-6, iterationLimit: Int = 10_000_000) {
    (self.gapTolerance, self.iterationLimit) = (gapTolerance, iterationLimit)
  }
}
