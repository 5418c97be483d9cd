// The rules of the operations that belong to one layer each. Kernels and their adjoints stand in Tensors/Convolution.swift,
// Tensors/Pooling.swift and Tensors/Normalization.swift; here they are put on the tape.
extension Variable {
  package func convolved(with weight: Self, bias: Self?, _ convolution: Convolution) -> Self {
    let (x, w, loop, needsInput) = (value, weight.value, tape.loop, needsGradient)
    let y = convolution.outputs(x, w, bias: bias?.value, loop: loop)
    guard let bias else {
      return tape.record("convolution", y, from: [self, weight]) { g in
        [
          needsInput ? convolution.inputCotangent(g, w, shape: x.shape, loop: loop) : nil,
          convolution.weightCotangent(g, x, loop: loop),
        ]
      }
    }
    return tape.record("convolution", y, from: [self, weight, bias]) { [filters = bias.shape[0]] g in
      [
        needsInput ? convolution.inputCotangent(g, w, shape: x.shape, loop: loop) : nil,
        convolution.weightCotangent(g, x, loop: loop), g.summed(to: [filters, 1, 1]).reshaped(to: [filters]),
      ]
    }
  }

  /// Kernels read from their other end, in both directions.
  func mirrored() -> Self {
    let length = shape[2] * shape[3]
    func turned(_ kernels: Tensor<Scalar>) -> Tensor<Scalar> {
      let scalars = kernels.scalars.indices.map { kernels.scalars[$0 - $0 % length + length - 1 - $0 % length] }
      return Tensor(shape: kernels.shape, scalars: scalars)
    }
    return single("mirrored", turned(value)) { g in turned(g) }
  }

  func pooled(_ pooling: Pooling) -> Self {
    let ((y, sources), loop) = (pooling.outputs(value, loop: tape.loop), tape.loop)
    return single("pooling", y) { [shape] g in pooling.inputCotangent(g, sources: sources, shape: shape, loop: loop) }
  }

  /// Channels normalized by given statistics; `areConstant` says whether these come from elsewhere or from the input itself.
  func normalized(
    by statistics: ChannelStatistics<Scalar>, areConstant: Bool, scale: Self, shift: Self, epsilon: Scalar
  ) -> Self {
    let (x, c, loop) = (value, scale.value, tape.loop)
    let y = ChannelNormalization.outputs(x, statistics, scale: c, shift: shift.value, epsilon: epsilon, loop: loop)
    return tape.record("channel normalization", y, from: [self, scale, shift]) { g in
      ChannelNormalization.cotangents(
        g, x, statistics, scale: c, epsilon: epsilon, statisticsAreConstant: areConstant, loop: loop)
    }
  }

  /// Every sample normalized over its features.
  func rowsNormalized(epsilon: Scalar) -> Self {
    let (y, deviations) = RowNormalization.outputs(value, epsilon: epsilon)
    return single("row normalization", y) { g in RowNormalization.inputCotangent(g, normalized: y, deviations: deviations) }
  }

  /// Rows of a table, one an index.
  func gathered(_ indices: [Int]) -> Self {
    single("gathered", value.rows(indices)) { [shape] g in g.scatteredRows(to: indices, shape: shape) }
  }
}
