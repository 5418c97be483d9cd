import Execution
import LinearAlgebra

/// Solves a dual problem two variables at a time.
///
/// With e_k = -y_k (Q a + p)_k the optimum has max e over the variables whose y_k a_k may grow at most min e over those that may
/// shrink. A step takes the k with the largest e that may grow, and with it the l that promises the largest decrease to second
/// order; along their line the minimum is known in closed form.
///
/// Source: Fan, Chen, Lin, "Working set selection using second order information for training support vector machines", JMLR 6
/// (2005), algorithm 2 (WSS 2); without shrinking and without a cache, since the Gram matrix is in memory.
struct SequentialMinimalOptimization: ~Copyable {
  private let problem: DualProblem
  private let count: Int
  private let rows: AlignedBuffer<Int>
  private let signs: AlignedBuffer<Double>
  /// K(k, k).
  private let diagonal: AlignedBuffer<Double>
  /// a.
  private let variables: AlignedBuffer<Double>
  /// e.
  private let slopes: AlignedBuffer<Double>
  private var iterations = 0

  /// In place of a curvature that is zero or, for a matrix that is not positive semidefinite, negative.
  private static let leastCurvature = 1e-12

  private init(_ problem: DualProblem) {
    self.problem = problem
    count = problem.rows.count
    rows = AlignedBuffer(zeroed: count)
    signs = AlignedBuffer(zeroed: count)
    diagonal = AlignedBuffer(zeroed: count)
    variables = AlignedBuffer(zeroed: count)
    slopes = AlignedBuffer(zeroed: count)
    for k in 0..<count {
      rows.base[k] = problem.rows[k]
      signs.base[k] = problem.signs[k]
      diagonal.base[k] = problem.gram[problem.rows[k], problem.rows[k]]
      slopes.base[k] = -problem.signs[k] * problem.linear[k]
    }
  }

  /// - Complexity: O(variables) a step; the number of steps grows with C and with how much the classes overlap.
  static func solve(_ problem: DualProblem, _ settings: SupportVectorSettings) throws(KernelMachineError) -> DualSolution {
    var run = SequentialMinimalOptimization(problem)
    // The gap is what counts and costs a pass; the violation of the conditions is at hand in every step.
    var tolerance = 1e-3
    while true {
      let isAtEnd = run.descend(tolerance: tolerance, limit: settings.iterationLimit)
      run.refreshSlopes()
      let (bias, gap, objective) = run.state()
      if gap <= max(settings.gapTolerance, 1e-12 * abs(objective)) {
        let variables = Array(UnsafeBufferPointer(start: run.variables.base, count: run.count))
        return DualSolution(variables: variables, bias: bias, dualityGap: gap, iterations: run.iterations)
      }
      if !isAtEnd || tolerance < 1e-15 { throw .notConverged(iterations: run.iterations, dualityGap: gap) }
      tolerance /= 10
    }
  }

  private func mayGrow(_ k: Int) -> Bool { signs.base[k] > 0 ? variables.base[k] < problem.bound : variables.base[k] > 0 }
  private func mayShrink(_ k: Int) -> Bool { signs.base[k] > 0 ? variables.base[k] > 0 : variables.base[k] < problem.bound }

  /// Steps until no pair violates the conditions by more than `tolerance`; false where the limit came first.
  private mutating func descend(tolerance: Double, limit: Int) -> Bool {
    let first = iterations
    let steps = problem.gram.elements.withUnsafeBufferPointer { gram in
      var steps = 0
      while first + steps < limit, let pair = violatingPair(gram.baseAddress!, tolerance: tolerance) {
        step(pair, gram.baseAddress!)
        steps += 1
      }
      return steps
    }
    iterations += steps
    return iterations < limit
  }

