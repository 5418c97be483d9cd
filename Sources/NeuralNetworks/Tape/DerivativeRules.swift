// The calculus of the module on one screen: an operation, its value, and for each input the cotangent it receives from the
// cotangent g of the output z. Where operands were broadcast, cotangents are summed back to the operand's shape.
extension Variable {
  // Arithmetic with broadcasting: value, cotangent of a, cotangent of b.
  public static func + (a: Self, b: Self) -> Self { pair("+", a, b, { $0 + $1 }, { g, _, _ in g }, { g, _, _ in g }) }
  public static func - (a: Self, b: Self) -> Self { pair("-", a, b, { $0 - $1 }, { g, _, _ in g }, { g, _, _ in -g }) }
  public static func * (a: Self, b: Self) -> Self { pair("*", a, b, { $0 * $1 }, { g, _, b in g * b }, { g, a, _ in g * a }) }
  public static func / (a: Self, b: Self) -> Self {
    pair("/", a, b, { $0 / $1 }, { g, _, b in g / b }, { g, a, b in -g * a / (b * b) })
  }
  public static func * (c: Scalar, a: Self) -> Self { a.single("scale", c * a.value) { g in c * g } }
  public static prefix func - (a: Self) -> Self { -1 * a }

  // Functions of one number: their table is ElementwiseFunction.
  /// A function of every number.
  public func applying(_ function: ElementwiseFunction) -> Self {
    let (x, y, loop) = (value, function(value, loop: tape.loop), tape.loop)
    return single(function.rawValue, y) { g in function.pullback(g, x: x, y: y, loop: loop) }
  }

  // Matrix products.
  /// `A B` of matrices.
  public func product(_ b: Self) -> Self {
    let loop = tape.loop
    return Self.pair(
      "product", self, b, { .product($0, $1, loop: loop) },
      { g, _, b in .product(g, b, transposeB: true, loop: loop) }, { g, a, _ in .product(a, g, transposeA: true, loop: loop) })
  }
  /// `A B^T`
  public func product(transposing b: Self) -> Self {
    let loop = tape.loop
    return Self.pair(
      "product", self, b, { .product($0, $1, transposeB: true, loop: loop) },
      { g, _, b in .product(g, b, loop: loop) }, { g, a, _ in .product(g, a, transposeA: true, loop: loop) })
  }

  // Sums and movements.
  /// The sum of all numbers, shape `[]`.
  public func sum() -> Self { single("sum", value.sum()) { [shape] g in Tensor(shape: shape, repeating: g.scalar) } }
  /// The mean of all numbers, shape `[]`.
  public func mean() -> Self { (1 / Scalar(max(1, value.count))) * sum() }
  /// The sum over one axis, which disappears.
  public func sum(axis: Int) -> Self {
    single("sum", value.sum(axis: axis)) { [shape] g in g.reshaped(to: shape.with(1, at: axis)) + Tensor(shape: shape) }
  }
  /// The same numbers under another shape of the same count.
  public func reshaped(to newShape: [Int]) -> Self {
    single("reshaped", value.reshaped(to: newShape)) { [shape] g in g.reshaped(to: shape) }
  }
  /// The axes in another order, see `Tensor.permuted`.
  public func permuted(_ order: [Int]) -> Self {
    single("permuted", value.permuted(order)) { g in g.permuted(order.indices.map { order.firstIndex(of: $0)! }) }
  }
  /// The part of one axis that lies in `range`.
  public func sliced(axis: Int, _ range: Range<Int>) -> Self {
    single("sliced", value.sliced(axis: axis, range)) { [shape] g in
      .concatenated(
        [
          Tensor(shape: shape.with(range.lowerBound, at: axis)), g,
          Tensor(shape: shape.with(shape[axis] - range.upperBound, at: axis)),
        ], axis: axis)
    }
  }
  /// Variables laid one after another along an axis.
  public static func concatenated(_ parts: [Self], axis: Int) -> Self {
    let ends = parts.reduce(into: [0]) { $0.append($0.last! + $1.shape[axis]) }
    return parts[0].tape.record("concatenated", .concatenated(parts.map(\.value), axis: axis), from: parts) { g in
      zip(ends, ends.dropFirst()).map { g.sliced(axis: axis, $0..<$1) }
    }
  }

  // Softmax over the last axis: y = softmax(x), dx = y (g - sum(g y)); l = log softmax(x), dx = g - softmax(x) sum(g).
  /// `exp(x_i) / sum_j exp(x_j)` along the last axis.
  public func softmax() -> Self {
    let y = value.softmax(loop: tape.loop)
    return single("softmax", y) { g in
      let weighted = g * y
      return weighted - y * weighted.sumKeepingLastAxis()
    }
  }
  /// `x_i - log sum_j exp(x_j)` along the last axis.
  public func logSoftmax() -> Self {
    let l = value.logSoftmax(loop: tape.loop)
    return single("logSoftmax", l) { g in g - ElementwiseFunction.exponential(l) * g.sumKeepingLastAxis() }
  }
}

extension Variable {
  /// Records an operation on this variable alone.
  func single(_ name: String, _ value: Tensor<Scalar>, _ rule: @escaping (Tensor<Scalar>) -> Tensor<Scalar>) -> Self {
    tape.record(name, value, from: [self]) { g in [rule(g)] }
  }

  private typealias PairRule = (_ g: Tensor<Scalar>, _ a: Tensor<Scalar>, _ b: Tensor<Scalar>) -> Tensor<Scalar>

  /// Records an operation on two variables; a rule runs only for an input that needs it.
  private static func pair(
    _ name: String, _ a: Self, _ b: Self, _ value: (Tensor<Scalar>, Tensor<Scalar>) -> Tensor<Scalar>,
    _ ruleA: @escaping PairRule, _ ruleB: @escaping PairRule
  ) -> Self {
    let (x, y, needsA, needsB) = (a.value, b.value, a.needsGradient, b.needsGradient)
    return a.tape.record(name, value(x, y), from: [a, b]) { g in
      [needsA ? ruleA(g, x, y).summed(to: x.shape) : nil, needsB ? ruleB(g, x, y).summed(to: y.shape) : nil]
    }
  }
}

extension [Int] {
  /// The shape with another length at one axis.
  fileprivate func with(_ length: Int, at axis: Int) -> [Int] {
    var shape = self
    shape[axis] = length
    return shape
  }
}
