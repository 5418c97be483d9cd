import LinearAlgebra
import QuantumStates
import Synchronization

/// A factor of a step's matrix on Pauli components, with its derivatives.
///
/// A class only so that walking the parts of a circuit copies nothing; it never changes.
final class TransferPart: Sendable {
  enum Form: Sendable {
    case fixed([Double])
    /// `A0 + c A1 + s A2 + c² A3 + cs A4 + s² A5` with c, s the cosine and sine of w times an angle.
    case rotation(angle: Int, frequency: Double, matrices: [[Double]])
    /// A channel: its entries as expressions in `strengths`, which stand for the parameters 0, 1, ...
    case channel(strengths: [Int], entries: [TransferEntry], derivatives: [[TransferEntry]])
  }

  let form: Form
  /// Rows: 4^k.
  let size: Int
  /// The angles that it depends on.
  let angles: [Int]
  /// Which entries can differ from zero.
  let pattern: [Bool]
  /// The same for the inverse.
  let inversePattern: [Bool]
  /// Whether the inverse is the transpose, as for every unitary.
  let isOrthogonal: Bool
  /// Of a fixed matrix that is not orthogonal, once it has been asked for: only gradients do, and it costs more than all the rest
  /// of a part.
  private let fixedInverse = Mutex<Inverse?>(nil)

  /// An inverse, nil where there is none, and the ratio of the largest to the least singular value.
  private struct Inverse {
    let matrix: [Double]?
    let condition: Double
  }

  init(_ form: Form, size: Int, isOrthogonal: Bool) {
    self.form = form
    self.size = size
    self.isOrthogonal = isOrthogonal
    switch form {
    case .fixed(let matrix):
      angles = []
      pattern = matrix.map { $0 != 0 }
    case .rotation(let angle, _, let matrices):
      angles = [angle]
      pattern = matrices[0].indices.map { entry in matrices.contains { abs($0[entry]) > 1e-15 } }
    case .channel(let strengths, let entries, _):
      angles = strengths
      var pattern = [Bool](repeating: false, count: size * size)
      for entry in entries { pattern[entry.row * size + entry.column] = true }
      self.pattern = pattern
    }
    if isOrthogonal {
      inversePattern = SmallMatrix.transposed(size, pattern)
    } else {
      // Powers of the matrix span its inverse, and their pattern grows to a closure.
      var closure = pattern
      for row in 0..<size { closure[row * size + row] = true }
      while true {
        let next = SmallMatrix.product(size, closure, closure)
        if next == closure { break }
        closure = next
      }
      inversePattern = closure
    }
  }

  /// Writes the matrix for the values of all angles.
  func write(_ values: UnsafePointer<Double>, to result: UnsafeMutablePointer<Double>) {
    switch form {
    case .fixed(let matrix): for (entry, value) in matrix.enumerated() { result[entry] = value }
    case .rotation(let angle, let frequency, let matrices):
      let (c, s) = (Double.cos(frequency * values[angle]), Double.sin(frequency * values[angle]))
      combine(matrices, (1, c, s, c * c, c * s, s * s), into: result)
    case .channel(let strengths, let entries, _): write(entries, strengths, values, to: result)
    }
  }

  /// Writes the derivative by `angles[place]`.
  func writeDerivative(_ place: Int, _ values: UnsafePointer<Double>, to result: UnsafeMutablePointer<Double>) {
    switch form {
    case .fixed: result.update(repeating: 0, count: size * size)
    case .rotation(let angle, let w, let matrices):
      let (c, s) = (Double.cos(w * values[angle]), Double.sin(w * values[angle]))
      combine(matrices, (0, -w * s, w * c, -2 * w * c * s, w * (c * c - s * s), 2 * w * s * c), into: result)
    case .channel(let strengths, _, let derivatives): write(derivatives[place], strengths, values, to: result)
    }
  }

  /// Writes the inverse and returns the condition number; infinite, and nothing written, where there is no inverse.
  func writeInverse(_ values: UnsafePointer<Double>, matrix: UnsafePointer<Double>, to result: UnsafeMutablePointer<Double>)
    -> Double
  {
    if isOrthogonal {
      for row in 0..<size {
        for column in 0..<size { result[column * size + row] = matrix[row * size + column] }
      }
      return 1
    }
    let inverse: Inverse
    if case .fixed(let matrix) = form {
      inverse = fixedInverse.withLock { known in
        if let known { return known }
        let found = Self.inverse(matrix, size: size)
        known = found
        return found
      }
    } else {
      inverse = Self.inverse(Array(UnsafeBufferPointer(start: matrix, count: size * size)), size: size)
    }
    if let matrix = inverse.matrix { for (entry, value) in matrix.enumerated() { result[entry] = value } }
    return inverse.condition
  }

  private func combine(
    _ m: [[Double]], _ f: (Double, Double, Double, Double, Double, Double), into result: UnsafeMutablePointer<Double>
  ) {
    for entry in 0..<size * size {
      let low = f.0 * m[0][entry] + f.1 * m[1][entry] + f.2 * m[2][entry]
      result[entry] = low + f.3 * m[3][entry] + f.4 * m[4][entry] + f.5 * m[5][entry]
    }
  }

  private func write(
    _ entries: [TransferEntry], _ strengths: [Int], _ values: UnsafePointer<Double>, to result: UnsafeMutablePointer<Double>
  ) {
    result.update(repeating: 0, count: size * size)
    for entry in entries {
      result[entry.row * size + entry.column] = entry.value.value { symbol in
        guard case .parameter(let index) = symbol else {
          preconditionFailure("TransferPart: a channel's row uses the feature \(symbol)")
        }
        return values[strengths[index]]
      }
    }
  }

  private static func inverse(_ matrix: [Double], size: Int) -> Inverse {
    let matrix = RealMatrix(rows: size, columns: size, elements: matrix)
    guard let values = try? matrix.singularValues(), let least = values.last, least > 1e-12, let inverse = try? matrix.inverse()
    else {
      return Inverse(matrix: nil, condition: .infinity)
    }
    return Inverse(matrix: inverse.elements, condition: values[0] / least)
  }
}

extension TransferPart {
  /// A unitary matrix.
  static func unitary(_ matrix: ComplexMatrix) -> TransferPart {
    TransferPart(
      .fixed(rounded(PauliBasis.transfer([(matrix, matrix)]).elements)), size: matrix.rows * matrix.rows, isOrthogonal: true)
  }

  /// `exp(-i w t G)` with t the angle of that index and G^3 = G.
  static func rotation(_ generator: ComplexMatrix, frequency: Double, angle: Int) -> TransferPart {
    let square = generator * generator
    let rest = ComplexMatrix.identity(generator.rows) - square
    let i = Complex<Double>.i
    // U = (1 - G²) + c G² - i s G, times ρ, times its adjoint, by powers of c and s.
    let pairs: [[(ComplexMatrix, ComplexMatrix)]] = [
      [(rest, rest)], [(rest, square), (square, rest)], [(i * rest, generator), (-i * generator, rest)], [(square, square)],
      [(i * square, generator), (-i * generator, square)], [(generator, generator)],
    ]
    let matrices = pairs.map { rounded(PauliBasis.transfer($0).elements) }
    return TransferPart(
      .rotation(angle: angle, frequency: frequency, matrices: matrices), size: generator.rows * generator.rows, isOrthogonal: true)
  }

  /// What rounding left of zeros and ones, so that patterns are found.
  private static func rounded(_ entries: [Double]) -> [Double] {
    entries.map { abs($0 - $0.rounded()) < 1e-14 ? $0.rounded() : $0 }
  }
}
