import LinearAlgebra

/// A support vector machine on a Gram matrix; several classes vote, one machine for each pair.
///
/// Each machine minimizes `|w|^2 / 2 + C sum max(0, 1 - y_i f(x_i))` over `f(x) = sum_i c_i K(x_i, x) + bias`.
///
/// ```swift
/// let machine = try SupportVectorClassifier(gram: kernel.gramMatrix(features), labels: labels, regularization: 10)
/// let classes = try machine.predict(kernelOfNewWithTrainingSamples)
/// ```
/// - Shape: Gram matrices are samples x samples, kernel values new samples x training samples.
///
/// Source: Cortes, Vapnik, "Support-vector networks", 1995.
public struct SupportVectorClassifier: Sendable {
  /// The machine of two classes; positive values speak for the first one.
  public struct Machine: Sendable {
    /// The two classes, ascending.
    public let classes: (first: Int, second: Int)
    /// Rows of the Gram matrix with a coefficient that is not zero.
    public let supportVectors: [Int]
    /// c, one for each support vector: a_i for samples of the first class, -a_i for those of the second.
    public let coefficients: [Double]
    /// The constant of the decision function.
    public let bias: Double
    /// Primal minus dual objective: how far from optimal the machine is at most.
    public let dualityGap: Double
    /// Steps of the optimization.
    public let iterations: Int
  }

  /// One machine for each pair of classes, in the order (0, 1), (0, 2), ..., (1, 2), ...
  public let machines: [Machine]
  /// One more than the largest label.
  public let classCount: Int
  private let trainingCount: Int

  /// Trains on a Gram matrix.
  ///
  /// - Parameters:
  ///   - gram: kernel values of all pairs of training samples.
  ///   - labels: classes counted from 0; a class may lack samples.
  ///   - regularization: C, above 0: the price of a sample on the wrong side of its margin.
  /// - Throws: `KernelMachineError`.
  /// - Complexity: O(samples) a step of the optimization, beside the Gram matrix O(samples) memory.
  public init(
    gram: RealMatrix, labels: [Int], regularization: Double = 1, settings: SupportVectorSettings = SupportVectorSettings()
  ) throws(KernelMachineError) {
    try KernelMachineChecks.gram(gram, samples: labels.count)
    try KernelMachineChecks.positive(regularization, "The regularization C")
    if let bad = labels.firstIndex(where: { $0 < 0 }) { throw .label(labels[bad], sample: bad) }
    let members = Dictionary(grouping: labels.indices, by: { labels[$0] })
    let classes = members.keys.sorted()
    guard classes.count >= 2 else { throw .oneClass(count: classes.count) }
    var machines: [Machine] = []
    for (place, first) in classes.enumerated() {
      for second in classes[(place + 1)...] {
        let rows = members[first]! + members[second]!
        let signs = rows.map { labels[$0] == first ? 1.0 : -1.0 }
        let solution = try SequentialMinimalOptimization.solve(
          DualProblem(
            gram: gram, rows: rows, signs: signs, linear: Array(repeating: -1, count: rows.count), bound: regularization),
          settings)
        let support = rows.indices.filter { solution.variables[$0] > 0 }
        machines.append(
          Machine(
            classes: (first, second), supportVectors: support.map { rows[$0] },
            coefficients: support.map { signs[$0] * solution.variables[$0] }, bias: solution.bias,
            dualityGap: solution.dualityGap, iterations: solution.iterations))
      }
    }
    self.machines = machines
    classCount = classes[classes.count - 1] + 1
    trainingCount = labels.count
  }

  /// The values f of every machine.
  ///
  /// - Parameter kernel: new samples x training samples.
  /// - Returns: new samples x machines.
  public func decisionValues(_ kernel: RealMatrix) throws(KernelMachineError) -> RealMatrix {
    try KernelMachineChecks.kernel(kernel, trainingCount: trainingCount)
    var values = RealMatrix(rows: kernel.rows, columns: machines.count)
    for row in 0..<kernel.rows {
      for (column, machine) in machines.enumerated() {
        values[row, column] = zip(machine.supportVectors, machine.coefficients).reduce(machine.bias) {
          $0 + $1.1 * kernel[row, $1.0]
        }
      }
    }
    return values
  }

  /// The class with most votes for each new sample, the first of several.
  public func predict(_ kernel: RealMatrix) throws(KernelMachineError) -> [Int] {
    let values = try decisionValues(kernel)
    return (0..<kernel.rows).map { row in
      var votes = [Int](repeating: 0, count: classCount)
      for (column, machine) in machines.enumerated() {
        votes[values[row, column] > 0 ? machine.classes.first : machine.classes.second] += 1
      }
      return votes.indices.reduce(0) { votes[$1] > votes[$0] ? $1 : $0 }
    }
  }

  /// The share of new samples whose predicted class is their label.
  public func accuracy(_ kernel: RealMatrix, labels: [Int]) throws(KernelMachineError) -> Double {
    precondition(labels.count == kernel.rows, "SupportVectorClassifier: \(labels.count) labels for \(kernel.rows) samples")
    let hits = zip(try predict(kernel), labels).count { $0 == $1 }
    return Double(hits) / Double(max(1, labels.count))
  }
}
