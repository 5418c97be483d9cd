import LinearAlgebra

/// A value measured at a multiple of the natural noise.
public struct ScaledEstimate: Sendable, Hashable {
  /// 1 is the noise as it is.
  public let scale: Double
  /// What was measured there.
  public let estimate: Estimate

  public init(scale: Double, _ estimate: Estimate) {
    self.scale = scale
    self.estimate = estimate
  }
}

/// How values at several noise scales are continued to no noise at all.
///
/// ```swift
/// let value = try Extrapolation.exponential(asymptote: 0).value(atZero: points)
/// ```
/// Points count by their standard errors, or all alike where all are exact. An error of 0 beside others says no more than that few
/// shots agreed, and is taken for the largest of the others. The error of the result is that of the points carried through the fit;
/// that the noise may not follow the fit is not part of it.
///
/// Source: Temme, Bravyi, Gambetta, "Error mitigation for short-depth quantum circuits", 2017; Li, Benjamin, 2017.
public enum Extrapolation: Sendable, Hashable {
  /// A straight line.
  case linear
  /// A polynomial by least squares.
  case polynomial(degree: Int)
  /// The polynomial through all points.
  case richardson
  /// `asymptote + b exp(-c scale)`; of a Pauli word under strong noise the asymptote is 0.
  case exponential(asymptote: Double)

  /// The value without noise.
  public func value(atZero points: [ScaledEstimate]) throws(MitigationError) -> Estimate {
    switch self {
    case .linear: return try Self.fit(points, degree: 1)
    case .polynomial(let degree): return try Self.fit(points, degree: degree)
    case .richardson: return try Self.fit(points, degree: points.count - 1)
    case .exponential(let asymptote):
      let distances = points.map { $0.estimate.value - asymptote }
      guard let sign = distances.first?.sign, distances.allSatisfy({ $0 != 0 && $0.sign == sign }) else {
        throw .asymptote(asymptote, values: points.map(\.estimate.value))
      }
      // Errors are small beside the distances where the logarithm is fitted.
      let logarithms = zip(points, distances).map { point, distance in
        ScaledEstimate(
          scale: point.scale,
          Estimate(.log(distance.magnitude), standardError: point.estimate.standardError / distance.magnitude))
      }
      let logarithm = try Self.fit(logarithms, degree: 1)
      let distance = Double.exp(logarithm.value)
      return Estimate(
        asymptote + (sign == .minus ? -distance : distance), standardError: distance * logarithm.standardError)
    }
  }

  /// The value at 0 of the polynomial with the least weighted squares.
  private static func fit(_ points: [ScaledEstimate], degree: Int) throws(MitigationError) -> Estimate {
    let scales = points.map(\.scale)
    guard degree >= 0, Set(scales).count > degree, scales.allSatisfy(\.isFinite) else {
      throw .scales(found: scales, needed: degree + 1)
    }
    let given = points.map(\.estimate.standardError)
    let errors = given.map { $0 == 0 ? given.max()! : $0 }
    let isWeighted = errors.allSatisfy { $0 > 0 && $0.isFinite }
    let weights = errors.map { isWeighted ? 1 / ($0 * $0) : 1 }
    // Scales are divided by the largest, which keeps the normal equations well conditioned.
    let largest = scales.map(\.magnitude).max() ?? 1
    let rows = scales.map { scale in
      (0...degree).map { power in (0..<power).reduce(1.0) { value, _ in value * scale / largest } }
    }
    let normal = RealMatrix(
      (0...degree).map { a in
        (0...degree).map { b in rows.indices.reduce(0) { $0 + weights[$1] * rows[$1][a] * rows[$1][b] } }
      })
    var constant = Array(repeating: 0.0, count: degree + 1)
    constant[0] = 1
    let solution: [Double]
    do { solution = try normal.solve(constant) } catch { throw .scales(found: scales, needed: degree + 1) }
    // The fit at 0 is a weighted sum of the values.
    let shares = rows.indices.map { row in weights[row] * zip(solution, rows[row]).reduce(0) { $0 + $1.0 * $1.1 } }
    let error = zip(shares, errors).reduce(0) { $0 + $1.0 * $1.1 * $1.0 * $1.1 }
    return Estimate(
      zip(shares, points).reduce(0) { $0 + $1.0 * $1.1.estimate.value }, standardError: error.squareRoot())
  }
}
