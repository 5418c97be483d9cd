extension [Int] {
  /// Distance between neighbours along each axis of a row-major tensor of this shape.
  package var rowMajorStrides: [Int] {
    var strides = Array(repeating: 1, count: count)
    for axis in indices.reversed().dropFirst() { strides[axis] = strides[axis + 1] * self[axis + 1] }
    return strides
  }

  /// Strides for reading a tensor of this shape as if it had `shape`: repeated axes have stride 0.
  package func strides(broadcastTo shape: [Int]) -> [Int] {
    let missing = shape.count - count
    return shape.indices.map { axis in
      axis < missing || self[axis - missing] == 1 ? 0 : rowMajorStrides[axis - missing]
    }
  }

  /// The common shape of two operands: axes are matched from the last one, and an axis of length 1 repeats.
  package func broadcast(with other: [Int], operation: String) -> [Int] {
    let length = Swift.max(count, other.count)
    return (0..<length).map { axis in
      let (i, j) = (axis - length + count, axis - length + other.count)
      let (a, b) = (i < 0 ? 1 : self[i], j < 0 ? 1 : other[j])
      precondition(a == b || a == 1 || b == 1, "\(operation): shapes \(self) and \(other) do not match")
      return a == 1 ? b : a
    }
  }
}

/// A walk over a row-major shape that tracks offsets into operands with strides of their own.
///
/// Neighbouring axes that every operand runs through evenly are merged first, so the inner run is as long as it can be.
package struct StridedWalk {
  package let shape: [Int]
  package private(set) var innerLength = 1
  package private(set) var innerStrides: [Int]
  private var outerShape: [Int] = []
  private var outerStrides: [[Int]] = []

  package init(shape: [Int], strides: [[Int]]) {
    self.shape = shape
    let axes = shape.indices.filter { shape[$0] != 1 }
    let lengths = axes.map { shape[$0] }
    let steps = strides.map { operand in axes.map { operand[$0] } }
    innerStrides = steps.map { $0.last ?? 1 }
    guard var length = lengths.last else { return }
    var axis = axes.count - 2
    while axis >= 0, steps.indices.allSatisfy({ steps[$0][axis] == innerStrides[$0] * length }) {
      length *= lengths[axis]
      axis -= 1
    }
    innerLength = length
    outerShape = Array(lengths[..<(axis + 1)])
    outerStrides = steps.map { Array($0[..<(axis + 1)]) }
  }

  /// Calls `body(offset of the run in the result, offsets of the run in the operands)` run by run.
  package func forEachRow(_ body: (Int, [Int]) -> Void) {
    var index = Array(repeating: 0, count: outerShape.count)
    var offsets = Array(repeating: 0, count: innerStrides.count)
    for row in 0..<outerShape.elementCount {
      body(row * innerLength, offsets)
      for axis in outerShape.indices.reversed() {
        index[axis] += 1
        for operand in offsets.indices { offsets[operand] += outerStrides[operand][axis] }
        if index[axis] < outerShape[axis] { break }
        for operand in offsets.indices { offsets[operand] -= outerStrides[operand][axis] * outerShape[axis] }
        index[axis] = 0
      }
    }
  }
}
