import Randomness

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The decay `y(m) = A f^m + B` with a known asymptote B, fitted by weighted least squares.
///
/// For a given f the amplitude A follows in closed form, so that one number is left to search for: no start value, no divergence.
struct DecayFit: Sendable, Hashable {
  let amplitude: Double
  let factor: Double
  let asymptote: Double

  /// The fitted value at a length.
  func callAsFunction(_ length: Double) -> Double { amplitude * pow(factor, length) + asymptote }

  /// - Parameters:
  ///   - points: lengths, values and weights (1 / variance).
  init(_ points: [(length: Double, value: Double, weight: Double)], asymptote: Double) {
    /// The best amplitude for a decay rate r = -log f, and what is left of the squares.
    func best(_ rate: Double) -> (amplitude: Double, rest: Double) {
      var (top, bottom, squares) = (0.0, 0.0, 0.0)
      for point in points {
        let (power, value) = (exp(-rate * point.length), point.value - asymptote)
        top += point.weight * power * value
        bottom += point.weight * power * power
        squares += point.weight * value * value
      }
      let amplitude = bottom > 0 ? top / bottom : 0
      return (amplitude, squares - amplitude * top)
    }
    let longest = points.map(\.length).max() ?? 1
    // From decays that the longest sequence hardly shows to those that are over after one step; growth is allowed for, as noise can
    // show it.
    let rates = (0..<60).map { 1e-4 / longest * pow(10, Double($0) / 59 * log10(2e5 * longest)) }
    let candidates = [-1 / longest, -1e-2 / longest, 0] + rates
    let rests = candidates.map { best($0).rest }
    let place = rests.indices.min { rests[$0] < rests[$1] }!
    let rate = Self.minimum(
      between: candidates[max(0, place - 1)], and: candidates[min(candidates.count - 1, place + 1)]
    ) { best($0).rest }
    amplitude = best(rate).amplitude
    factor = exp(-rate)
    self.asymptote = asymptote
  }

  /// Where a function with one minimum has it, by golden sections.
  private static func minimum(between low: Double, and high: Double, of function: (Double) -> Double) -> Double {
    let ratio = (5.0.squareRoot() - 1) / 2
    var (low, high) = (low, high)
    var (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
    var (leftValue, rightValue) = (function(left), function(right))
    for _ in 0..<40 {
      if leftValue < rightValue {
        (high, right, rightValue) = (right, left, leftValue)
        left = high - ratio * (high - low)
        leftValue = function(left)
      } else {
        (low, left, leftValue) = (left, right, rightValue)
        right = low + ratio * (high - low)
        rightValue = function(right)
      }
    }
    return (low + high) / 2
  }
}

/// Values of several circuits at each of several lengths, their decay, and how uncertain it is.
struct DecayData: Sendable {
  let lengths: [Int]
  /// By length, the values of its circuits, at least one of each.
  let values: [[Double]]
  let asymptote: Double
  /// Shots behind each value.
  let shots: Int

  var means: [Double] { values.map(\.mean) }

  /// Standard errors of the means, from the spread of the circuits.
  var standardErrors: [Double] { values.map(\.standardError) }

  /// The fit to all circuits.
  ///
  /// Weights are those of the shots at a smooth curve; weights from the spread of few circuits would be noise themselves.
  var fit: DecayFit { fit(means) }

  private func fit(_ means: [Double]) -> DecayFit {
    let plain = DecayFit(zip(lengths, means).map { (Double($0), $1, 1) }, asymptote: asymptote)
    return DecayFit(
      zip(lengths, means).map { length, mean in
        let p = min(max(plain(Double(length)), 0.02), 0.98)
        return (Double(length), mean, 1 / (p * (1 - p)))
      }, asymptote: asymptote)
  }

  /// The standard error of the factor f, see `errors`.
  func factorError(seed: UInt64) -> Double { errors(seed: seed).factor }

  /// The standard errors of f and A, by the bootstrap over circuits within each length. Their spread holds the noise of their shots
  /// already, so that both count. Of K circuits it comes out a factor sqrt((K - 1) / K) too small, which is put right. A length
  /// with one circuit varies by its shots.
  func errors(seed: UInt64) -> (factor: Double, amplitude: Double) {
    let means = means
    let fits = (0..<100).map { replicate in
      var source = Bootstrap.source(seed: seed, replicate: replicate)
      return fit(zip(values, means).map { Self.resampled($0, mean: $1, shots: shots, &source) })
    }
    return (fits.map(\.factor).variance.squareRoot(), fits.map(\.amplitude).variance.squareRoot())
  }

