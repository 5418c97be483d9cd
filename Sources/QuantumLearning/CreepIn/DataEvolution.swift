import NeuralNetworks
import QuantumStates

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The evolution `exp(i S / L)` under one sample's numbers, as a series of Chebyshev polynomials.
///
/// F, the Frobenius norm of S or L where that is larger, bounds the spectrum. With r = F / L,
/// ```
/// exp(i S / L) = sum_k c_k T_k(S / F),     c_k = (2 - [k = 0]) i^k J_k(r)
/// ```
/// down to the precision of `Scalar`: some ten terms more than r. A term is one product of S with a state, so that an evolution costs
/// O(r 4^n) and needs no spectrum. Its derivative by S is exact for the series.
///
/// States are d real parts, then d imaginary ones.
///
/// Source: Tal-Ezer and Kosloff, "An accurate and efficient scheme for propagating the time dependent Schrödinger equation", Journal
/// of Chemical Physics 81 (1984) 3967.
struct DataEvolution<Scalar: TensorScalar>: Sendable {
  let dimension: Int
  /// S, row by row.
  private let matrix: [Scalar]
  private let norm: Double
  /// `(2 - [k = 0]) J_k(r)`
  private let weights: [Scalar]
  private let kernels: Kernels

  /// The largest r: the terms that are kept for the way back grow with it, and data so large come from a training that diverges.
  private static var largestAngle: Double { 1024 }

  /// - Returns: nil for numbers that are not finite, or so large that r is above 1,024.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  init?(_ inputs: UnsafePointer<Scalar>, count: Int, dimension: Int, repetitions: Int) {
    var elements = [Scalar](repeating: 0, count: dimension * dimension)
    var squares = 0.0
    elements.withUnsafeMutableBufferPointer { elements in
      for k in 0..<count {
        let (half, row, column) = (inputs[k] / 2, k / dimension, k % dimension)
        elements[row * dimension + column] += half
        elements[column * dimension + row] += half
      }
      for element in elements { squares += Double(element) * Double(element) }
    }
    // A smaller bound would leave terms out that are nothing for a small S but not for its derivative.
    let norm = max(squares.squareRoot(), Double(repetitions))
    let angle = norm / Double(repetitions)
    guard angle <= Self.largestAngle else { return nil }
    (self.dimension, self.norm, matrix) = (dimension, norm, elements)
    kernels = SIMDLevel.current.kernels(Scalar.self == Float.self ? .float : .double)
    var weights: [Scalar] = []
    let smallest = Double(Scalar.ulpOfOne) / 4
    while true {
      let k = weights.count
      let value = jn(Int32(k), angle)
      // Behind k = r the values fall faster than any power.
      if Double(k) > angle, abs(value) < smallest { break }
      weights.append(Scalar(k == 0 ? value : 2 * value))
    }
    self.weights = weights
  }

  /// Numbers in the stack of one evolution.
  var stackCount: Int { weights.count * 2 * dimension }

  /// `state <- exp(i S / L) state`
  ///
  /// - Parameter stack: gets the terms `T_k(S / F) state`, the first of them halved: what `evolveBack` needs.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  func evolve(_ state: UnsafeMutablePointer<Scalar>, stack: UnsafeMutablePointer<Scalar>) {
    let width = 2 * dimension
    stack.initialize(from: state, count: width)
    for j in 0..<width { state[j] *= weights[0] }
    for k in 1..<max(1, weights.count) {
      let term = stack + k * width
      matrix.withUnsafeBufferPointer { matrix in
        kernels.symmetricStep(
          matrix.baseAddress!, dimension: dimension, term - width, scale: (k == 1 ? 1 : 2) / norm,
          previous: k == 1 ? nil : UnsafePointer(term - 2 * width), into: term)
      }
      add(weights[k], quarterTurns: k, of: term, to: state)
    }
    for j in 0..<width { stack[j] /= 2 }
  }

  /// `costate <- exp(-i S / L) costate`; the derivative by the entries of S is added to `gradient`, row by row.
  ///
  /// The recurrence T_(k+1) = 2 X T_k - T_(k-1) read backwards: `b_k = conj(c_k) l + 2 X b_(k+1) - b_(k+2)`, and
  /// `d loss = Re sum_k (2 - [k = 0]) <b_(k+1)| dX |T_k s>` with X = S / F.
  ///
  /// - Parameters:
  ///   - stack: of `evolve`.
  ///   - gradient: nil where none is asked for.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  func evolveBack(
    _ costate: UnsafeMutablePointer<Scalar>, stack: UnsafePointer<Scalar>, gradient: UnsafeMutablePointer<Scalar>?
  ) {
    let (width, last) = (2 * dimension, weights.count - 1)
    withUnsafeTemporaryAllocation(of: Scalar.self, capacity: stackCount) { rows in
      let rows = rows.baseAddress!
      rows.initialize(repeating: 0, count: stackCount)
      for k in stride(from: last, through: 0, by: -1) {
        let row = rows + k * width
        if k < last {
          matrix.withUnsafeBufferPointer { matrix in
            kernels.symmetricStep(
              matrix.baseAddress!, dimension: dimension, row + width, scale: (k == 0 ? 1 : 2) / norm,
              previous: k + 1 < last ? UnsafePointer(row + 2 * width) : nil, into: row)
          }
        }
        add(weights[k], quarterTurns: -k, of: costate, to: row)
      }
      costate.update(from: rows, count: width)
      guard let gradient, last > 0 else { return }
      // Real and imaginary parts are rows of their own.
      Scalar.gemm(
        transposeA: true, transposeB: false, m: dimension, n: dimension, k: 2 * last, alpha: Scalar(2 / norm), a: rows + width,
        lda: dimension, b: stack, ldb: dimension, beta: 1, c: gradient, ldc: dimension)
    }
  }

  /// `sum += factor i^turns term`
  @inline(__always)
  private func add(
    _ factor: Scalar, quarterTurns turns: Int, of term: UnsafePointer<Scalar>, to sum: UnsafeMutablePointer<Scalar>
  ) {
    let signed = turns & 2 == 0 ? factor : -factor
    if turns & 1 == 0 {
      for j in 0..<2 * dimension { sum[j] += signed * term[j] }
    } else {
      for j in 0..<dimension {
        sum[j] -= signed * term[dimension + j]
        sum[dimension + j] += signed * term[j]
      }
    }
  }
}
