/// An array of numbers as a file holds it, row-major.
public struct NumericArray: Sendable, Hashable {
  /// The extents, slowest index first.
  public let shape: [Int]
  /// All numbers, the last index running fastest.
  public let elements: Elements

  /// The numbers, in the narrowest of three types that holds the file's type without loss.
  public enum Elements: Sendable, Hashable {
    /// Unsigned bytes: pixels, or labels below 256.
    case bytes([UInt8])
    case integers([Int])
    case reals([Double])
  }

  /// The numbers as they are, whatever their type was.
  public var doubles: [Double] {
    switch elements {
    case .bytes(let bytes): bytes.map(Double.init)
    case .integers(let integers): integers.map(Double.init)
    case .reals(let reals): reals
    }
  }

  /// The numbers as features: bytes are pixels and become 0...1, other numbers stay.
  func features(pixelMaximum: Int) -> [Float] {
    switch elements {
    case .bytes(let bytes):
      let scaled = (0...255).map { Float($0) / Float(pixelMaximum) }
      return bytes.map { scaled[Int($0)] }
    case .integers(let integers): return integers.map(Float.init)
    case .reals(let reals): return reals.map { Float($0) }
    }
  }

  /// The numbers as class labels.
  ///
  /// - Throws: `DatasetError.malformed` where a number is not an integer.
  func labels(path: String) throws(DatasetError) -> [Int] {
    switch elements {
    case .bytes(let bytes): return bytes.map(Int.init)
    case .integers(let integers): return integers
    case .reals(let reals):
      if let bad = reals.firstIndex(where: { Int(exactly: $0) == nil }) {
        throw .malformed(path: path, problem: "the label of sample \(bad) (from 0) is \(reals[bad])", expected: "an integer")
      }
      return reals.map { Int($0) }
    }
  }
}

/// How many elements a shape has, or nil where the product does not fit.
func elementCount(_ shape: [Int]) -> Int? {
  var count = 1
  for extent in shape {
    let (product, overflow) = count.multipliedReportingOverflow(by: extent)
    guard !overflow, extent >= 0 else { return nil }
    count = product
  }
  return count
}
