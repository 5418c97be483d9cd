import LinearAlgebra
import QuantumCircuits

/// A measure of how alike two samples are, as machines on Gram matrices take it: symmetric, 1 (or the largest) for equal samples.
///
/// ```swift
/// let kernel = try FidelityKernel(featureMap: .secondOrderFeatureMap(Features(2)))
/// let machine = try SupportVectorClassifier(gram: kernel.gramMatrix(training), labels: labels, regularization: 1000)
/// let classes = try machine.predict(kernel.matrix(test, against: training))
/// ```
public protocol Kernel: Sendable {
  /// The kernel of every new sample with every training sample.
  ///
  /// - Parameters:
  ///   - new: new samples x features.
  ///   - training: training samples x features.
  /// - Returns: new samples x training samples.
  /// - Throws: `CompilationError` for features that do not fit or are not finite, and for more memory than there is.
  func matrix(_ new: RealMatrix, against training: RealMatrix) throws(CompilationError) -> RealMatrix

  /// The kernel of all pairs of samples.
  ///
  /// - Parameter features: samples x features.
  /// - Returns: samples x samples, symmetric.
  func gramMatrix(_ features: RealMatrix) throws(CompilationError) -> RealMatrix
}

/// The kernels of classical machines, to hold quantum ones against.
public enum ClassicalKernel: Kernel, Hashable {
  /// `exp(-inverseWidth |x - y|^2)`, inverse width above 0.
  case gaussian(inverseWidth: Double)
  /// `x · y`.
  case linear

  public func matrix(_ new: RealMatrix, against training: RealMatrix) throws(CompilationError) -> RealMatrix {
    guard new.columns == training.columns else { throw .featureCount(found: new.columns, expected: training.columns) }
    for samples in [new, training] {
      guard let bad = samples.elements.firstIndex(where: { !$0.isFinite }) else { continue }
      throw .nonFinite(what: "A feature", row: bad / samples.columns, column: bad % samples.columns)
    }
    var result = new * training.transpose
    guard case .gaussian(let inverseWidth) = self else { return result }
    let norms = (Self.squaredNorms(new), Self.squaredNorms(training))
    for row in 0..<new.rows {
      for column in 0..<training.rows {
        result[row, column] = .exp(-inverseWidth * max(0, norms.0[row] + norms.1[column] - 2 * result[row, column]))
      }
    }
    return result
  }

  public func gramMatrix(_ features: RealMatrix) throws(CompilationError) -> RealMatrix {
    try matrix(features, against: features).mirroringLowerTriangle
  }

  private static func squaredNorms(_ samples: RealMatrix) -> [Double] {
    (0..<samples.rows).map { samples.row($0).reduce(0) { $0 + $1 * $1 } }
  }
}

extension RealMatrix {
  /// The matrix with its upper triangle made equal to its lower one: rounding may have set them apart.
  var mirroringLowerTriangle: RealMatrix {
    var result = self
    for row in 0..<rows {
      for column in 0..<row { result[column, row] = result[row, column] }
    }
    return result
  }
}
