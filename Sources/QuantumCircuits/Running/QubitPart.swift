import LinearAlgebra

/// A part of a step on one qubit: a fixed matrix, or `I + (cos - 1) G^2 - i sin G`, as `constant + cos * cosine + sin * sine`.
struct QubitPart: Sendable {
  /// What the generator is: rotations around an axis take a fourth of the arithmetic of any other.
  private enum Kind: Sendable { case fixed, x, y, z, other }

  let constant: QubitMatrix
  let cosine: QubitMatrix
  let sine: QubitMatrix
  /// The G of a rotation.
  let generator: QubitMatrix
  let frequency: Double
  /// Nil for a matrix that never changes.
  let angle: Int?
  private let kind: Kind

  init(_ part: Step.Part) {
    switch part {
    case .fixed(let entries):
      let zero = QubitMatrix(0, 0, 0, 0)
      (constant, cosine, sine, self.generator, frequency, angle) = (QubitMatrix(entries), zero, zero, zero, 0, nil)
      kind = .fixed
    case .rotation(let generator, let square, let frequency, let angle):
      constant = QubitMatrix(1 - square[0], -square[1], -square[2], 1 - square[3])
      cosine = QubitMatrix(square)
      self.generator = QubitMatrix(generator)
      sine = QubitMatrix(generator.map { Complex($0.imaginary, -$0.real) })
      (self.frequency, self.angle) = (frequency, angle)
      kind =
        switch generator {
        case [0, 1, 1, 0]: .x
        case [0, Complex(0, -1), Complex(0, 1), 0]: .y
        case [1, 0, 0, -1]: .z
        default: .other
        }
    }
  }

  private func combine(_ one: Double, _ c: Double, _ s: Double) -> QubitMatrix {
    func sum(_ a: Complex<Double>, _ b: Complex<Double>, _ d: Complex<Double>) -> Complex<Double> {
      Complex(one * a.real + c * b.real + s * d.real, one * a.imaginary + c * b.imaginary + s * d.imaginary)
    }
    return QubitMatrix(
      sum(constant.m00, cosine.m00, sine.m00), sum(constant.m01, cosine.m01, sine.m01),
      sum(constant.m10, cosine.m10, sine.m10), sum(constant.m11, cosine.m11, sine.m11))
  }

  func matrix(_ tables: AngleTables) -> QubitMatrix {
    guard let angle else { return constant }
    let (c, s) = (tables.cosine(angle)[0], tables.sine(angle)[0])
    switch kind {
    case .x: return QubitMatrix(Complex(c), Complex(0, -s), Complex(0, -s), Complex(c))
    case .y: return QubitMatrix(Complex(c), Complex(-s), Complex(s), Complex(c))
    case .z: return QubitMatrix(Complex(c, -s), 0, 0, Complex(c, s))
    case .fixed, .other: return combine(1, c, s)
    }
  }

  /// The part times a matrix.
  func applied(to m: QubitMatrix, _ tables: AngleTables) -> QubitMatrix {
    guard let angle, kind != .other else { return matrix(tables) * m }
    let (c, s) = (tables.cosine(angle)[0], tables.sine(angle)[0])
    /// c a + s b, and the same with -i b or i b.
    func real(_ a: Complex<Double>, _ b: Complex<Double>, _ s: Double) -> Complex<Double> {
      Complex(c * a.real + s * b.real, c * a.imaginary + s * b.imaginary)
    }
    func turned(_ a: Complex<Double>, _ b: Complex<Double>, _ s: Double) -> Complex<Double> {
      Complex(c * a.real + s * b.imaginary, c * a.imaginary - s * b.real)
    }
    switch kind {
    case .x:
      return QubitMatrix(turned(m.m00, m.m10, s), turned(m.m01, m.m11, s), turned(m.m10, m.m00, s), turned(m.m11, m.m01, s))
    case .y: return QubitMatrix(real(m.m00, m.m10, -s), real(m.m01, m.m11, -s), real(m.m10, m.m00, s), real(m.m11, m.m01, s))
    default:
      return QubitMatrix(turned(m.m00, m.m00, s), turned(m.m01, m.m01, s), turned(m.m10, m.m10, -s), turned(m.m11, m.m11, -s))
    }
  }

  /// x, y, z of the generator under a unitary: V G V' as a number times I + x X + y Y + z Z.
  func axis(under v: QubitMatrix) -> (x: Double, y: Double, z: Double) {
    guard kind == .z else { return (v * generator * v.adjoint).axis }
    // The first column's point on the Bloch sphere.
    return (
      2 * (v.m00.real * v.m10.real + v.m00.imaginary * v.m10.imaginary),
      2 * (v.m00.real * v.m10.imaginary - v.m00.imaginary * v.m10.real), v.m00.lengthSquared - v.m10.lengthSquared
    )
  }

  /// The derivative of the matrix by its angle.
  func derivative(_ angle: Int, _ tables: AngleTables) -> QubitMatrix {
    combine(0, -frequency * tables.sine(angle)[0], frequency * tables.cosine(angle)[0])
  }

  private var matrices: [QubitMatrix] { [constant, cosine, sine] }
  var isDiagonal: Bool { matrices.allSatisfy { $0.m01 == 0 && $0.m10 == 0 } }
  /// Whether the matrix is [[c, -s], [s, c]] for every angle.
  var isRealRotation: Bool {
    matrices.allSatisfy {
      $0.m00 == $0.m11 && $0.m01 == -$0.m10 && $0.m00.imaginary == 0 && $0.m10.imaginary == 0
    }
  }
}

extension [QubitPart] {
  /// The product of the parts, the first acting first.
  func product(_ tables: AngleTables) -> QubitMatrix { self[...].product(tables) }

  /// Calls `body` with each angle and dL/d(angle) = 2 Re sum over entries of dU * overlaps.
  ///
  /// dU = L (derivative of a part) E, with later parts L and earlier ones E, so the overlaps R are pulled through as L^T R E^T.
  func forEachGradient(overlaps: QubitMatrix, _ tables: AngleTables, _ body: (_ angle: Int, _ gradient: Double) -> Void) {
    var pulled = overlaps
    for place in indices.reversed() {
      if let angle = self[place].angle {
        let own = place == 0 ? pulled : pulled * self[..<place].product(tables).transpose
        body(angle, 2 * self[place].derivative(angle, tables).realContraction(own))
      }
      if place > 0 { pulled = self[place].matrix(tables).transpose * pulled }
    }
  }
}

extension ArraySlice<QubitPart> {
  fileprivate func product(_ tables: AngleTables) -> QubitMatrix {
    withUnsafeBufferPointer { parts in
      guard let first = parts.first else { return .identity }
      var product = first.matrix(tables)
      for place in 1..<parts.count { product = parts[place].applied(to: product, tables) }
      return product
    }
  }
}
