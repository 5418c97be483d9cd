import LinearAlgebra
import NeuralNetworks

/// The exponential `e^(iH)` of a Hermitian matrix, with what its derivative needs, through the spectrum `H = V diag(h) V^+`.
///
/// ```
/// e^(iH) = V diag(e^(ih)) V^+,   L(iH, E) = V (F o (V^+ E V)) V^+,   F_ab = (e^(i h_a) - e^(i h_b)) / (i (h_a - h_b))
/// ```
/// The spectrum and F come in double precision, products in that of `Scalar`.
///
/// - Complexity: O(n^3): the spectrum and one product, the derivative four.
///
/// Source: Higham, Functions of Matrices, 2008, theorem 3.9 (Daleckii and Krein).
package struct SpectralExponential<Scalar: TensorScalar>: Sendable {
  /// `e^(iH)`
  package let matrix: PlanarMatrix<Scalar>
  private let products: PlanarProducts<Scalar>
  private let values: [Double]
  /// V and V^+.
  private let vectors: [Scalar]
  private let adjoint: [Scalar]

  /// - Returns: nil for numbers that are not finite, or eigenvalues above 1 / ulp(1), of whose phases no digit is known.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package init?(_ hermitian: PlanarMatrix<Double>) {
    guard let spectrum = try? hermitian.complex.hermitianEigen(),
      spectrum.values.allSatisfy({ abs($0) * Double(Scalar.ulpOfOne) < 1 })
    else { return nil }
    let products = PlanarProducts<Scalar>(dimension: hermitian.dimension)
    let turns = spectrum.values.map { Complex<Double>(.cos($0), .sin($0)) }
    let (d, count, elements) = (products.dimension, products.count, spectrum.vectors.elements)
    let vectors = products.planes { elements[$0] }
    let adjoint = products.planes { elements[$0 % d * d + $0 / d].conjugate }
    let turned = products.planes { elements[$0] * turns[$0 % d] }
    matrix = withUnsafeTemporaryAllocation(of: Scalar.self, capacity: count + products.area) {
      let result = $0.baseAddress!
      products.multiply(turned, adjoint, into: result, scratch: result + count)
      return products.matrix(result)
    }
    (self.products, self.vectors, self.adjoint, values) = (products, vectors, adjoint, spectrum.values)
  }

  /// The directional (Fréchet) derivative `L(iH, E) = d/dt exp(iH + t E)` at t = 0.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func derivative(along direction: PlanarMatrix<Scalar>) -> PlanarMatrix<Scalar> {
    let (d, count, area) = (products.dimension, products.count, products.area)
    let halves = values.map { Complex<Double>(.cos($0 / 2), .sin($0 / 2)) }
    return withUnsafeTemporaryAllocation(of: Scalar.self, capacity: 2 * count + area) { space in
      let (e, next, scratch) = (space.baseAddress!, space.baseAddress! + count, space.baseAddress! + 2 * count)
      products.fill(e, with: direction, times: 1)
      products.multiply(adjoint, e, into: next, scratch: scratch)
      products.multiply(next, vectors, into: e, scratch: scratch)
      for row in 0..<d {
        for column in 0..<d {
          let place = row * d + column
          let factor = Self.dividedDifference(values[row], values[column], halves[row], halves[column])
          let (f, g, x, y) = (Scalar(factor.real), Scalar(factor.imaginary), e[place], e[area + place])
          (e[place], e[area + place]) = (f * x - g * y, f * y + g * x)
          e[2 * area + place] = e[place] + e[area + place]
        }
      }
      products.multiply(vectors, e, into: next, scratch: scratch)
      products.multiply(next, adjoint, into: e, scratch: scratch)
      return products.matrix(e)
    }
  }

  /// `(e^(ia) - e^(ib)) / (i (a - b)) = e^(i(a+b)/2) sin(x) / x` with x = (a - b) / 2, from e^(ia/2) and e^(ib/2).
  @inline(__always)
  private static func dividedDifference(
    _ a: Double, _ b: Double, _ halfA: Complex<Double>, _ halfB: Complex<Double>
  ) -> Complex<Double> {
    let x = (a - b) / 2
    let square = x * x
    // Where the two nearly meet, their difference has few digits: three terms of the series leave 1e-16 there.
    let ratio =
      square < 0x1p-9
      ? 1 - square / 6 * (1 - square / 20 * (1 - square / 42))
      : (halfA.imaginary * halfB.real - halfA.real * halfB.imaginary) / x
    let turn = halfA * halfB
    return Complex(ratio * turn.real, ratio * turn.imaginary)
  }
}
