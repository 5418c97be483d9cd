/// The limited-memory quasi-Newton method of Broyden, Fletcher, Goldfarb and Shanno.
///
/// The direction is `-H g`, with the inverse Hessian H built from the last few pairs (parameter change, gradient change). A
/// bisection finds a step length that satisfies the weak Wolfe conditions. Both gradients of a pair come from the same step's
/// objective, so batches may change between steps; full batches are what the method is made for.
///
/// - Source: Nocedal and Wright, Numerical optimization, 2006, algorithm 7.4 (two loops) and eq. 7.20 (scaling); Lewis and
///   Overton, Nonsmooth optimization via quasi-Newton methods, 2013, algorithm 2.6 (line search).
public struct LBFGS: Optimizer {
  /// The first step length tried.
  public var learningRate: Double
  /// How many pairs are remembered.
  public let memory: Int
  /// The largest number of step lengths tried in one step.
  public let lineSearchLimit: Int
  private var pairs: [(change: [Double], gradientChange: [Double])] = []

  /// A method without memory of any step yet.
  public init(learningRate: Double = 1, memory: Int = 10, lineSearchLimit: Int = 25) {
    precondition(
      memory > 0 && lineSearchLimit > 0,
      "LBFGS: memory \(memory) and lineSearchLimit \(lineSearchLimit) must be positive")
    (self.learningRate, self.memory, self.lineSearchLimit) = (learningRate, memory, lineSearchLimit)
  }

  public mutating func step(_ parameters: inout [Double], learningRate: Double, objective: Objective) throws -> Double {
    let start = parameters
    let (value, gradient) = try objective.valueAndGradient(start)
    var direction = quasiNewtonDirection(gradient)
    if dot(direction, gradient) >= 0 {
      // The batch has changed so much that the old curvature misleads.
      pairs = []
      direction = gradient.map { -$0 }
    }
    let slope = dot(direction, gradient)
    guard slope < 0 else { return value }
    // Without curvature the gradient's length says nothing about a good step.
    var length = learningRate * (pairs.isEmpty ? min(1, 1 / (-slope).squareRoot()) : 1)
    var (lower, upper) = (0.0, Double.infinity)
    var accepted: (point: [Double], gradient: [Double])?
    for _ in 0..<lineSearchLimit {
      let point = zip(start, direction).map { $0 + length * $1 }
      let (newValue, newGradient) = try objective.valueAndGradient(point)
      // Written so that NaN counts as too far.
      if !(newValue <= value + 1e-4 * length * slope) {
        upper = length
      } else {
        accepted = (point, newGradient)
        if dot(newGradient, direction) >= 0.9 * slope { break }
        lower = length
      }
      length = upper.isFinite ? (lower + upper) / 2 : 2 * length
    }
    guard let accepted else { return value }
    parameters = accepted.point
    remember(zip(accepted.point, start).map { $0 - $1 }, zip(accepted.gradient, gradient).map { $0 - $1 })
    return value
  }

  /// `-H g` by the two loops over the remembered pairs.
  private func quasiNewtonDirection(_ gradient: [Double]) -> [Double] {
    var direction = gradient.map { -$0 }
    guard let newest = pairs.last else { return direction }
    var weights: [Double] = []
    for pair in pairs.reversed() {
      let weight = dot(pair.change, direction) / dot(pair.change, pair.gradientChange)
      weights.append(weight)
      add(-weight, pair.gradientChange, to: &direction)
    }
    let scale = dot(newest.change, newest.gradientChange) / dot(newest.gradientChange, newest.gradientChange)
    for i in direction.indices { direction[i] *= scale }
    for (pair, weight) in zip(pairs, weights.reversed()) {
      let correction = dot(pair.gradientChange, direction) / dot(pair.change, pair.gradientChange)
      add(weight - correction, pair.change, to: &direction)
    }
    return direction
  }

  /// Keeps a pair whose curvature is clearly positive, so that H stays positive definite.
  private mutating func remember(_ change: [Double], _ gradientChange: [Double]) {
    guard dot(change, gradientChange) > 1e-10 * dot(change, change) else { return }
    pairs.append((change, gradientChange))
    if pairs.count > memory { pairs.removeFirst() }
  }

  public var hyperparameters: [String: Double] {
    ["learningRate": learningRate, "memory": Double(memory), "lineSearchLimit": Double(lineSearchLimit)]
  }

  public var state: [String: [Double]] {
    get {
      [
        "pairCount": [Double(pairs.count)], "changes": pairs.flatMap(\.change),
        "gradientChanges": pairs.flatMap(\.gradientChange),
      ]
    }
    set {
      let count = Int(newValue["pairCount"]?.first ?? 0)
      let (changes, gradientChanges) = (newValue["changes"] ?? [], newValue["gradientChanges"] ?? [])
      let length = changes.count / max(1, count)
      pairs = (0..<count).map { pair in
        let range = pair * length..<(pair + 1) * length
        return (Array(changes[range]), Array(gradientChanges[range]))
      }
    }
  }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for i in a.indices { sum += a[i] * b[i] }
  return sum
}

private func add(_ factor: Double, _ a: [Double], to b: inout [Double]) {
  for i in a.indices { b[i] += factor * a[i] }
}
