import LinearAlgebra

/// Solves a dual problem two variables at a time.
///
/// With e_k = -y_k (Q a + p)_k the optimum has max e over the variables whose y_k a_k may grow at most min e over those that may
/// shrink. A step takes the k with the largest e that may grow, and with it the l that promises the largest decrease to second
/// order; along their line the minimum is known in closed form.
///
/// Source: Fan, Chen, Lin, "Working set selection using second order information for training support vector machines", JMLR 6
/// (2005), algorithm 2 (WSS 2); without shrinking and without a cache, since the Gram matrix is in memory.
struct SequentialMinimalOptimization {
  private let problem: DualProblem
  private var variables: [Double]
  private var slopes: [Double]
  private let diagonal: [Double]
  private var iterations = 0

  /// In place of a curvature that is zero or, for a matrix that is not positive semidefinite, negative.
  private static let leastCurvature = 1e-12

  init(_ problem: DualProblem) {
    self.problem = problem
    variables = Array(repeating: 0, count: problem.rows.count)
    slopes = zip(problem.signs, problem.linear).map { -$0 * $1 }
    diagonal = problem.rows.map { problem.gram[$0, $0] }
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
      if gap <= settings.gapTolerance * max(1, abs(objective)) {
        return DualSolution(variables: run.variables, bias: bias, dualityGap: gap, iterations: run.iterations)
      }
      if !isAtEnd || tolerance < 1e-15 { throw .notConverged(iterations: run.iterations, dualityGap: gap) }
      tolerance /= 10
    }
  }

  private func mayGrow(_ k: Int) -> Bool { problem.signs[k] > 0 ? variables[k] < problem.bound : variables[k] > 0 }
  private func mayShrink(_ k: Int) -> Bool { problem.signs[k] > 0 ? variables[k] > 0 : variables[k] < problem.bound }

  /// Steps until no pair violates the conditions by more than `tolerance`; false where the limit came first.
  private mutating func descend(tolerance: Double, limit: Int) -> Bool {
    let (count, size, bound) = (variables.count, problem.gram.columns, problem.bound)
    return problem.gram.elements.withUnsafeBufferPointer { gram in
      problem.rows.withUnsafeBufferPointer { rows in
        problem.signs.withUnsafeBufferPointer { signs in
          diagonal.withUnsafeBufferPointer { diagonal in
            variables.withUnsafeMutableBufferPointer { a in
              slopes.withUnsafeMutableBufferPointer { e in
                while true {
                  var (first, largest) = (-1, -Double.infinity)
                  for k in 0..<count where e[k] > largest && (signs[k] > 0 ? a[k] < bound : a[k] > 0) {
                    (first, largest) = (k, e[k])
                  }
                  guard first >= 0 else { return true }
                  let row = gram.baseAddress! + rows[first] * size
                  var (second, best, least) = (-1, 0.0, Double.infinity)
                  for l in 0..<count where signs[l] > 0 ? a[l] > 0 : a[l] < bound {
                    least = min(least, e[l])
                    let difference = largest - e[l]
                    guard difference > 0 else { continue }
                    let curvature = max(diagonal[first] + diagonal[l] - 2 * row[rows[l]], Self.leastCurvature)
                    let decrease = difference * difference / curvature
                    if decrease > best { (second, best) = (l, decrease) }
                  }
                  guard second >= 0, largest - least > tolerance else { return true }
                  guard iterations < limit else { return false }
                  iterations += 1
                  let other = gram.baseAddress! + rows[second] * size
                  let curvature = max(diagonal[first] + diagonal[second] - 2 * row[rows[second]], Self.leastCurvature)
                  let roomFirst = signs[first] > 0 ? bound - a[first] : a[first]
                  let roomSecond = signs[second] > 0 ? a[second] : bound - a[second]
                  let step = min((largest - e[second]) / curvature, roomFirst, roomSecond)
                  // A variable that reaches its bound is put exactly there.
                  a[first] = step == roomFirst ? (signs[first] > 0 ? bound : 0) : a[first] + signs[first] * step
                  a[second] = step == roomSecond ? (signs[second] > 0 ? 0 : bound) : a[second] - signs[second] * step
                  for k in 0..<count { e[k] -= step * (row[rows[k]] - other[rows[k]]) }
                }
              }
            }
          }
        }
      }
    }
  }

  /// Computes the slopes anew: what thousands of updates rounded away comes back.
  private mutating func refreshSlopes() {
    slopes = zip(problem.signs, problem.linear).map { -$0 * $1 }
    for (l, variable) in variables.enumerated() where variable != 0 {
      let (row, weight) = (problem.rows[l] * problem.gram.columns, problem.signs[l] * variable)
      for k in slopes.indices { slopes[k] -= weight * problem.gram.elements[row + problem.rows[k]] }
    }
  }

  /// The bias, the duality gap `sum a_k g_k + C max(0, -g_k)` with `g = Q a + p + bias y`, and the objective.
  private func state() -> (bias: Double, gap: Double, objective: Double) {
    let free = variables.indices.filter { mayGrow($0) && mayShrink($0) }
    let bias: Double
    if free.isEmpty {
      let low = variables.indices.filter(mayGrow).map { slopes[$0] }.max() ?? 0
      let high = variables.indices.filter(mayShrink).map { slopes[$0] }.min() ?? low
      bias = (low + high) / 2
    } else {
      bias = free.reduce(0) { $0 + slopes[$1] } / Double(free.count)
    }
    var (gap, objective) = (0.0, 0.0)
    for k in variables.indices {
      let slope = problem.signs[k] * (bias - slopes[k])
      gap += slope >= 0 ? variables[k] * slope : (variables[k] - problem.bound) * slope
      objective += variables[k] * (problem.linear[k] - problem.signs[k] * slopes[k]) / 2
    }
    return (bias, gap, objective)
  }
}
