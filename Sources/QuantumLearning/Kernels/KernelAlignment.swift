import Execution
import LinearAlgebra
import NeuralNetworks
import QuantumCircuits
import QuantumStates

/// Trains the parameters of a feature map so that its fidelity kernel suits the labels.
///
/// ```swift
/// var training = try KernelAlignment(featureMap: .covariantFeatureMap(Features(6)), features: samples, labels: labels)
/// let history = try training.fit(startingAt: start, optimizer: Adam(learningRate: 0.1), steps: 50)
/// let kernel = try FidelityKernel(featureMap: map.bound(parameters: history.parameters))
/// ```
/// Gradients are exact, by the adjoint method through the compute-uncompute circuits of all pairs.
///
/// Source: Hubregtsen et al., "Training quantum embedding kernels on near-term quantum computers", 2022; Glick et al., "Covariant
/// quantum kernels for data with group structure", 2021.
public struct KernelAlignment: Sendable {
  /// What is made large.
  public enum Goal: Sendable, Hashable {
    /// The alignment `<K, T> / (|K| |T|)` with the ideal kernel T: 1 within a class and -1/(classes - 1) between classes, which for
    /// two classes is `y y^T`.
    case alignment
    /// The same after both were centred, so that classes of different sizes do no harm.
    ///
    /// Source: Cortes, Mohri, Rostamizadeh, "Algorithms for learning kernels based on centered alignment", 2012.
    case centredAlignment
    /// Minus the optimum of the support vector machine with C as given: what its margin and its errors cost. Two classes.
    case margin(regularization: Double)
  }

  /// What is made large.
  public let goal: Goal
  private let function: CircuitFunction
  private let pair: PairCircuit
  private let features: RealMatrix
  private let labels: [Int]
  private let ideal: RealMatrix

  /// - Parameters:
  ///   - featureMap: of features and at least one parameter.
  ///   - labels: classes counted from 0, at least two of them present.
  /// - Throws: `CompilationError`; `KernelMachineError.oneClass`, and `.gramShape` for another number of labels than samples.
  public init(
    featureMap: Circuit, features: RealMatrix, labels: [Int], goal: Goal = .centredAlignment, precision: Precision = .double,
    loop: ParallelLoop = ParallelLoop(), level: SIMDLevel = .current
  ) throws {
    precondition(featureMap.parameterCount > 0, "KernelAlignment: the feature map has no parameters to train")
    guard labels.count == features.rows else {
      throw KernelMachineError.gramShape(rows: features.rows, columns: features.rows, samples: labels.count)
    }
    let classes = Set(labels).count
    guard classes >= 2 else { throw KernelMachineError.oneClass(count: classes) }
    pair = try PairCircuit(featureMap)
    try pair.check(features, features)
    var zero = [Complex<Double>](repeating: .zero, count: 1 << featureMap.qubitCount)
    zero[0] = 1
    function = try .fidelity(of: pair.circuit, with: zero, precision: precision, loop: loop, level: level)
    (self.goal, self.features, self.labels) = (goal, features, labels)
    let apart = -1 / Double(classes - 1)
    ideal = RealMatrix(
      rows: labels.count, columns: labels.count,
      elements: (0..<labels.count * labels.count).map { labels[$0 / labels.count] == labels[$0 % labels.count] ? 1 : apart })
  }

  /// The kernel of all pairs of samples under some parameters.
  public func gramMatrix(parameters: [Double]) throws(CompilationError) -> RealMatrix {
    var gram = RealMatrix.identity(features.rows)
    for group in groups {
      let values = try function.values(features: pair.features(group, features, features), parameters: parameters)
      for (place, (i, j)) in group.enumerated() { (gram[i, j], gram[j, i]) = (values[place, 0], values[place, 0]) }
    }
    return gram
  }

  /// The goal and its gradient by the parameters.
  ///
  /// - Complexity: samples^2 / 2 runs of the pair circuit for the values, about three times as many for the gradient.
  public func valueWithGradient(parameters: [Double]) throws -> (value: Double, gradient: [Double]) {
    let (value, slopes) = try slopes(gramMatrix(parameters: parameters))
    var gradient = [Double](repeating: 0, count: parameters.count)
    for group in groups {
      // Both of the entries of a pair change with it; the diagonal never does.
      let cotangents = RealMatrix(rows: group.count, columns: 1, elements: group.map { slopes[$0, $1] + slopes[$1, $0] })
      let part = try function.valueWithGradient(
        features: pair.features(group, features, features), parameters: parameters, cotangents: cotangents
      ).gradient.parameters
      for index in part.indices { gradient[index] += part[index] }
    }
    return (value, gradient)
  }

