import LinearAlgebra

/// Why a machine cannot be fitted to a Gram matrix, or asked with kernel values.
public enum KernelMachineError: Error, Hashable, Sendable {
  /// A Gram matrix that is not samples x samples.
  case gramShape(rows: Int, columns: Int, samples: Int)
  /// Kernel values with another number of columns than there were training samples.
  case kernelWidth(found: Int, expected: Int)
  /// A kernel value or target that is infinite or not a number.
  case notFinite(what: String, row: Int, column: Int)
  /// Two entries of a Gram matrix that should be equal.
  case notSymmetric(row: Int, column: Int, difference: Double)
  /// A label below 0.
  case label(Int, sample: Int)
  /// Samples of fewer than two classes.
  case oneClass(count: Int)
  /// A margin asked for between another number of classes than two.
  case twoClassesNeeded(found: Int)
  /// Kernel values without a direction: nothing is left of them after centring.
  case noVariation
  /// A setting out of its range, with what is allowed.
  case setting(String, Double, allowed: String)
  /// The optimization stopped early.
  case notConverged(iterations: Int, dualityGap: Double)
  /// A Gram matrix with an eigenvalue below what rounding explains.
  case notPositiveSemidefinite(leastEigenvalue: Double)
  /// A decomposition that failed.
  case linearAlgebra(LinearAlgebraError)
}

extension KernelMachineError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .gramShape(let rows, let columns, let samples):
      "The Gram matrix is \(rows) x \(columns) for \(samples) samples: give one row and one column a training sample."
    case .kernelWidth(let found, let expected):
      "The kernel values have \(found) columns, the machine was trained on \(expected) samples: "
        + "give the kernel of each new sample with every training sample."
    case .notFinite(let what, let row, let column):
      "\(what) in row \(row), column \(column) is not a finite number: remove the sample, or fill in its missing features."
    case .notSymmetric(let row, let column, let difference):
      "The Gram matrix is not symmetric: entries (\(row), \(column)) and (\(column), \(row)) differ by \(difference). "
        + "Use the mean of it and its transpose."
    case .label(let label, let sample):
      "The label of sample \(sample) is \(label): number the classes from 0."
    case .oneClass(let count):
      "The samples have \(count) \(count == 1 ? "class" : "classes"), a classifier needs two: take samples of another class too."
    case .twoClassesNeeded(let found):
      "A margin is that of two classes, the labels have \(found): train on two of them, or align the kernel."
    case .noVariation:
      "All kernel values are equal, so their alignment has no direction: take samples or parameters that differ."
    case .setting(let name, let value, let allowed):
      "\(name) is \(value), allowed is \(allowed)."
    case .notConverged(let iterations, let gap):
      "The support vector machine has a duality gap of \(gap) after \(iterations) iterations: "
        + "lower the regularization C, or make the Gram matrix positive semidefinite."
    case .notPositiveSemidefinite(let least):
      "The Gram matrix has the eigenvalue \(least), so it is no inner product: repair it (RealMatrix.repaired(by:), or repair: clip in "
        + "a configuration), or take more shots."
    case .linearAlgebra(let error):
      "\(error)"
    }
  }
}

/// Checks at the wall, shared by all machines.
enum KernelMachineChecks {
  /// How far two entries that should be equal may differ, in units of the largest one.
  private static let asymmetry = 1e-8

  static func gram(_ gram: RealMatrix, samples: Int) throws(KernelMachineError) {
    guard gram.rows == samples, gram.columns == samples else {
      throw .gramShape(rows: gram.rows, columns: gram.columns, samples: samples)
    }
    try finite(gram, "The kernel value")
    let tolerance = asymmetry * gram.maximumMagnitude
    for row in 0..<samples {
      for column in 0..<row {
        let difference = abs(gram.elements[row * samples + column] - gram.elements[column * samples + row])
        guard difference <= tolerance else { throw .notSymmetric(row: row, column: column, difference: difference) }
      }
    }
  }

  static func kernel(_ kernel: RealMatrix, trainingCount: Int) throws(KernelMachineError) {
    guard kernel.columns == trainingCount else { throw .kernelWidth(found: kernel.columns, expected: trainingCount) }
    try finite(kernel, "The kernel value")
  }

  static func finite(_ matrix: RealMatrix, _ what: String) throws(KernelMachineError) {
    guard let place = matrix.elements.firstIndex(where: { !$0.isFinite }) else { return }
    throw .notFinite(what: what, row: place / matrix.columns, column: place % matrix.columns)
  }

  static func positive(_ value: Double, _ name: String) throws(KernelMachineError) {
    guard value > 0, value.isFinite else { throw .setting(name, value, allowed: "a number above 0") }
  }
}
