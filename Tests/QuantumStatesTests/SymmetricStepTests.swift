import QuantumStates
import Randomness
import Testing

/// `i scale S x + previous` at every level and for sizes that fill registers, and some that do not, against the sum itself.
@Suite struct SymmetricStepTests {
  @Test(arguments: SIMDLevel.supported, [1, 2, 3, 4, 8, 16, 20, 37, 64, 128])
  func isTheProductWithTheMatrix(level: SIMDLevel, dimension: Int) {
    check(Float.self, .float, level, dimension, tolerance: 1e-5)
    check(Double.self, .double, level, dimension, tolerance: 1e-13)
  }

  private func check<Scalar: BinaryFloatingPoint>(
    _: Scalar.Type, _ precision: Precision, _ level: SIMDLevel, _ d: Int, tolerance: Double
  ) {
    var random = RandomSource(seed: 1, index: UInt64(d))
    func numbers(_ count: Int) -> [Scalar] { (0..<count).map { _ in Scalar(random.uniform(in: -1..<1)) } }
    var matrix = numbers(d * d)
    for row in 0..<d { for column in 0..<row { matrix[row * d + column] = matrix[column * d + row] } }
    let (state, previous, scale) = (numbers(2 * d), numbers(2 * d), 0.75)
    for isFirst in [true, false] {
      var result = previous
      result.withUnsafeMutableBufferPointer { result in
        level.kernels(precision).symmetricStep(
          matrix, dimension: d, state, scale: scale, previous: isFirst ? nil : UnsafePointer(result.baseAddress!),
          into: result.baseAddress!)
      }
      // i (x + i y) = -y + i x
      for (part, other, sign) in [(0, d, -1.0), (d, 0, 1.0)] {
        for row in 0..<d {
          var sum = 0.0
          for column in 0..<d { sum += Double(matrix[row * d + column]) * Double(state[other + column]) }
          let expected = sign * scale * sum + (isFirst ? 0 : Double(previous[part + row]))
          #expect(abs(Double(result[part + row]) - expected) < tolerance * Double(d).squareRoot())
        }
      }
    }
  }
}
