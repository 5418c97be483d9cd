import LinearAlgebra
import Randomness

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A decay `B + e^{-r t} (A cos 2πft + C sin 2πft)`, or `B + A e^{-r t}`, fitted by least squares.
///
/// For given r and f the amplitudes follow from a linear system; r and f are found on a grid and then between its points.
struct DampedFit: Sendable {
  let rate: Double
  /// nil for a decay that does not oscillate.
  let frequency: Double?
  private let weights: [Double]

  /// The fitted value at a time.
  func callAsFunction(_ time: Double) -> Double { zip(weights, Self.basis(time, rate, frequency)).reduce(0) { $0 + $1.0 * $1.1 } }

  /// How far it goes from its asymptote at a time.
  func amplitude(at time: Double) -> Double { weights.dropFirst().reduce(0) { $0 + $1 * $1 }.squareRoot() * exp(-rate * time) }

  /// How far the decay goes from the first to the last of some times, as a share of what it goes in the end.
  func decayed(between first: Double, and last: Double) -> Double { 1 - exp(-rate * (last - first)) }

  /// - Parameters:
  ///   - frequencies: where an oscillation is looked for; nil for none.
  ///   - start: a fit to begin from instead of the grid.
  init(_ points: [(time: Double, value: Double)], frequencies: ClosedRange<Double>? = nil, start: DampedFit? = nil) {
    let longest = points.map(\.time).max() ?? 1
    let rates = (0..<40).map { 0.01 / longest * pow(10, Double($0) / 39 * 4) }
    let grid = frequencies.map { range in
      (0...60).map { range.lowerBound + (range.upperBound - range.lowerBound) * Double($0) / 60 }
    }
    var best = (rest: Double.infinity, rate: rates[0], frequency: grid?[0])
    func consider(_ rate: Double, _ frequency: Double?) {
      let rest = Self.solve(points, rate, frequency).rest
      if rest < best.rest { best = (rest, rate, frequency) }
    }
    if let start { consider(start.rate, start.frequency) }
    for rate in rates where start == nil {
      if let grid { for frequency in grid { consider(rate, frequency) } } else { consider(rate, nil) }
    }
    // Steps that halve, in both directions of both numbers.
    var (factor, step) = (1.15, frequencies.map { ($0.upperBound - $0.lowerBound) / 120 } ?? 0)
    for _ in 0..<28 {
      let (rate, frequency) = (best.rate, best.frequency)
      consider(rate * factor, frequency)
      consider(rate / factor, frequency)
      if let frequency {
        consider(rate, frequency + step)
        consider(rate, frequency - step)
      }
      if best.rate == rate, best.frequency == frequency { (factor, step) = (factor.squareRoot(), step / 2) }
    }
    (rate, frequency) = (best.rate, best.frequency)
    weights = Self.solve(points, best.rate, best.frequency).weights
  }

  private static func basis(_ time: Double, _ rate: Double, _ frequency: Double?) -> [Double] {
    let decay = exp(-rate * time)
    guard let frequency else { return [1, decay] }
    return [1, decay * cos(2 * .pi * frequency * time), decay * sin(2 * .pi * frequency * time)]
  }

  /// The amplitudes, by the normal equations of two or three unknowns, and what is left of the squares.
  private static func solve(
    _ points: [(time: Double, value: Double)], _ rate: Double, _ frequency: Double?
  ) -> (weights: [Double], rest: Double) {
    let rows = points.map { basis($0.time, rate, frequency) }
    let count = rows[0].count
    // A trace of the identity keeps equal columns apart.
    var matrix = (0..<count).map { row in (0..<count).map { $0 == row ? 1e-12 : 0.0 } }
    var vector = [Double](repeating: 0, count: count)
    for (values, point) in zip(rows, points) {
      for row in 0..<count {
        for column in 0..<count { matrix[row][column] += values[row] * values[column] }
        vector[row] += values[row] * point.value
      }
    }
    for pivot in 0..<count {
      for row in pivot + 1..<count {
        let ratio = matrix[row][pivot] / matrix[pivot][pivot]
        for column in pivot..<count { matrix[row][column] -= ratio * matrix[pivot][column] }
        vector[row] -= ratio * vector[pivot]
      }
    }
    for row in (0..<count).reversed() {
      for column in row + 1..<count { vector[row] -= matrix[row][column] * vector[column] }
      vector[row] /= matrix[row][row]
    }
    var rest = 0.0
    for (values, point) in zip(rows, points) {
      var error = point.value
      for column in 0..<count { error -= values[column] * vector[column] }
      rest += error * error
    }
    return (vector, rest)
  }

  /// The standard error of the rate where values are shares of so many shots: values drawn anew around the fit.
  func rateError(at times: [Double], shots: Int, frequencies: ClosedRange<Double>?, seed: UInt64) -> Double {
    let rates = (0..<60).map { replicate in
      var source = Bootstrap.source(seed: seed, replicate: replicate)
      let points = times.map { time -> (time: Double, value: Double) in
        let p = min(max(self(time), 0.5 / Double(shots)), 1 - 0.5 / Double(shots))
        return (time, p + (p * (1 - p) / Double(shots)).squareRoot() * source.normal())
      }
      return DampedFit(points, frequencies: frequencies, start: self).rate
    }
    return rates.variance.squareRoot()
  }
}
