import LinearAlgebra
import Randomness

extension ComplexMatrix {
  /// A unitary matrix drawn uniformly (by the Haar measure): the Q of a matrix of normal numbers, with the phases of R's diagonal put right.
  ///
  /// Source: Mezzadri, "How to generate random matrices from the classical compact groups", 2007.
  static func haarUnitary(_ dimension: Int, using source: inout RandomSource) -> ComplexMatrix {
    var columns: [[Complex<Double>]] = []
    // Gram and Schmidt on normal columns: the phases of R's diagonal are 1 by construction.
    while columns.count < dimension {
      var column = (0..<dimension).map { _ in Complex(source.normal(), source.normal()) }
      for _ in 0..<2 {
        for earlier in columns {
          let overlap = zip(earlier, column).reduce(Complex<Double>.zero) { $0 + $1.0.conjugate * $1.1 }
          for index in 0..<dimension { column[index] -= overlap * earlier[index] }
        }
      }
      let norm = column.reduce(0) { $0 + $1.lengthSquared }.squareRoot()
      columns.append(column.map { $0 / Complex(norm) })
    }
    var result = ComplexMatrix(rows: dimension, columns: dimension)
    for (place, column) in columns.enumerated() { for row in 0..<dimension { result[row, place] = column[row] } }
    return result
  }
}