  /// What a training left behind.
  public struct History: Sendable {
    /// The parameters with the best value.
    public let parameters: [Double]
    /// The goal before every step, and after the last.
    public let values: [Double]
  }

  /// Climbs for a number of steps.
  ///
  /// - Throws: `CompilationError`, `KernelMachineError`.
  public func fit(startingAt start: [Double], optimizer: any Optimizer, steps: Int) throws -> History {
    precondition(steps >= 0, "KernelAlignment: \(steps) steps, at least 0")
    var (optimizer, parameters) = (optimizer, start)
    var values = [try value(parameters)]
    var best = (value: values[0], parameters: start)
    let objective = Objective(
      value: { try -value($0) },
      valueAndGradient: { parameters in
        let (value, gradient) = try valueWithGradient(parameters: parameters)
        return (-value, gradient.map { -$0 })
      })
    for _ in 0..<steps {
      _ = try optimizer.step(&parameters, learningRate: optimizer.learningRate, objective: objective)
      values.append(try value(parameters))
      if values[values.count - 1] > best.value { best = (values[values.count - 1], parameters) }
    }
    return History(parameters: best.parameters, values: values)
  }

  private func value(_ parameters: [Double]) throws -> Double { try slopes(gramMatrix(parameters: parameters)).value }

  /// All pairs i > j in groups, so that memory does not grow with their number.
  private var groups: [[(Int, Int)]] {
    let pairs = (0..<features.rows).flatMap { i in (0..<i).map { (i, $0) } }
    return stride(from: 0, to: pairs.count, by: 65_536).map { Array(pairs[$0..<min($0 + 65_536, pairs.count)]) }
  }

  /// The goal as a function of the Gram matrix, and its slope by every entry.
  private func slopes(_ gram: RealMatrix) throws(KernelMachineError) -> (value: Double, slopes: RealMatrix) {
    switch goal {
    case .alignment: return try Self.alignment(gram, ideal)
    case .centredAlignment: return try Self.alignment(gram.doublyCentred, ideal.doublyCentred)
    case .margin(let regularization):
      let machine = try SupportVectorClassifier(gram: gram, labels: labels, regularization: regularization)
      guard machine.machines.count == 1 else { throw .twoClassesNeeded(found: Set(labels).count) }
      let pair = machine.machines[0]
      var slopes = RealMatrix(rows: gram.rows, columns: gram.rows)
      var value = -pair.coefficients.reduce(0) { $0 + abs($1) }
      // At the optimum only the matrix counts: the coefficients' own change is of second order.
      for (i, c) in zip(pair.supportVectors, pair.coefficients) {
        for (j, d) in zip(pair.supportVectors, pair.coefficients) {
          slopes[i, j] = c * d / 2
          value += c * d / 2 * gram[i, j]
        }
      }
      return (value, slopes)
    }
  }

  private static func alignment(
    _ gram: RealMatrix, _ ideal: RealMatrix
  ) throws(KernelMachineError) -> (value: Double, slopes: RealMatrix) {
    func inner(_ a: RealMatrix, _ b: RealMatrix) -> Double { zip(a.elements, b.elements).reduce(0) { $0 + $1.0 * $1.1 } }
    let (norm, idealNorm) = (inner(gram, gram).squareRoot(), inner(ideal, ideal).squareRoot())
    // What centring leaves of equal entries is rounding, at most 1e-16 of each of them.
    guard norm > 1e-13 * Double(gram.rows), idealNorm > 0 else { throw .noVariation }
    let value = inner(gram, ideal) / (norm * idealNorm)
    return (value, 1 / (norm * idealNorm) * ideal - (value / (norm * norm)) * gram)
  }
}

extension RealMatrix {
  /// The matrix with row and column means taken out, for a symmetric one.
  fileprivate var doublyCentred: RealMatrix {
    let means = (0..<rows).map { row(($0)).reduce(0, +) / Double(columns) }
    let mean = means.reduce(0, +) / Double(rows)
    var result = self
    for row in 0..<rows {
      for column in 0..<columns { result[row, column] += mean - means[row] - means[column] }
    }
    return result
  }
}