  /// The variable with the largest slope that may grow, and the one to shrink with it; nil at the end.
  private func violatingPair(_ gram: UnsafePointer<Double>, tolerance: Double) -> (grows: Int, shrinks: Int)? {
    var (grows, largest) = (-1, -Double.infinity)
    for k in 0..<count where slopes.base[k] > largest && mayGrow(k) { (grows, largest) = (k, slopes.base[k]) }
    guard grows >= 0 else { return nil }
    let row = gram + rows.base[grows] * problem.gram.columns
    var (shrinks, best, least) = (-1, 0.0, Double.infinity)
    for l in 0..<count where mayShrink(l) {
      least = min(least, slopes.base[l])
      let difference = largest - slopes.base[l]
      guard difference > 0 else { continue }
      let decrease = difference * difference / curvature(grows, l, row)
      if decrease > best { (shrinks, best) = (l, decrease) }
    }
    return shrinks >= 0 && largest - least > tolerance ? (grows, shrinks) : nil
  }

  /// K(k, k) + K(l, l) - 2 K(k, l); `row` is that of k.
  private func curvature(_ k: Int, _ l: Int, _ row: UnsafePointer<Double>) -> Double {
    max(diagonal.base[k] + diagonal.base[l] - 2 * row[rows.base[l]], Self.leastCurvature)
  }

  private func step(_ pair: (grows: Int, shrinks: Int), _ gram: UnsafePointer<Double>) {
    let (k, l, bound) = (pair.grows, pair.shrinks, problem.bound)
    let (a, e, y) = (variables.base, slopes.base, signs.base)
    let row = gram + rows.base[k] * problem.gram.columns
    let other = gram + rows.base[l] * problem.gram.columns
    let (roomAbove, roomBelow) = (y[k] > 0 ? bound - a[k] : a[k], y[l] > 0 ? a[l] : bound - a[l])
    let step = min((e[k] - e[l]) / curvature(k, l, row), roomAbove, roomBelow)
    // A variable that reaches its bound is put exactly there.
    a[k] = step == roomAbove ? (y[k] > 0 ? bound : 0) : a[k] + y[k] * step
    a[l] = step == roomBelow ? (y[l] > 0 ? 0 : bound) : a[l] - y[l] * step
    for m in 0..<count { e[m] -= step * (row[rows.base[m]] - other[rows.base[m]]) }
  }

  /// Computes the slopes anew: what thousands of updates rounded away comes back.
  private func refreshSlopes() {
    for k in 0..<count { slopes.base[k] = -signs.base[k] * problem.linear[k] }
    problem.gram.elements.withUnsafeBufferPointer { gram in
      for l in 0..<count where variables.base[l] != 0 {
        let row = gram.baseAddress! + rows.base[l] * problem.gram.columns
        let weight = signs.base[l] * variables.base[l]
        for k in 0..<count { slopes.base[k] -= weight * row[rows.base[k]] }
      }
    }
  }

  /// The bias, the duality gap `sum a_k g_k + C max(0, -g_k)` with `g = Q a + p + bias y`, and the objective.
  private func state() -> (bias: Double, gap: Double, objective: Double) {
    var (free, sum, low, high) = (0, 0.0, -Double.infinity, Double.infinity)
    for k in 0..<count {
      let (grows, shrinks, slope) = (mayGrow(k), mayShrink(k), slopes.base[k])
      if grows { low = max(low, slope) }
      if shrinks { high = min(high, slope) }
      if grows, shrinks { (free, sum) = (free + 1, sum + slope) }
    }
    // Without free variables every bias between the two ends is optimal.
    let bias = free > 0 ? sum / Double(free) : low.isFinite && high.isFinite ? (low + high) / 2 : low.isFinite ? low : high
    var (gap, objective) = (0.0, 0.0)
    for k in 0..<count {
      let slope = signs.base[k] * (bias - slopes.base[k])
      gap += slope >= 0 ? variables.base[k] * slope : (variables.base[k] - problem.bound) * slope
      objective += variables.base[k] * (problem.linear[k] - signs.base[k] * slopes.base[k]) / 2
    }
    return (bias, gap, objective)
  }
}
