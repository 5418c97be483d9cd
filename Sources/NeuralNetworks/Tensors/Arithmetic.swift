// Arithmetic between tensors, with broadcasting: axes are matched from the last one and an axis of length 1 repeats.
extension Tensor {
  public static func + (a: Tensor, b: Tensor) -> Tensor { .combine(.add, a, b) }
  public static func - (a: Tensor, b: Tensor) -> Tensor { .combine(.subtract, a, b) }
  public static func * (a: Tensor, b: Tensor) -> Tensor { .combine(.multiply, a, b) }
  public static func / (a: Tensor, b: Tensor) -> Tensor { .combine(.divide, a, b) }
  public static func * (a: Scalar, b: Tensor) -> Tensor { .combine(.multiply, Tensor(a), b) }
  public static prefix func - (a: Tensor) -> Tensor { -1 * a }

  public static func += (a: inout Tensor, b: Tensor) {
    guard a.shape == b.shape else {
      a = a + b
      return
    }
    a.accumulate(b)
  }

  /// The sum of all numbers, shape `[]`.
  public func sum() -> Tensor { summed(to: []) }

  /// The sum over one axis, which disappears.
  public func sum(axis: Int) -> Tensor {
    let (outer, _, inner) = axisLayout(axis)
    var kept = shape
    kept[axis] = 1
    var dropped = shape
    dropped.remove(at: axis)
    return (outer * inner == 0 ? Tensor(shape: kept) : summed(to: kept)).reshaped(to: dropped)
  }

  /// The adjoint of broadcasting: adds up whatever a broadcast from `target` to this shape repeated.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func summed(to target: [Int]) -> Tensor {
    if target == shape { return self }
    let walk = StridedWalk(shape: shape, strides: [target.strides(broadcastTo: shape)])
    var result = Tensor(shape: target)
    result.withMutableBase { total in
      withBase { source in
        walk.forEachRow { start, offsets in
          let (run, place) = (source + start, total + offsets[0])
          if walk.innerStrides[0] == 0 {
            place.pointee += sumOf(run, walk.innerLength)
          } else {
            for i in 0..<walk.innerLength { place[i] += run[i] }
          }
        }
      }
    }
    return result
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  private mutating func accumulate(_ other: Tensor) {
    withMutableBase { total in
      other.withBase { source in
        for i in 0..<other.count { total[i] += source[i] }
      }
    }
  }
}

/// The four operations on pairs of numbers.
private enum PairOperation: String {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
}

extension Tensor {
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  fileprivate static func combine(_ operation: PairOperation, _ a: Tensor, _ b: Tensor) -> Tensor {
    let shape = a.shape.broadcast(with: b.shape, operation: "Tensor \(operation.rawValue)")
    let walk = StridedWalk(shape: shape, strides: [a.shape.strides(broadcastTo: shape), b.shape.strides(broadcastTo: shape)])
    @inline(__always) func loop(_ z: UnsafeMutablePointer<Scalar>, _ combined: (Scalar, Scalar) -> Scalar) {
      a.withBase { x in
        b.withBase { y in
          walk.forEachRow { start, offsets in
            let (x, y, z) = (x + offsets[0], y + offsets[1], z + start)
            // One loop for each pair of strides, so that the common ones vectorise.
            switch (walk.innerStrides[0], walk.innerStrides[1]) {
            case (1, 1): for i in 0..<walk.innerLength { z[i] = combined(x[i], y[i]) }
            case (1, 0): for i in 0..<walk.innerLength { z[i] = combined(x[i], y[0]) }
            case (0, 1): for i in 0..<walk.innerLength { z[i] = combined(x[0], y[i]) }
            default: for i in 0..<walk.innerLength { z[i] = combined(x[0], y[0]) }
            }
          }
        }
      }
    }
    return Tensor(shape: shape) { z in
      switch operation {
      case .add: loop(z) { $0 + $1 }
      case .subtract: loop(z) { $0 - $1 }
      case .multiply: loop(z) { $0 * $1 }
      case .divide: loop(z) { $0 / $1 }
      }
    }
  }
}
