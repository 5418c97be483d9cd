import LinearAlgebra
import NeuralNetworks

/// The exponential of a square complex matrix in the precision of `Scalar`, with what its derivative needs.
///
/// The Taylor polynomial of degree 16 of `A / 2^s`, three powers and three more products by Paterson and Stockmeyer, squared s
/// times: no linear system, nothing but products. Al-Mohy and Higham's rule counts not the norm of A but those of its powers,
/// `max(||A^3||^(1/3), ||A^4||^(1/4))`, and takes the least s, six fewer than the norm says at most, for which that is within the
/// limit of the derivative: for matrices near to normal these norms come near to the spectral radius, a fifth of the norm on seven
/// qubits.
///
/// That the same s serves the derivative is a rule too: by its series for the norm, by the tests for the norms of powers. Rounding
/// leaves errors of the unit roundoff times the norm, which is what A itself is uncertain by.
///
/// - Complexity: 6 + s products, the derivative two for each of them.
///
/// Source: Al-Mohy and Higham, "A new scaling and squaring algorithm for the matrix exponential", SIAM J. Matrix Anal. 31 (2009),
/// for the norms of powers; Higham, Functions of Matrices, 2008, section 4.2 and theorem 3.6 (Mathias) for polynomial and
/// derivative.
package struct ScaledExponential<Scalar: TensorScalar>: Sendable {
  private let products: PlanarProducts<Scalar>
  /// c_k of the polynomial in `X = A scale`.
  private let coefficients: [Scalar]
  private let scale: Scalar
  /// How often the polynomial is squared.
  package let squarings: Int
  /// X, X^2, X^3, X^4, and the three values of Horner's scheme in X^4 before the last.
  private let powers: [Scalar]
  /// The polynomial, its square, that one's square and so on to the exponential.
  private let roots: [Scalar]

  /// The largest norm of `A / 2^s`: where `sum_k k |h_k| x^(k-1)`, the derivative of the backward error `h(x) = log T_16(x) - x`,
  /// is the unit roundoff, 2^-24 or 2^-53. It is a bound for the derivative; the exponential alone would allow 2.478 and 0.780.
  private static var limit: Double { Scalar.self == Float.self ? 2.1075919 : 0.65696843 }

  /// - Returns: nil for numbers that are not finite, a norm above 1 / ulp(1), of whose phases no digit is known, or too large a
  ///   result.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package init?(_ matrix: PlanarMatrix<Scalar>) {
    let products = PlanarProducts<Scalar>(dimension: matrix.dimension)
    let (area, count) = (products.area, products.count)
    let norm = matrix.numbers.withUnsafeBufferPointer { products.norm($0.baseAddress!) }
    guard norm * Double(Scalar.ulpOfOne) < 1 else { return nil }
    let most = max(0, Int(Double.log2(max(norm / Self.limit, 1)).rounded(.up)))
    let scale = Scalar(Double.exp2(-Double(most)))
    var (coefficients, squarings) = ([Scalar](), most)
    let scratch = UnsafeMutablePointer<Scalar>.allocate(capacity: area)
    defer { scratch.deallocate() }
    let powers = [Scalar](unsafeUninitializedCapacity: 7 * count) { buffer, filled in
      let x = buffer.baseAddress!
      let (second, third, fourth) = (x + count, x + 2 * count, x + 3 * count)
      products.fill(x, with: matrix, times: scale)
      products.multiply(x, x, into: second, scratch: scratch)
      products.multiply(second, x, into: third, scratch: scratch)
      products.multiply(second, second, into: fourth, scratch: scratch)
      var ratio = 1.0
      if most > 0 {
        let effective = max(Double.pow(products.norm(third), 1.0 / 3), products.norm(fourth).squareRoot().squareRoot())
        // Six fewer at most: the coefficients stay far from overflow however far the matrix is from normal.
        while squarings > max(0, most - 6), 2 * ratio * effective <= Self.limit { (ratio, squarings) = (2 * ratio, squarings - 1) }
      }
      coefficients = Self.taylor(ratio)
      for value in 0..<3 {
        let target = x + (4 + value) * count
        if value > 0 { products.multiply(target - count, fourth, into: target, scratch: scratch) }
        Self.add(coefficients[(12 - 4 * value)...], of: x, hasFourth: value == 0, to: target, products)
      }
      filled = 7 * count
    }
    let roots = [Scalar](unsafeUninitializedCapacity: (squarings + 1) * count) { buffer, filled in
      let root = buffer.baseAddress!
      powers.withUnsafeBufferPointer { powers in
        let x = powers.baseAddress!
        products.multiply(x + 6 * count, x + 3 * count, into: root, scratch: scratch)
        Self.add(coefficients[...], of: x, hasFourth: false, to: root, products)
      }
      for k in 0..<squarings {
        products.multiply(root + k * count, root + k * count, into: root + (k + 1) * count, scratch: scratch)
      }
      filled = (squarings + 1) * count
    }
    guard roots.withUnsafeBufferPointer({ products.norm($0.baseAddress! + squarings * count) }).isFinite else { return nil }
    (self.products, self.coefficients, self.scale, self.squarings) = (products, coefficients, scale, squarings)
    (self.powers, self.roots) = (powers, roots)
  }

  /// `e^A`
  package var matrix: PlanarMatrix<Scalar> {
    roots.withUnsafeBufferPointer { roots in
      products.matrix(roots.baseAddress! + squarings * products.count)
    }
  }

  /// The directional (Fréchet) derivative `L(A, E) = d/dt exp(A + t E)` at t = 0.
  ///
  /// It is the upper right block of the exponential of `[[A, E], [0, A]]`: the same polynomial and squarings, of which only the
  /// corners are computed, from the blocks on the diagonal that the exponential has left behind.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func derivative(along direction: PlanarMatrix<Scalar>) -> PlanarMatrix<Scalar> {
    let count = products.count
    return withUnsafeTemporaryAllocation(of: Scalar.self, capacity: 6 * count + products.area) { buffer in
      let (e, scratch) = (buffer.baseAddress!, buffer.baseAddress! + 6 * count)
      let (second, third, fourth) = (e + count, e + 2 * count, e + 3 * count)
      var (corner, next) = (e + 4 * count, e + 5 * count)
      products.fill(e, with: direction, times: scale)
      powers.withUnsafeBufferPointer { powers in
        let x = powers.baseAddress!
        products.multiply(x, e, e, x, into: second, scratch: scratch)
        products.multiply(x + count, e, second, x, into: third, scratch: scratch)
        products.multiply(x + count, second, second, x + count, into: fourth, scratch: scratch)
        Self.add(coefficients[12...], of: e, hasFourth: true, isCorner: true, to: corner, products)
        for value in 0..<3 {
          products.multiply(x + (4 + value) * count, fourth, corner, x + 3 * count, into: next, scratch: scratch)
          Self.add(coefficients[(8 - 4 * value)...], of: e, hasFourth: false, isCorner: true, to: next, products)
          swap(&corner, &next)
        }
      }
      roots.withUnsafeBufferPointer { roots in
        for k in 0..<squarings {
          let root = roots.baseAddress! + k * count
          products.multiply(root, corner, corner, root, into: next, scratch: scratch)
          swap(&corner, &next)
        }
      }
      return products.matrix(corner)
    }
  }

  /// `ratio^k / k!`
  private static func taylor(_ ratio: Double) -> [Scalar] {
    var (coefficients, term) = ([Scalar](), 1.0)
    coefficients.reserveCapacity(17)
    for k in 0...16 {
      coefficients.append(Scalar(term))
      term *= ratio / Double(k + 1)
    }
    return coefficients
  }

  /// `target <- target + c_0 + c_1 X + c_2 X^2 + c_3 X^3`, or, with a fourth power, the first value of Horner's scheme,
  /// `target <- c_0 + ... + c_4 X^4`.
  ///
  /// - Parameter isCorner: true for the corners of block-triangular powers, where the one has none.
  @inline(__always)
  private static func add(
    _ c: ArraySlice<Scalar>, of x: UnsafePointer<Scalar>, hasFourth: Bool, isCorner: Bool = false,
    to target: UnsafeMutablePointer<Scalar>, _ products: PlanarProducts<Scalar>
  ) {
    let (first, count) = (c.startIndex, products.count)
    let (one, two, three) = (c[first + 1], c[first + 2], c[first + 3])
    if hasFourth {
      let four = c[first + 4]
      for j in 0..<count {
        target[j] = one * x[j] + two * x[count + j] + three * x[2 * count + j] + four * x[3 * count + j]
      }
    } else {
      for j in 0..<count { target[j] += one * x[j] + two * x[count + j] + three * x[2 * count + j] }
    }
    if isCorner { return }
    for j in stride(from: 0, to: products.area, by: products.dimension + 1) {
      target[j] += c[first]
      target[2 * products.area + j] += c[first]
    }
  }
}
