import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The gate set of the largest likelihood, by Fisher scoring with the steps of Levenberg and Marquardt.
///
/// With shares f of outcome 0 and probabilities p the step solves `(J^T W J + λ D) δ = J^T W (f - p)`, W = N/(p(1 - p)). λ grows
/// until the likelihood does, and it is what holds the directions that counts cannot tell.
///
/// Source: Nielsen, Gamble, Rudinger, Scholten, Young, Blume-Kohout, "Gate set tomography", 2021.
struct GateSetFit {
  /// What was counted after a sequence of gates.
  struct Observation {
    let sequence: [Int]
    let zeros: Double
    let shots: Double
  }

  /// Numbers that gate sets are written in.
  enum Form {
    /// Any state, effect and gates that keep probabilities' sums.
    case tracePreserving
    /// States, effects and channels alone, see `PhysicalGateSet`.
    case physical

    func entries(_ numbers: [Double]) -> [Double] { self == .physical ? PhysicalGateSet.entries(numbers) : numbers }
  }

  let gateSet: GateSet
  /// `log L`, without the binomial coefficients.
  let logLikelihood: Double

  init(_ observations: [Observation], from start: GateSet, form: Form = .tracePreserving) {
    var numbers = form == .physical ? PhysicalGateSet.numbers(near: start) : start.entries
    var current = Point(observations, form.entries(numbers))
    var damping = 1e-3
    for _ in 0..<300 {
      var (slope, matrix) = (current.slope, current.information)
      if form == .physical {
        let inner = PhysicalGateSet.slopes(numbers)
        (slope, matrix) = (inner * slope, inner * matrix * inner.transpose)
      }
      let largest = matrix.diagonal.max() ?? 1
      var (isDone, moved) = (true, false)
      while damping < 1e12 {
        var damped = matrix
        for place in 0..<damped.rows { damped[place, place] += damping * max(matrix[place, place], 1e-6 * largest) }
        guard let step = try? damped.solve(slope) else { break }
        let promised = zip(step, slope).reduce(0) { $0 + $1.0 * $1.1 }
        // What the step can gain is below what any test of significance sees.
        isDone = promised < 1e-7
        let next = zip(numbers, step).map { $0 + $1 }
        let point = Point(observations, form.entries(next))
        if point.logLikelihood > current.logLikelihood {
          (numbers, current, damping, moved) = (next, point, damping / 10, true)
          break
        }
        if isDone { break }
        damping *= 10
      }
      damping = max(damping, 1e-12)
      if isDone || !moved { break }
    }
    gateSet = GateSet(entries: form.entries(numbers))
    logLikelihood = current.logLikelihood
  }

  /// J^T W J of a gate set, by its entries: the inverse of their covariance in the directions that counts tell.
  static func information(of gateSet: GateSet, _ observations: [Observation]) -> RealMatrix {
    Point(observations, gateSet.entries).information
  }

  /// Twice the logarithm of the likelihood that the shares themselves would have, over that of the fit.
  func deviance(_ observations: [Observation]) -> Double {
    let best = observations.reduce(0) { sum, seen in
      let ones = seen.shots - seen.zeros
      func part(_ count: Double) -> Double { count > 0 ? count * log(count / seen.shots) : 0 }
      return sum + part(seen.zeros) + part(ones)
    }
    return 2 * (best - logLikelihood)
  }

  /// The likelihood of a gate set with its first and expected second derivatives.
  private struct Point {
    let logLikelihood: Double
    let slope: [Double]
    let information: RealMatrix

    /// Below it the logarithm goes on as a parabola, so that probabilities below 0 are steps that can be taken back.
    private static let least = 1e-5

    private static func logarithm(_ p: Double) -> (value: Double, slope: Double) {
      guard p < least else { return (log(p), 1 / p) }
      let x = (p - least) / least
      return (log(least) + x - x * x / 2, (1 - x) / least)
    }

    init(_ observations: [Observation], _ entries: [Double]) {
      let count = entries.count
      var probabilities = GateSetProbabilities(GateSet(entries: entries))
      var (sum, slope, slopes) = (0.0, [Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
      var weighted = RealMatrix(rows: observations.count, columns: count)
      for (row, seen) in observations.enumerated() {
        let p = probabilities.probability(of: seen.sequence, slopes: &slopes)
        let (zero, one) = (Self.logarithm(p), Self.logarithm(1 - p))
        let ones = seen.shots - seen.zeros
        sum += seen.zeros * zero.value + ones * one.value
        let change = seen.zeros * zero.slope - ones * one.slope
        let inside = min(max(p, Self.least), 1 - Self.least)
        let weight = (seen.shots / (inside * (1 - inside))).squareRoot()
        for place in 0..<count where slopes[place] != 0 {
          slope[place] += change * slopes[place]
          weighted[row, place] = weight * slopes[place]
        }
      }
      (logLikelihood, self.slope) = (sum, slope)
      information = weighted.transpose * weighted
    }
  }
}
