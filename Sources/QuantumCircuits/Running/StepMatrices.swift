import LinearAlgebra
import QuantumStates

/// Memory for the matrices of one step at a time; `width` samples side by side.
struct MatrixScratch {
  let width: Int
  private let buffer: UnsafeMutablePointer<Double>
  private let matrixCount: Int

  /// Numbers that a scratch for matrices of at most `dimension` rows needs: six matrices and six rows.
  static func count(dimension: Int, width: Int) -> Int { 6 * LaneMatrices.count(dimension: dimension, width: width) + 6 * width }

  init(dimension: Int, width: Int, buffer: UnsafeMutablePointer<Double>) {
    self.width = width
    self.buffer = buffer
    matrixCount = LaneMatrices.count(dimension: dimension, width: width)
  }

  func matrix(_ place: Int, dimension: Int) -> LaneMatrices {
    LaneMatrices(dimension: dimension, width: width, base: buffer + place * matrixCount)
  }
  func row(_ place: Int) -> UnsafeMutablePointer<Double> { buffer + 6 * matrixCount + place * width }
}

/// The value of each angle at each lane: angle a of lane l is `values[a * width + l]`.
typealias AngleValues = UnsafePointer<Double>

extension Step {
  /// Writes the coefficients of the step and of its inverse.
  func bind(
    angles values: AngleValues, scratch: MatrixScratch, forward: UnsafeMutableRawPointer, backward: UnsafeMutableRawPointer
  ) {
    switch form {
    case .matrix(let parts):
      let (product, adjoint) = (scratch.matrix(0, dimension: dimension), scratch.matrix(1, dimension: dimension))
      setProduct(of: parts[...], product, spare: (scratch.matrix(2, dimension: dimension), scratch.matrix(3, dimension: dimension)), values, scratch)
      adjoint.setAdjoint(product)
      fill(operation, forward, product.base)
      fill(inverse, backward, adjoint.base)
    case .pauliRotation(let angle):
      // Entries are (own, word): cos(t/2) and -i sin(t/2).
      let entries = scratch.matrix(0, dimension: 2).base
      let width = scratch.width
      for lane in 0..<width {
        let half = values[angle * width + lane] / 2
        entries[lane] = .cos(half)
        entries[width + lane] = 0
        entries[2 * width + lane] = 0
        entries[3 * width + lane] = -.sin(half)
      }
      fill(operation, forward, entries)
      for lane in 0..<width { entries[3 * width + lane].negate() }
      fill(inverse, backward, entries)
    case .diagonal(let entries):
      entries.withUnsafeBufferPointer { operation.fill(forward, entries: $0.baseAddress!) }
      entries.map(\.conjugate).withUnsafeBufferPointer { inverse.fill(backward, entries: $0.baseAddress!) }
    case .permutation:
      operation.fill(forward, entries: nil)
      inverse.fill(backward, entries: nil)
    case .preparation: break
    }
  }

  private func fill(_ operation: KernelOperation, _ destination: UnsafeMutableRawPointer, _ entries: UnsafeMutablePointer<Double>) {
    if source == .samples, operation.layout.isBatched {
      operation.fill(destination, sampleEntries: entries)
    } else {
      let complex = (0..<operation.entryCount).map { Complex(entries[2 * $0], entries[2 * $0 + 1]) }
      complex.withUnsafeBufferPointer { operation.fill(destination, entries: $0.baseAddress!) }
    }
  }

  /// result = the product of the parts, the first acting first.
  private func setProduct(
    of parts: ArraySlice<Part>, _ result: LaneMatrices, spare: (LaneMatrices, LaneMatrices), _ values: AngleValues,
    _ scratch: MatrixScratch
  ) {
    guard let first = parts.first else { return result.setConstant(ComplexMatrix.identity(dimension).elements) }
    set(result, to: first, order: 0, values, scratch)
    for part in parts.dropFirst() {
      set(spare.0, to: part, order: 0, values, scratch)
      spare.1.setProduct(spare.0, result)
      result.set(spare.1)
    }
  }

  /// A part's matrix, or with order 1 its derivative by the part's angle.
  private func set(_ matrix: LaneMatrices, to part: Part, order: Int, _ values: AngleValues, _ scratch: MatrixScratch) {
    switch part {
    case .fixed(let entries): matrix.setConstant(entries)
    case .rotation(let generator, let square, let frequency, let angle):
      let (cosine, sine) = (scratch.row(0), scratch.row(1))
      for lane in 0..<scratch.width {
        let turn = frequency * values[angle * scratch.width + lane]
        cosine[lane] = .cos(turn)
        sine[lane] = .sin(turn)
      }
      matrix.setRotation(
        generator, square, frequency: frequency, order: order, cosine: cosine, sine: sine, scratch: scratch.row(2))
    }
  }

  /// Calls `body` with each angle of the step and dL/d(angle) in each lane, from the overlaps by entry.
  ///
  /// dL = 2 Re <bra|dU|ket before>, with dU = (later parts) (derivative of one part) (earlier parts).
  func forEachAngleGradient(
    overlaps: UnsafePointer<Double>, angles values: AngleValues, scratch: MatrixScratch,
    _ body: (_ angle: Int, _ gradient: UnsafeMutablePointer<Double>) -> Void
  ) {
    let width = scratch.width
    let sums = scratch.row(4)
    switch form {
    case .pauliRotation(let angle):
      // dU = -i/2 P U, so dL = 2 Re(-i/2 <bra|P|ket after>) = Im <bra|P|ket after>.
      for lane in 0..<width { sums[lane] = overlaps[3 * width + lane] }
      body(angle, sums)
    case .matrix(let parts):
      let derivative = scratch.matrix(0, dimension: dimension), others = scratch.matrix(1, dimension: dimension)
      let spare = (scratch.matrix(2, dimension: dimension), scratch.matrix(3, dimension: dimension))
      let product = scratch.matrix(4, dimension: dimension)
      for (place, part) in parts.enumerated() {
        guard let angle = part.angle else { continue }
        set(derivative, to: part, order: 1, values, scratch)
        if place > 0 {
          setProduct(of: parts[..<place], others, spare: spare, values, scratch)
          product.setProduct(derivative, others)
          derivative.set(product)
        }
        if place + 1 < parts.count {
          setProduct(of: parts[(place + 1)...], others, spare: spare, values, scratch)
          product.setProduct(others, derivative)
          derivative.set(product)
        }
        derivative.contract(overlaps, into: sums)
        body(angle, sums)
      }
    case .diagonal, .permutation, .preparation: break
    }
  }
}
