/// A method that makes an objective small by changing parameters step by step.
///
/// Optimizers see all parameters as one vector and work in double precision whatever the network's precision is; between
/// steps a network keeps its own precision. A value: state lives in the struct, so a copy continues on its own.
public protocol Optimizer: Sendable {
  /// The step size before the schedule's factor.
  var learningRate: Double { get set }
  /// All numbers that the method is given, the learning rate too, by name: two optimizers of one type take the same steps where
  /// these and their states are equal.
  var hyperparameters: [String: Double] { get }

  /// One step.
  ///
  /// - Parameters:
  ///   - parameters: Changed in place.
  ///   - learningRate: The step size now, schedule included.
  ///   - objective: Asked for values and gradients as often as the method needs, at least once at `parameters`' start.
  /// - Returns: the objective's value before the step, or the method's nearest substitute.
  mutating func step(_ parameters: inout [Double], learningRate: Double, objective: Objective) throws -> Double

  /// Everything a step leaves behind for the next, by name; what is stored here is enough to continue bit for bit.
  var state: [String: [Double]] { get set }
}

/// A function to be made small.
public struct Objective {
  /// The value at some parameters.
  public let value: ([Double]) throws -> Double
  /// The value and the gradient at some parameters.
  public let valueAndGradient: ([Double]) throws -> (value: Double, gradient: [Double])

  /// An objective of two closures that agree with each other.
  public init(
    value: @escaping ([Double]) throws -> Double,
    valueAndGradient: @escaping ([Double]) throws -> (value: Double, gradient: [Double])
  ) {
    (self.value, self.valueAndGradient) = (value, valueAndGradient)
  }
}

/// An optimizer that needs one gradient a step and no values.
public protocol GradientOptimizer: Optimizer {
  /// Changes parameters along a gradient.
  mutating func update(_ parameters: inout [Double], along gradient: [Double], learningRate: Double)
}

extension GradientOptimizer {
  public mutating func step(_ parameters: inout [Double], learningRate: Double, objective: Objective) throws -> Double {
    let (value, gradient) = try objective.valueAndGradient(parameters)
    update(&parameters, along: gradient, learningRate: learningRate)
    return value
  }

  /// Changes parameters along a gradient at the optimizer's own learning rate.
  public mutating func update(_ parameters: inout [Double], along gradient: [Double]) {
    update(&parameters, along: gradient, learningRate: learningRate)
  }
}
