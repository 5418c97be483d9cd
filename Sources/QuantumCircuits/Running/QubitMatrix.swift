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
