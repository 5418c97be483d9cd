import LinearAlgebra

/// A 2 x 2 complex matrix held in registers: what nearly every step of a circuit is made of.
struct QubitMatrix: Sendable {
  var m00, m01, m10, m11: Complex<Double>

  init(_ m00: Complex<Double>, _ m01: Complex<Double>, _ m10: Complex<Double>, _ m11: Complex<Double>) {
    (self.m00, self.m01, self.m10, self.m11) = (m00, m01, m10, m11)
  }

  /// From four entries, row by row.
  init(_ entries: [Complex<Double>]) { self.init(entries[0], entries[1], entries[2], entries[3]) }
  init(_ entries: UnsafePointer<Complex<Double>>) { self.init(entries[0], entries[1], entries[2], entries[3]) }

  static var identity: QubitMatrix { QubitMatrix(1, 0, 0, 1) }

  static func * (a: QubitMatrix, b: QubitMatrix) -> QubitMatrix {
    QubitMatrix(
      a.m00 * b.m00 + a.m01 * b.m10, a.m00 * b.m01 + a.m01 * b.m11, a.m10 * b.m00 + a.m11 * b.m10,
      a.m10 * b.m01 + a.m11 * b.m11)
  }

  var transpose: QubitMatrix { QubitMatrix(m00, m10, m01, m11) }
  var adjoint: QubitMatrix { QubitMatrix(m00.conjugate, m10.conjugate, m01.conjugate, m11.conjugate) }

  /// x, y, z of a Hermitian matrix written as a number times I + x X + y Y + z Z.
  var axis: (x: Double, y: Double, z: Double) { (m01.real, -m01.imaginary, (m00.real - m11.real) / 2) }

  /// Re sum over entries of self * other.
  func realContraction(_ other: QubitMatrix) -> Double {
    func part(_ a: Complex<Double>, _ b: Complex<Double>) -> Double { a.real * b.real - a.imaginary * b.imaginary }
    return part(m00, other.m00) + part(m01, other.m01) + part(m10, other.m10) + part(m11, other.m11)
  }

  /// The entries in memory, row by row.
  func withEntries(_ body: (UnsafePointer<Complex<Double>>) -> Void) {
    withUnsafePointer(to: self) { $0.withMemoryRebound(to: Complex<Double>.self, capacity: 4, body) }
  }
}

/// A part of a step on one qubit: `I + (cos - 1) G^2 - i sin G` as `constant + cos * cosine + sin * sine`.
struct QubitPart: Sendable {
  let constant: QubitMatrix
  let cosine: QubitMatrix
  let sine: QubitMatrix
  /// The G of a rotation.
  let generator: QubitMatrix
  let frequency: Double
  /// Nil for a matrix that never changes.
  let angle: Int?

  init(_ part: Step.Part) {
    switch part {
    case .fixed(let entries):
      let zero = QubitMatrix(0, 0, 0, 0)
      (constant, cosine, sine, self.generator, frequency, angle) = (QubitMatrix(entries), zero, zero, zero, 0, nil)
    case .rotation(let generator, let square, let frequency, let angle):
      constant = QubitMatrix(1 - square[0], -square[1], -square[2], 1 - square[3])
      cosine = QubitMatrix(square)
      self.generator = QubitMatrix(generator)
      sine = QubitMatrix(generator.map { Complex($0.imaginary, -$0.real) })
      (self.frequency, self.angle) = (frequency, angle)
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
    angle.map { combine(1, tables.cosine($0)[0], tables.sine($0)[0]) } ?? constant
  }

  /// The derivative of the matrix by its angle.
  func derivative(_ angle: Int, _ tables: AngleTables) -> QubitMatrix {
    combine(0, -frequency * tables.sine(angle)[0], frequency * tables.cosine(angle)[0])
  }
}

extension Collection where Element == QubitPart {
  /// The product of the parts, the first acting first.
  func product(_ tables: AngleTables) -> QubitMatrix {
    guard let first else { return .identity }
    return dropFirst().reduce(first.matrix(tables)) { $1.matrix(tables) * $0 }
  }
}

extension [QubitPart] {
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
