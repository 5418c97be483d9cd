import Execution

extension Tensor {
  /// Entries of the first axis, in the order of `indices`; an index may repeat.
  ///
  /// - Shape: `[n, ...]` -> `[indices.count, ...]`.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func rows(_ indices: [Int]) -> Tensor {
    let length = rowLength
    return Tensor(shape: [indices.count] + shape.dropFirst()) { target in
      withBase { source in
        for (row, index) in indices.enumerated() {
          precondition((0..<shape[0]).contains(index), "Tensor.rows: index \(index) lies outside shape \(shape)")
          (target + row * length).initialize(from: source + index * length, count: length)
        }
      }
    }
  }

  /// The adjoint of `rows`: every entry is added to the row of a zero tensor that it was read from.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  func scatteredRows(to indices: [Int], shape: [Int]) -> Tensor {
    var result = Tensor(shape: shape)
    let length = rowLength
    result.withMutableBase { target in
      withBase { source in
        for (row, index) in indices.enumerated() {
          for i in 0..<length { target[index * length + i] += source[row * length + i] }
        }
      }
    }
    return result
  }

  /// Numbers in one entry of the first axis.
  package var rowLength: Int {
    precondition(!shape.isEmpty, "Tensor: a single number has no rows")
    return shape.dropFirst().reduce(1, *)
  }

  /// The part of one axis that lies in `range`.
  public func sliced(axis: Int, _ range: Range<Int>) -> Tensor {
    let (outer, length, inner) = axisLayout(axis)
    precondition(
      range.lowerBound >= 0 && range.upperBound <= length, "Tensor.sliced: \(range) lies outside axis \(axis) of \(shape)")
    var newShape = shape
    newShape[axis] = range.count
    return Tensor(shape: newShape) { target in
      withBase { source in
        for block in 0..<outer {
          (target + block * range.count * inner).initialize(
            from: source + (block * length + range.lowerBound) * inner, count: range.count * inner)
        }
      }
    }
  }

  /// Tensors laid one after another along an axis; their other axes agree.
  public static func concatenated(_ parts: [Tensor], axis: Int) -> Tensor {
    precondition(!parts.isEmpty, "Tensor.concatenated: needs at least one tensor")
    var newShape = parts[0].shape
    for part in parts {
      var expected = parts[0].shape
      expected[axis] = part.shape.indices.contains(axis) ? part.shape[axis] : 0
      precondition(part.shape == expected, "Tensor.concatenated: expected \(expected) beside axis \(axis), found \(part.shape)")
    }
    newShape[axis] = parts.reduce(0) { $0 + $1.shape[axis] }
    return Tensor(shape: newShape) { target in
      let (outer, _, inner) = parts[0].axisLayout(axis)
      var position = target
      for block in 0..<outer {
        for part in parts {
          let run = part.shape[axis] * inner
          part.withBase { position.initialize(from: $0 + block * run, count: run) }
          position += run
        }
      }
    }
  }

  /// The axes in another order: axis `i` of the result is axis `order[i]` of this tensor.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func permuted(_ order: [Int]) -> Tensor {
    precondition(order.sorted() == Array(shape.indices), "Tensor.permuted: \(order) is no order of the axes of \(shape)")
    let strides = shape.rowMajorStrides
    let walk = StridedWalk(shape: order.map { shape[$0] }, strides: [order.map { strides[$0] }])
    return Tensor(shape: walk.shape) { target in
      withBase { source in
        walk.forEachRow { start, offsets in
          for i in 0..<walk.innerLength { target[start + i] = source[offsets[0] + i * walk.innerStrides[0]] }
        }
      }
    }
  }

  /// The matrix with rows and columns exchanged.
  public var transposed: Tensor {
    precondition(shape.count == 2, "Tensor.transposed: expected a matrix, found shape \(shape)")
    return permuted([1, 0])
  }

  /// Index of the largest number in each run of the last axis; the first of equals.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func argmaxOfLastAxis() -> [Int] {
    let length = shape.last ?? 1
    precondition(length > 0, "Tensor.argmaxOfLastAxis: the last axis of \(shape) is empty")
    return (0..<count / length).map { row in
      var best = row * length
      for i in row * length..<(row + 1) * length where scalars[i] > scalars[best] { best = i }
      return best - row * length
    }
  }

  /// (product of the axes before, length, product of the axes after).
  package func axisLayout(_ axis: Int) -> (outer: Int, length: Int, inner: Int) {
    precondition(shape.indices.contains(axis), "Tensor: shape \(shape) has no axis \(axis)")
    return (shape[..<axis].reduce(1, *), shape[axis], shape[(axis + 1)...].reduce(1, *))
  }
}

extension ParallelLoop {
  /// Cuts `0..<count` into slices of `length` (the last may be shorter), one piece of work each.
  package func run(count: Int, inSlicesOf length: Int, _ body: (Range<Int>) -> Void) {
    run(count: (count + length - 1) / length) { piece in body(piece * length..<min(count, (piece + 1) * length)) }
  }
}
