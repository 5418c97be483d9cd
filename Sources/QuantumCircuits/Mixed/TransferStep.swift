import LinearAlgebra
import QuantumStates

/// One real matrix on the Pauli components of a few qubits: a product of gates and channels, the first part acting first.
///
/// A class only so that walking the steps of a circuit copies nothing; it never changes.
final class TransferStep: Sendable {
  /// Ascending; the first is the lowest digit of matrices.
  let qubits: [Int]
  let parts: [TransferPart]
  let source: Step.Source
  let size: Int
  let pattern: [Bool]
  let inversePattern: [Bool]
  /// Whether a derivative is taken.
  var hasGradient: Bool { source != .constant }

  init(qubits: [Int], parts: [TransferPart], source: Step.Source) {
    self.qubits = qubits
    self.parts = parts
    self.source = source
    size = parts[0].size
    let size = parts[0].size
    pattern = parts.dropFirst().reduce(parts[0].pattern) { SmallMatrix.product(size, $1.pattern, $0) }
    inversePattern = parts.dropFirst().reduce(parts[0].inversePattern) { SmallMatrix.product(size, $0, $1.inversePattern) }
  }

  /// Numbers of scratch memory that the methods below need.
  var scratchCount: Int { (2 * parts.count + 5) * size * size }

  /// Writes the matrix, and with `inverse` its inverse; returns the product of the parts' condition numbers.
  func bind(
    _ values: UnsafePointer<Double>, matrix: UnsafeMutablePointer<Double>, inverse: UnsafeMutablePointer<Double>?,
    scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    let count = size * size
    let (part, product, partInverse) = (scratch, scratch + count, scratch + 2 * count)
    var condition = 1.0
    for (place, step) in parts.enumerated() {
      step.write(values, to: place == 0 ? matrix : part)
      if place > 0 {
        SmallMatrix.multiply(size, part, matrix, into: product)
        matrix.update(from: product, count: count)
      }
      guard let inverse else { continue }
      let own = step.writeInverse(values, matrix: place == 0 ? matrix : part, to: place == 0 ? inverse : partInverse)
      condition *= own
      if place > 0, condition.isFinite {
        SmallMatrix.multiply(size, inverse, partInverse, into: product)
        inverse.update(from: product, count: count)
      }
    }
    return condition
  }

  /// Calls `body` with each angle and the sum over entries of (derivative of the matrix by the angle) * overlap.
  func forEachAngleGradient(
    _ overlaps: UnsafePointer<Double>, _ values: UnsafePointer<Double>, scratch: UnsafeMutablePointer<Double>,
    _ body: (_ angle: Int, _ gradient: Double) -> Void
  ) {
    let count = size * size
    let (own, product, derivative) = (scratch, scratch + count, scratch + 2 * count)
    // before[p] = the parts in front of p; after[p] = those behind it.
    let (before, after) = (scratch + 3 * count, scratch + (3 + parts.count) * count)
    for place in 1..<max(1, parts.count) {
      if place == 1 {
        parts[0].write(values, to: before + count)
      } else {
        parts[place - 1].write(values, to: own)
        SmallMatrix.multiply(size, own, before + (place - 1) * count, into: before + place * count)
      }
    }
    for place in (0..<max(0, parts.count - 1)).reversed() {
      if place == parts.count - 2 {
        parts[place + 1].write(values, to: after + place * count)
      } else {
        parts[place + 1].write(values, to: own)
        SmallMatrix.multiply(size, after + (place + 1) * count, own, into: after + place * count)
      }
    }
    for (place, part) in parts.enumerated() {
      for (index, angle) in part.angles.enumerated() {
        part.writeDerivative(index, values, to: derivative)
        if place > 0 {
          SmallMatrix.multiply(size, derivative, before + place * count, into: product)
          derivative.update(from: product, count: count)
        }
        if place + 1 < parts.count {
          SmallMatrix.multiply(size, after + place * count, derivative, into: product)
          derivative.update(from: product, count: count)
        }
        var sum = 0.0
        for entry in 0..<count { sum += derivative[entry] * overlaps[entry] }
        body(angle, sum)
      }
    }
  }
}
