/// Square real matrices of 4^k rows in plain memory: what a step's matrix is multiplied up from.
enum SmallMatrix {
  /// result = left * right; result is neither of them.
  static func multiply(
    _ size: Int, _ left: UnsafePointer<Double>, _ right: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>
  ) {
    result.update(repeating: 0, count: size * size)
    for row in 0..<size {
      let sums = result + row * size
      for inner in 0..<size where left[row * size + inner] != 0 {
        let (factor, other) = (left[row * size + inner], right + inner * size)
        for column in 0..<size { sums[column] += factor * other[column] }
      }
    }
  }

  /// The entries that a product of matrices with these patterns can have.
  static func product(_ size: Int, _ left: [Bool], _ right: [Bool]) -> [Bool] {
    var result = [Bool](repeating: false, count: size * size)
    for row in 0..<size {
      for inner in 0..<size where left[row * size + inner] {
        for column in 0..<size where right[inner * size + column] { result[row * size + column] = true }
      }
    }
    return result
  }

  static func transposed<Element>(_ size: Int, _ matrix: [Element]) -> [Element] {
    matrix.indices.map { matrix[$0 % size * size + $0 / size] }
  }
}