  private static func resampled(_ values: [Double], mean: Double, shots: Int, _ source: inout RandomSource) -> Double {
    let count = Double(values.count)
    // Of their own spread one circuit says nothing, and circuits that all agree little: then shots alone, four more as in `Mean`.
    guard values.contains(where: { $0 != values[0] }) else {
      let trials = count * Double(shots)
      let p = (min(max(mean, 0), 1) * trials + 2) / (trials + 4)
      return mean + (p * (1 - p) / (trials + 4)).squareRoot() * source.normal()
    }
    let drawn = values.indices.reduce(0) { sum, _ in sum + values[source.integer(below: values.count)] } / count
    return mean + (count / (count - 1)).squareRoot() * (drawn - mean)
  }

  /// Degrees of freedom of the error: circuits beyond one of each length.
  var freedom: Int { max(1, values.reduce(0) { $0 + $1.count - 1 }) }

  /// How far the means lie off the exponential that is nearest to them by their own errors: the square root of chi-square by
  /// degrees of freedom, in standard errors.
  ///
  /// It is not `fit`, which trusts long circuits as much as shots allow: coherent errors part those from each other far more than
  /// short ones, and whether a decay is exponential must not be judged by how far one uncertain point has pulled the curve off the
  /// certain ones. Errors are at least those of the shots, which a few circuits that happen to agree would belie.
  var misfit: Double {
    let fit = fit
    let points = lengths.indices.map { place in
      let p = min(max(fit(Double(lengths[place])), 0), 1)
      let trials = Double(shots * values[place].count)
      let error = max(standardErrors[place], (p * (1 - p) / trials).squareRoot(), 1 / Double(shots * 100))
      return (length: Double(lengths[place]), value: means[place], weight: 1 / (error * error))
    }
    let nearest = DecayFit(points, asymptote: asymptote)
    let sum = points.reduce(0) { sum, point in
      let distance = point.value - nearest(point.length)
      return sum + point.weight * distance * distance
    }
    return (sum / Double(max(1, lengths.count - 2))).squareRoot()
  }

  /// Whether the misfit is more than chance: larger than what one of so many decays shows once in 370 reports, which for one decay
  /// of many circuits is 3 standard errors. Errors from few circuits have the heavier tails of Student's t.
  func isMisfit(among decays: Int) -> Bool {
    let circuits = values.map(\.count).min() ?? 1
    return misfit > StudentT.quantile(1 - 0.00135 / Double(max(1, decays)), freedom: circuits - 1)
  }

  /// Whether the fit can be relied on, and why.
  ///
  /// - Parameter decays: how many the report has.
  func quality(among decays: Int = 1) -> (BenchmarkEstimate.Quality, String) {
    let fit = fit
    let shortest = fit(Double(lengths.first ?? 1)) - asymptote
    if isMisfit(among: decays) {
      return (.poor, "the points lie \(misfit.rounded(toPlaces: 1)) standard errors off one exponential decay")
    }
    if shortest < 0.1 * (1 - asymptote) { return (.poor, "the shortest sequence has hardly any signal: take shorter ones") }
    if fit(Double(lengths.last ?? 1)) - asymptote > 0.95 * shortest {
      return (.poor, "the longest sequence has hardly decayed: take longer ones")
    }
    return (.good, "one exponential decay, misfit \(misfit.rounded(toPlaces: 2)) standard errors")
  }

  /// The curve for a figure.
  ///
  /// - Parameters:
  ///   - kind: what decays.
  ///   - detail: what is said after it in the name.
  ///   - label: what lengths are numbers of.
  func curve(_ kind: String, _ detail: String = "", along label: String) -> BenchmarkCurve {
    let fit = fit
    return BenchmarkCurve(
      name: kind + detail, xLabel: label, yLabel: kind, x: lengths.map(Double.init), y: means, errors: standardErrors,
      fit: { fit($0) })
  }
}

extension Double {
  /// To some decimal places, for messages.
  func rounded(toPlaces places: Int) -> Double {
    let scale = (0..<places).reduce(1.0) { scale, _ in 10 * scale }
    return (self * scale).rounded() / scale
  }
}
