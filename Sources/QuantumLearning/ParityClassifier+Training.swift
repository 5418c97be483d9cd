import LinearAlgebra
import NeuralNetworks
import QuantumCircuits
import Randomness

extension ParityClassifier {
  /// Where the bias comes from.
  public enum BiasRule: Sendable, Hashable {
    /// It is 0.
    case none
    /// Of all biases within the limit the one with the fewest errors on the training samples, once θ is trained.
    case fitted(limit: Double)
    /// One more parameter of the optimization, kept within the limit; without a limit it tends to end where all samples have one
    /// class.
    case trained(limit: Double)
  }

  /// How the parameters are trained.
  public struct Settings: Sendable, Hashable {
    /// Steps of the optimization; 250 in the paper.
    public var iterations: Int
    /// Measurements for each sample and stretch in every estimate of the risk; nil for exact probabilities.
    public var shots: Int?
    /// Where the bias comes from.
    public var bias: BiasRule

    /// The paper's settings.
    public init(iterations: Int = 250, shots: Int? = 2000, bias: BiasRule = .none) {
      precondition(iterations >= 0, "ParityClassifier: \(iterations) iterations, at least 0")
      (self.iterations, self.shots, self.bias) = (iterations, shots, bias)
    }
  }

  /// Trains from random angles by simultaneous perturbation, its rate calibrated at the start: two estimates of the risk a step.
  ///
  /// - Parameter seed: of the starting angles, uniform in [0, 2π), of the perturbations and of the shots.
  /// - Returns: the risk of every step, the mean of its two estimates, and last the one of the end.
  /// - Throws: `NetworkError` for labels that do not fit, `CompilationError` for features.
  @discardableResult
  public mutating func fit(
    _ features: RealMatrix, labels: [Int], settings: Settings = Settings(), seed: UInt64
  ) throws -> [Double] {
    try check(features, labels)
    var source = RandomSource(seed: seed, stream: 0x5041_5254)
    let isBiasTrained = if case .trained = settings.bias { true } else { false }
    var point = parameters.map { _ in source.uniform(in: 0..<2 * .pi) } + (isBiasTrained ? [0] : [])
    let classifier = self
    var evaluations: UInt64 = 0
    func value(_ point: [Double]) throws -> Double {
      var draws = RandomSource(seed: seed, stream: 0x5041_5253, index: evaluations)
      evaluations += 1
      let count = classifier.parameters.count
      let even = try classifier.evenProbabilities(
        features, parameters: Array(point[..<count]), shots: settings.shots, using: &draws)
      return classifier.risk(even: even, labels: labels, bias: point.count > count ? point[count] : 0)
    }
    var optimizer = try SPSA.calibrated(at: point, seed: seed, value: value)
    let objective = Objective(value: value) { (try value($0), []) }
    var history: [Double] = []
    for _ in 0..<settings.iterations {
      history.append(try optimizer.step(&point, learningRate: optimizer.learningRate, objective: objective))
      if case .trained(let limit) = settings.bias { point[point.count - 1] = min(limit, max(-limit, point[point.count - 1])) }
    }
    history.append(try value(point))
    parameters = Array(point[..<parameters.count])
    bias = isBiasTrained ? point[point.count - 1] : 0
    try fitBias(features, labels, settings, seed: seed)
    return history
  }

  /// Trains by exact gradients of the risk from given angles, through noise and mitigation too.
  ///
  /// - Parameter start: the starting angles; nil goes on from the present ones.
  /// - Returns: the risk before every step, and last the one of the end.
  @discardableResult
  public mutating func fit(
    _ features: RealMatrix, labels: [Int], startingAt start: [Double]? = nil, optimizer: any Optimizer, iterations: Int = 100
  ) throws -> [Double] {
    try check(features, labels)
    var (optimizer, point) = (optimizer, start ?? parameters)
    let classifier = self
    let objective = Objective(
      value: { try classifier.exactRisk(features, labels: labels, parameters: $0) },
      valueAndGradient: { try classifier.riskWithGradient(features, labels: labels, parameters: $0) })
    var history: [Double] = []
    for _ in 0..<iterations {
      history.append(try optimizer.step(&point, learningRate: optimizer.learningRate, objective: objective))
    }
    history.append(try objective.value(point))
    parameters = point
    return history
  }

  /// The empirical risk at exact probabilities.
  public func exactRisk(_ features: RealMatrix, labels: [Int], parameters: [Double]) throws -> Double {
    try check(features, labels)
    var source = RandomSource(seed: 0)
    return risk(even: try evenProbabilities(features, parameters: parameters, using: &source), labels: labels, bias: bias)
  }

  /// The empirical risk at exact probabilities and its gradient by the angles.
  ///
  /// - Complexity: about three runs of the circuit for each sample and stretch.
  public func riskWithGradient(
    _ features: RealMatrix, labels: [Int], parameters: [Double]
  ) throws -> (value: Double, gradient: [Double]) {
    try check(features, labels)
    var source = RandomSource(seed: 0)
    let even = try evenProbabilities(features, parameters: parameters, using: &source)
    let slopes = zip(even, labels).map { even, label in
      let sign: Double = label == 0 ? 1 : -1
      return sign * risk.slope(probability: label == 0 ? even : 1 - even, sign: sign, bias: bias) / Double(labels.count)
    }
    var gradient = [Double](repeating: 0, count: parameters.count)
    for (weight, parity) in zip(weights, parities) {
      // p = (1 + <Z...Z>) / 2.
      let cotangents = RealMatrix(rows: slopes.count, columns: 1, elements: slopes.map { weight * $0 / 2 })
      let part = try parity.valueWithGradient(features: features, parameters: parameters, cotangents: cotangents).gradient
      for index in gradient.indices { gradient[index] += part.parameters[index] }
    }
    return (risk(even: even, labels: labels, bias: bias), gradient)
  }

  /// Chooses the bias with the fewest errors, in the middle of the widest such interval nearest to 0.
  private mutating func fitBias(_ features: RealMatrix, _ labels: [Int], _ settings: Settings, seed: UInt64) throws {
    guard case .fitted(let limit) = settings.bias else { return }
    var source = RandomSource(seed: seed, stream: 0x5041_5242)
    let leads = try evenProbabilities(features, parameters: parameters, shots: settings.shots, using: &source).map { 2 * $0 - 1 }
    let borders = ([-limit, limit] + leads.map { -$0 }.filter { abs($0) < limit }).sorted()
    let errors = zip(borders, borders.dropFirst()).map { low, high in
      (middle: (low + high) / 2, count: zip(leads, labels).count { ($0 > -(low + high) / 2) != ($1 == 0) })
    }
    let least = errors.map(\.count).min() ?? 0
    bias = errors.filter { $0.count == least }.min { abs($0.middle) < abs($1.middle) }?.middle ?? 0
  }
}
