import LinearAlgebra
import Randomness

/// Random inputs for laws, each a function of a `RandomSource` only.
public enum RandomFixtures {
  /// A complex number with independent standard normal parts.
  public static func complex(_ source: inout RandomSource) -> Complex<Double> {
    let real = source.normal()
    return Complex(real, source.normal())
  }

  /// A matrix of standard normal complex elements, neither Hermitian nor unitary: it catches transposed and conjugated kernels.
  public static func matrix(_ order: Int, _ source: inout RandomSource) -> ComplexMatrix {
    ReferenceOperators.square(order, (0..<(order * order)).map { _ in complex(&source) })
  }

  /// A normalised state, uniform on the sphere.
  public static func state(qubitCount: Int, _ source: inout RandomSource) -> ReferenceState {
    let raw = (0..<(1 << qubitCount)).map { _ in complex(&source) }
    let norm = raw.reduce(0) { $0 + $1.lengthSquared }.squareRoot()
    return ReferenceState(amplitudes: raw.map { $0 / Complex(norm) })
  }

  /// A unitary by Gram-Schmidt on the columns of a Gaussian matrix (Haar distributed).
  public static func unitary(_ order: Int, _ source: inout RandomSource) -> ComplexMatrix {
    var columns: [[Complex<Double>]] = []
    while columns.count < order {
      var column = (0..<order).map { _ in complex(&source) }
      // Twice: the second pass removes what rounding left of the earlier columns.
      for _ in 0..<2 {
        for earlier in columns {
          let overlap = zip(earlier, column).reduce(Complex<Double>.zero) { $0 + $1.0.conjugate * $1.1 }
          for index in 0..<order { column[index] -= overlap * earlier[index] }
        }
      }
      let norm = column.reduce(0) { $0 + $1.lengthSquared }.squareRoot()
      columns.append(column.map { $0 / Complex(norm) })
    }
    return ReferenceOperators.square(order, (0..<(order * order)).map { columns[$0 % order][$0 / order] })
  }

  /// (G + G^+)/2 of a Gaussian matrix G.
  public static func hermitian(_ order: Int, _ source: inout RandomSource) -> ComplexMatrix {
    let raw = matrix(order, &source)
    var result = raw
    for row in 0..<order {
      for column in 0..<order { result[row, column] = (raw[row, column] + raw[column, row].conjugate) / Complex(2) }
    }
    return result
  }

  /// Unit-modulus phases.
  public static func phases(_ count: Int, _ source: inout RandomSource) -> [Complex<Double>] {
    (0..<count).map { _ in Complex(length: 1, phase: source.uniform(in: 0..<(2 * Double.pi))) }
  }

  /// A mixture of `rank` random pure states with random weights that sum to 1.
  public static func density(qubitCount: Int, rank: Int, _ source: inout RandomSource) -> ReferenceDensity {
    let raw = (0..<rank).map { _ in 0.1 + source.uniform() }
    let total = raw.reduce(0, +)
    return ReferenceDensity(mixing: raw.map { (weight: $0 / total, state: state(qubitCount: qubitCount, &source)) })
  }

  /// The first `count` entries of a random order of `0..<bound`: distinct qubits.
  public static func distinct(_ count: Int, below bound: Int, _ source: inout RandomSource) -> [Int] {
    Array(source.permutation(of: bound).prefix(count))
  }
}
