/// What a benchmark found: numbers with intervals, and the points behind them.
public struct BenchmarkReport: Sendable, Hashable, Codable {
  /// The protocol.
  public let name: String
  /// The numbers, most important first.
  public let estimates: [BenchmarkEstimate]
  /// What the numbers were read from.
  public let curves: [BenchmarkCurve]
  /// How well circuits did by their width and depth.
  public let volumes: [BenchmarkVolume]

  public init(
    name: String, estimates: [BenchmarkEstimate], curves: [BenchmarkCurve] = [], volumes: [BenchmarkVolume] = []
  ) {
    self.name = name
    self.estimates = estimates
    self.curves = curves
    self.volumes = volumes
  }

  /// The number of a name.
  public subscript(name: String) -> BenchmarkEstimate? { estimates.first { $0.name == name } }
}

/// A number with its 95 % interval, and whether it can be relied on.
public struct BenchmarkEstimate: Sendable, Hashable, Codable {
  /// What it is, for example "error per Clifford".
  public let name: String
  /// The best value; infinite where the data set no bound to it. What is not finite is null in JSON.
  public let value: Double
  /// The lower end of the 95 % interval; minus infinity for none.
  public let low: Double
  /// The upper end of the 95 % interval; infinity for none.
  public let high: Double
  /// Half the 95 % interval over 1.96, before it was cut where values cannot be; nil where the interval is none of chance, such as
  /// bounds of a calculation.
  public let standardError: Double?
  /// Whether it can be relied on.
  public let quality: Quality
  /// Why, in one sentence.
  public let reason: String

  /// How far a number can be relied on.
  public enum Quality: String, Sendable, Codable {
    case good, poor
  }

  public init(
    _ name: String, _ value: Double, low: Double, high: Double, standardError: Double? = nil, quality: Quality = .good,
    reason: String
  ) {
    self.name = name
    self.value = value
    self.low = low
    self.high = high
    self.standardError = standardError
    self.quality = quality
    self.reason = reason
  }

  /// A value with a standard error as its 95 % interval, by Student's t for few degrees of freedom. What is good by all else is
  /// poor where the interval is wide.
  init(
    _ name: String, _ value: Double, standardError: Double, freedom: Int, within range: ClosedRange<Double>? = nil,
    quality: Quality = .good, reason: String
  ) {
    let width = StudentT.quantile(0.975, freedom: freedom) * standardError
    let (low, high) = (value - width, value + width)
    self.init(
      name, value, low: range.map { max(low, $0.lowerBound) } ?? low, high: range.map { min(high, $0.upperBound) } ?? high,
      halfWidth: width, quality: quality, reason: reason)
  }

  /// A value with the bounds and half the width of its 95 % interval.
  init(
    _ name: String, _ value: Double, low: Double, high: Double, halfWidth: Double, quality: Quality = .good, reason: String
  ) {
    let isWide = quality == .good && halfWidth > Self.widest(at: value)
    self.init(
      name, value, low: low, high: high, standardError: halfWidth / Self.normalQuantile, quality: isWide ? .poor : quality,
      reason: isWide ? "the interval is wide: take more circuits or shots; \(reason)" : reason)
  }

  /// Half of the widest interval that a good estimate has: half of the value, yet no more than a tenth of what fidelities can be,
  /// or of a value above 1; of what is nearly 0 one percent is little enough.
  static func widest(at value: Double) -> Double { max(0.01, min(value.magnitude / 2, 0.1 * max(1, value.magnitude))) }

  /// A value that has no interval, for the reason that is given.
  static func withoutInterval(
    _ name: String, _ value: Double, quality: Quality = .good, reason: String
  ) -> BenchmarkEstimate {
    BenchmarkEstimate(name, value, low: -.infinity, high: .infinity, quality: quality, reason: reason)
  }

  /// 97.5 % of the normal distribution lie below.
  static let normalQuantile = 1.959963984540054
}

extension BenchmarkEstimate {
  private enum CodingKeys: CodingKey { case name, value, low, high, standardError, quality, reason }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func number(_ key: CodingKeys) throws -> Double? { try container.decodeIfPresent(Double.self, forKey: key) }
    self.init(
      try container.decode(String.self, forKey: .name), try number(.value) ?? .infinity, low: try number(.low) ?? -.infinity,
      high: try number(.high) ?? .infinity, standardError: try number(.standardError),
      quality: try container.decode(Quality.self, forKey: .quality), reason: try container.decode(String.self, forKey: .reason))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    // JSON has no numbers that are not finite.
    for (key, number) in [(CodingKeys.value, value), (.low, low), (.high, high)] {
      try container.encode(number.isFinite ? number : nil, forKey: key)
    }
    try container.encodeIfPresent(standardError, forKey: .standardError)
    try container.encode(quality, forKey: .quality)
    try container.encode(reason, forKey: .reason)
  }
}

/// How well circuits of a width and depth did.
public struct BenchmarkVolume: Sendable, Hashable, Codable {
  /// What the circuits are.
  public let name: String
  /// Their qubits.
  public let width: Int
  /// Their depth, on average.
  public let depth: Int
  /// 1 for ideal circuits, 0 for uniform outcomes.
  public let value: Double
}

/// Points with errors and the curve that was fitted to them.
public struct BenchmarkCurve: Sendable, Hashable, Codable {
  /// What is shown.
  public let name: String
  /// What x counts.
  public let xLabel: String
  /// What kind of number y is.
  public let yLabel: String
  /// Lengths, depths or angles.
  public let x: [Double]
  /// Means of the circuits at each.
  public let y: [Double]
  /// Their standard errors.
  public let errors: [Double]
  /// The fitted values; nil where nothing was fitted.
  public let fit: [Double]?
  /// What the fit is called in figures.
  public let fitName: String
  /// The fitted curve between the first and the last x; nil where nothing was fitted.
  public let curve: [Double]?
  /// Where the values of `curve` stand, evenly spaced.
  public let curvePlaces: [Double]?

  public init(
    name: String, xLabel: String, yLabel: String? = nil, x: [Double], y: [Double], errors: [Double], fitName: String = "fit",
    fit: ((_ x: Double) -> Double)? = nil
  ) {
    (self.name, self.xLabel, self.yLabel) = (name, xLabel, yLabel ?? name)
    (self.x, self.y, self.errors, self.fitName) = (x, y, errors, fitName)
    self.fit = fit.map { x.map($0) }
    curve = fit.map { fit in Self.places(x).map(fit) }
    curvePlaces = fit.map { _ in Self.places(x) }
  }

  private static func places(_ x: [Double]) -> [Double] {
    guard let first = x.min(), let last = x.max() else { return [] }
    return (0...100).map { first + (last - first) * Double($0) / 100 }
  }
}
