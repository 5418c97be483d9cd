import Execution

/// A function of one number, applied to every scalar of a tensor: one row for its value, one for its derivative.
///
/// The raw value is the name in configurations.
public enum ElementwiseFunction: String, CaseIterable, Sendable, Codable {
  case exponential, logarithm, squareRoot, square, absolute, reciprocal, sine, cosine
  case relu, leakyReLU, elu, gelu, silu, softplus, sigmoid, tanh

  /// Slope of `leakyReLU` for negative numbers.
  public static var leak: Double { 0.01 }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  private func writeValues<Scalar: TensorScalar>(
    _ x: UnsafePointer<Scalar>, _ y: UnsafeMutablePointer<Scalar>, _ range: Range<Int>
  ) {
    @inline(__always) func row(_ value: (Scalar) -> Scalar) { for i in range { y[i] = value(x[i]) } }
    switch self {
    case .exponential: row { .exponential($0) }
    case .logarithm: row { .logarithm($0) }
    case .squareRoot: row { $0.squareRoot() }
    case .square: row { $0 * $0 }
    case .absolute: row { $0.magnitude }
    case .reciprocal: row { 1 / $0 }
    case .sine: row { .sine($0) }
    case .cosine: row { .cosine($0) }
    case .relu: row { $0 < 0 ? 0 : $0 }
    case .leakyReLU:
      let leak = Scalar(Self.leak)
      row { $0 < 0 ? leak * $0 : $0 }
    case .elu: row { $0 < 0 ? .exponential($0) - 1 : $0 }
    case .gelu: row { $0 * normalDistribution($0) }
    case .silu: row { $0 / (1 + .exponential(-$0)) }
    case .softplus: row { ($0 < 0 ? 0 : $0) + .logarithm(onePlus: .exponential(-$0.magnitude)) }
    case .sigmoid: row { 1 / (1 + .exponential(-$0)) }
    case .tanh: row { .hyperbolicTangent($0) }
    }
  }

  /// `dx = g f'(x)`, where `y = f(x)` is at hand.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  private func writeCotangents<Scalar: TensorScalar>(
    _ g: UnsafePointer<Scalar>, _ x: UnsafePointer<Scalar>, _ y: UnsafePointer<Scalar>,
    _ dx: UnsafeMutablePointer<Scalar>, _ range: Range<Int>
  ) {
    @inline(__always) func row(_ slope: (Scalar, Scalar) -> Scalar) { for i in range { dx[i] = g[i] * slope(x[i], y[i]) } }
    switch self {
    case .exponential: row { _, y in y }
    case .logarithm: row { x, _ in 1 / x }
    case .squareRoot: row { _, y in 1 / (2 * y) }
    case .square: row { x, _ in 2 * x }
    case .absolute: row { x, _ in x == 0 ? 0 : Scalar(signOf: x, magnitudeOf: 1) }
    case .reciprocal: row { _, y in 0 - y * y }
    case .sine: row { x, _ in .cosine(x) }
    case .cosine: row { x, _ in 0 - Scalar.sine(x) }
    case .relu: row { x, _ in x > 0 ? 1 : 0 }
    case .leakyReLU:
      let leak = Scalar(Self.leak)
      row { x, _ in x > 0 ? 1 : leak }
    case .elu: row { x, y in x > 0 ? 1 : y + 1 }
    case .gelu: row { x, _ in normalDistribution(x) + x * normalDensity(x) }
    case .silu:
      row { x, y in
        let s = 1 / (1 + Scalar.exponential(-x))
        return s + y * (1 - s)
      }
    case .softplus: row { x, _ in 1 / (1 + .exponential(-x)) }
    case .sigmoid: row { _, y in y * (1 - y) }
    case .tanh: row { _, y in 1 - y * y }
    }
  }
}

extension ElementwiseFunction {
  /// Numbers in one piece of work.
  private static var slice: Int { 1 << 14 }

  /// `f` of every number.
  public func callAsFunction<Scalar: TensorScalar>(_ x: Tensor<Scalar>, loop: ParallelLoop = .serial) -> Tensor<Scalar> {
    Tensor(shape: x.shape) { target in
      x.withBase { source in
        loop.run(count: x.count, inSlicesOf: Self.slice) { writeValues(source, target, $0) }
      }
    }
  }

  /// The cotangent of `x` for a cotangent `g` of `y = f(x)`.
  func pullback<Scalar: TensorScalar>(
    _ g: Tensor<Scalar>, x: Tensor<Scalar>, y: Tensor<Scalar>, loop: ParallelLoop
  ) -> Tensor<Scalar> {
    Tensor(shape: x.shape) { target in
      g.withBase { g in
        x.withBase { xs in
          y.withBase { ys in loop.run(count: x.count, inSlicesOf: Self.slice) { writeCotangents(g, xs, ys, target, $0) } }
        }
      }
    }
  }
}

/// Phi(x), the distribution function of the standard normal distribution.
@inline(__always)
private func normalDistribution<Scalar: TensorScalar>(_ x: Scalar) -> Scalar {
  (1 + .errorFunction(x * Scalar(0.5).squareRoot())) / 2
}

/// phi(x), its density.
@inline(__always)
private func normalDensity<Scalar: TensorScalar>(_ x: Scalar) -> Scalar {
  .exponential(-x * x / 2) / (2 * Scalar.pi).squareRoot()
}
