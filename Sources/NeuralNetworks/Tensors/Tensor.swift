/// A row-major array of numbers with a shape: the last axis is contiguous.
///
/// A value: copies share storage until one of them is changed. In a batch the first axis counts the samples.
///
/// ```swift
/// let batch = Tensor<Float>(shape: [2, 3], scalars: [1, 2, 3, 4, 5, 6])
/// batch[1, 0]  // 4
/// ```
public struct Tensor<Scalar: TensorScalar>: Hashable, Sendable {
  /// Lengths of the axes; empty for a single number.
  public private(set) var shape: [Int]
  /// The numbers, last axis fastest.
  public var scalars: [Scalar] {
    didSet { precondition(scalars.count == count, "Tensor: shape \(shape) holds \(count) scalars, found \(scalars.count)") }
  }

  /// How many numbers the shape holds.
  public var count: Int { shape.elementCount }

  /// A tensor of given numbers.
  public init(shape: [Int], scalars: [Scalar]) {
    precondition(shape.allSatisfy { $0 >= 0 }, "Tensor: shape \(shape) has a negative length")
    precondition(
      scalars.count == shape.elementCount, "Tensor: shape \(shape) holds \(shape.elementCount) scalars, found \(scalars.count)")
    self.shape = shape
    self.scalars = scalars
  }

  /// A tensor with the same number everywhere.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public init(shape: [Int], repeating scalar: Scalar = 0) {
    self.init(shape: shape, scalars: Array(repeating: scalar, count: shape.elementCount))
  }

  /// A single number; its shape is `[]`.
  public init(_ scalar: Scalar) { self.init(shape: [], scalars: [scalar]) }

  /// A matrix of given rows, all of one length.
  public init(rows: [[Scalar]]) {
    let columns = rows.first?.count ?? 0
    precondition(rows.allSatisfy { $0.count == columns }, "Tensor: rows have lengths \(rows.map(\.count)), expected one length")
    self.init(shape: [rows.count, columns], scalars: rows.flatMap { $0 })
  }

  /// A tensor whose every scalar `fill` writes: nothing is zeroed first.
  package init(shape: [Int], filledBy fill: (UnsafeMutablePointer<Scalar>) throws -> Void) rethrows {
    let count = shape.elementCount
    self.shape = shape
    scalars = try [Scalar](unsafeUninitializedCapacity: max(count, 1)) { buffer, initialized in
      try fill(buffer.baseAddress!)
      initialized = count
    }
  }

  /// The number at one index per axis.
  public subscript(indices: Int...) -> Scalar {
    get { scalars[offset(of: indices)] }
    set { scalars[offset(of: indices)] = newValue }
  }

  /// The only number of a tensor with one.
  public var scalar: Scalar {
    precondition(count == 1, "Tensor.scalar: needs exactly one scalar, found shape \(shape)")
    return scalars[0]
  }

  /// The same numbers under another shape of the same count.
  public func reshaped(to newShape: [Int]) -> Tensor {
    precondition(newShape.elementCount == count, "Tensor.reshaped: shape \(shape) cannot become \(newShape)")
    var result = self
    result.shape = newShape
    return result
  }

  /// The same numbers in another precision.
  @specialized(where Scalar == Float, Other == Double)
  @specialized(where Scalar == Double, Other == Float)
  public func converted<Other: TensorScalar>(to _: Other.Type = Other.self) -> Tensor<Other> {
    if let same = self as? Tensor<Other> { return same }
    return Tensor<Other>(shape: shape, scalars: scalars.map { Other($0) })
  }

  private func offset(of indices: [Int]) -> Int {
    precondition(indices.count == shape.count, "Tensor: shape \(shape) needs \(shape.count) indices, found \(indices.count)")
    return zip(indices, shape).reduce(0) { offset, next in
      precondition((0..<next.1).contains(next.0), "Tensor: index \(indices) lies outside shape \(shape)")
      return offset * next.1 + next.0
    }
  }
}

extension Tensor {
  /// Runs `body` with the first number's address; the storage stays unique to this tensor afterwards.
  package mutating func withMutableBase<Result>(_ body: (UnsafeMutablePointer<Scalar>) throws -> Result) rethrows -> Result {
    try scalars.withUnsafeMutableBufferPointer { try body($0.baseAddress!) }
  }

  /// Runs `body` with the first number's address.
  package func withBase<Result>(_ body: (UnsafePointer<Scalar>) throws -> Result) rethrows -> Result {
    try scalars.withUnsafeBufferPointer { try body($0.baseAddress!) }
  }

  /// Whether no number is infinite or not a number.
  ///
  /// - Complexity: O(count).
  public var isFinite: Bool {
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    get {
      // x - x is 0 for finite x and NaN otherwise; adding keeps the loop free of branches.
      scalars.withUnsafeBufferPointer { x in sumOf(x.count) { x[$0] - x[$0] } == 0 }
    }
  }
}

extension Tensor: CustomStringConvertible {
  /// Shape and the first few numbers.
  public var description: String {
    let shown = scalars.prefix(8).map { "\($0)" }.joined(separator: ", ")
    return "Tensor\(shape) [\(shown)\(count > 8 ? ", ..." : "")]"
  }
}

extension [Int] {
  /// How many numbers a tensor of this shape holds.
  package var elementCount: Int { reduce(1, *) }
}
