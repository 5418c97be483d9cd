import LinearAlgebra
import NeuralNetworks

/// A square complex matrix as real numbers: the real parts row by row, then the imaginary parts.
package struct PlanarMatrix<Scalar: TensorScalar>: Sendable {
  /// How many rows, and columns.
  package let dimension: Int
  /// `2 dimension^2` of them.
  package var numbers: [Scalar]

  /// A matrix whose every number `fill` writes: nothing is zeroed first.
  package init(dimension: Int, filledBy fill: (UnsafeMutablePointer<Scalar>) -> Void) {
    self.dimension = dimension
    numbers = [Scalar](unsafeUninitializedCapacity: 2 * dimension * dimension) { buffer, count in
      fill(buffer.baseAddress!)
      count = 2 * dimension * dimension
    }
  }

  /// The same matrix, rounded to `Scalar`.
  package init(_ matrix: ComplexMatrix) {
    let area = matrix.elements.count
    self.init(dimension: matrix.rows) { numbers in
      for (place, element) in matrix.elements.enumerated() {
        (numbers + place).initialize(to: Scalar(element.real))
        (numbers + area + place).initialize(to: Scalar(element.imaginary))
      }
    }
  }

  /// The same matrix in double precision.
  package var complex: ComplexMatrix {
    let area = dimension * dimension
    return ComplexMatrix(
      rows: dimension, columns: dimension,
      elements: (0..<area).map { Complex(Double(numbers[$0]), Double(numbers[area + $0])) })
  }
}
