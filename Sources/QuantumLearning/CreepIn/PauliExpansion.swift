import NeuralNetworks

/// Matrices on n qubits as sums of Pauli strings, by n butterflies of four points instead of 4^n matrices.
///
/// The strings stand in lexicographic order, I < X < Y < Z, the first letter on the most significant qubit, without II...I:
/// coefficient k belongs to the string that k + 1 spells in base 4.
enum PauliExpansion {
  /// How many strings there are without the identity: 4^n - 1.
  static func stringCount(qubits: Int) -> Int { 1 << (2 * qubits) - 1 }

  /// `sum_k c_k P_k`.
  ///
  /// - Parameter imaginary: nil for real coefficients.
  /// - Complexity: O(n 4^n).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  static func matrix<Scalar: TensorScalar>(
    real: ArraySlice<Scalar>, imaginary: ArraySlice<Scalar>?, qubits: Int
  ) -> PlanarMatrix<Scalar> {
    let (dimension, area) = (1 << qubits, 1 << (2 * qubits))
    for part in [real, imaginary ?? real] {
      precondition(part.count == area - 1, "PauliExpansion: \(part.count) coefficients, expected \(area - 1)")
    }
    return withDigits(qubits) { digits, count in
      real.withUnsafeBufferPointer { (digits + 1).update(from: $0.baseAddress!, count: area - 1) }
      imaginary?.withUnsafeBufferPointer { (digits + count + 1).update(from: $0.baseAddress!, count: area - 1) }
      forEachButterfly(qubits, digits, count) { i, x, y, z in (i + z, x - y.turned, x + y.turned, i - z) }
      return PlanarMatrix(dimension: dimension) { numbers in
        for row in 0..<dimension {
          for column in 0..<dimension {
            let (place, digit) = (row * dimension + column, 2 * spread(row) + spread(column))
            (numbers + place).initialize(to: digits[digit])
            (numbers + area + place).initialize(to: digits[count + digit])
          }
        }
      }
    }
  }

  /// Real and imaginary parts of `tr(P_k M)` for every string, the adjoint of `matrix` up to conjugation.
  ///
  /// - Complexity: O(n 4^n).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  static func traces<Scalar: TensorScalar>(_ matrix: PlanarMatrix<Scalar>, qubits: Int) -> (real: [Scalar], imaginary: [Scalar]) {
    let (dimension, area) = (1 << qubits, 1 << (2 * qubits))
    precondition(matrix.dimension == dimension, "PauliExpansion: \(matrix.dimension) rows, expected \(dimension)")
    return withDigits(qubits) { digits, count in
      for row in 0..<dimension {
        for column in 0..<dimension {
          let (place, digit) = (row * dimension + column, 2 * spread(row) + spread(column))
          digits[digit] = matrix.numbers[place]
          digits[count + digit] = matrix.numbers[area + place]
        }
      }
      forEachButterfly(qubits, digits, count) { m00, m01, m10, m11 in (m00 + m11, m01 + m10, (m01 - m10).turned, m00 - m11) }
      return (
        Array(UnsafeBufferPointer(start: digits + 1, count: area - 1)),
        Array(UnsafeBufferPointer(start: digits + count + 1, count: area - 1))
      )
    }
  }

  /// Room for the real parts of 4^n numbers and, `count` further on, for the imaginary ones: all zero, 16 at least.
  @inline(__always)
  private static func withDigits<Scalar: TensorScalar, Result>(
    _ qubits: Int, _ body: (_ digits: UnsafeMutablePointer<Scalar>, _ count: Int) -> Result
  ) -> Result {
    let count = max(16, 1 << (2 * qubits))
    return withUnsafeTemporaryAllocation(of: Scalar.self, capacity: 2 * count) { digits in
      digits.initialize(repeating: 0)
      return body(digits.baseAddress!, count)
    }
  }

  /// The base-4 number whose digits are the bits of `index`: entry (r, c) of a matrix is at `2 spread(r) + spread(c)`.
  @inline(__always)
  private static func spread(_ index: Int) -> Int {
    var spread = (index | index << 4) & 0x0F0F
    spread = (spread | spread << 2) & 0x3333
    return (spread | spread << 1) & 0x5555
  }

  /// Replaces the four numbers that differ in one digit alone, digit after digit, four such groups at a time.
  @inline(__always)
  private static func forEachButterfly<Scalar: TensorScalar>(
    _ qubits: Int, _ digits: UnsafeMutablePointer<Scalar>, _ count: Int,
    _ turn: (Lanes<Scalar>, Lanes<Scalar>, Lanes<Scalar>, Lanes<Scalar>) -> (
      Lanes<Scalar>, Lanes<Scalar>, Lanes<Scalar>, Lanes<Scalar>
    )
  ) {
    for qubit in 0..<qubits {
      let step = 1 << (2 * qubit)
      // Groups that differ in the last digit lie one behind the other.
      let distance = qubit == 0 ? 4 : 1
      for block in stride(from: 0, to: count, by: max(16, 4 * step)) {
        for place in stride(from: block, to: block + step, by: 4) {
          let first = digits + place
          let result = turn(
            Lanes(first, count, distance), Lanes(first + step, count, distance), Lanes(first + 2 * step, count, distance),
            Lanes(first + 3 * step, count, distance))
          result.0.store(first, count, distance)
          result.1.store(first + step, count, distance)
          result.2.store(first + 2 * step, count, distance)
          result.3.store(first + 3 * step, count, distance)
        }
      }
    }
  }
}

/// Four complex numbers.
private struct Lanes<Scalar: TensorScalar> {
  var real: SIMD4<Scalar>
  var imaginary: SIMD4<Scalar>

  @inline(__always)
  init(real: SIMD4<Scalar>, imaginary: SIMD4<Scalar>) { (self.real, self.imaginary) = (real, imaginary) }

  /// Real parts `distance` from one to the next, imaginary parts `count` further on.
  @inline(__always)
  init(_ digits: UnsafeMutablePointer<Scalar>, _ count: Int, _ distance: Int) {
    func four(_ from: UnsafeMutablePointer<Scalar>) -> SIMD4<Scalar> {
      distance == 1 ? from.four : SIMD4(from[0], from[distance], from[2 * distance], from[3 * distance])
    }
    (real, imaginary) = (four(digits), four(digits + count))
  }

  @inline(__always)
  func store(_ digits: UnsafeMutablePointer<Scalar>, _ count: Int, _ distance: Int) {
    if distance == 1 {
      digits.four = real
      (digits + count).four = imaginary
    } else {
      for lane in 0..<4 { (digits[lane * distance], digits[count + lane * distance]) = (real[lane], imaginary[lane]) }
    }
  }

  @inline(__always)
  static func + (a: Self, b: Self) -> Self { Self(real: a.real + b.real, imaginary: a.imaginary + b.imaginary) }
  @inline(__always)
  static func - (a: Self, b: Self) -> Self { Self(real: a.real - b.real, imaginary: a.imaginary - b.imaginary) }
  /// Times i.
  @inline(__always)
  var turned: Self { Self(real: -imaginary, imaginary: real) }
}
