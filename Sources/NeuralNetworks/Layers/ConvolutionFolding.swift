/// A layer that is a convolution of stride 1 without padding, whatever its kernel is made from.
///
/// Two of them with nothing in between are one convolution, and `Sequential` computes them as one where that is less work.
package protocol FoldableConvolution<Scalar>: Layer {
  /// The convolution; nil where stride or padding forbid folding.
  func folding(in pass: ForwardPass<Scalar>) throws -> FoldedConvolution<Scalar>?
}

/// `y_f(p) = b_f + sum_c sum_u K_fc(u) x_c(p + u)`: one convolution, or several that follow each other.
package struct FoldedConvolution<Scalar: TensorScalar> {
  /// Shape `[filters, channels, side, side]`.
  let kernel: Variable<Scalar>
  /// Shape `[filters]`; nil for none.
  let bias: Variable<Scalar>?

  package init(kernel: Variable<Scalar>, bias: Variable<Scalar>?) { (self.kernel, self.bias) = (kernel, bias) }

  private var side: Int { kernel.shape[2] }

  /// This convolution and then the next: `K(w) = sum_u K2(u) K1(w - u)`, `b = b2 + sum_u K2(u) b1`.
  private func followed(by next: FoldedConvolution) -> FoldedConvolution {
    let images = kernel.permuted([1, 0, 2, 3])
    let convolution = Convolution(kernel: next.side, stride: 1, padding: next.side - 1)
    let composed = images.convolved(with: next.kernel.mirrored(), bias: nil, convolution).permuted([1, 0, 2, 3])
    guard let bias else { return FoldedConvolution(kernel: composed, bias: next.bias) }
    let (filters, channels) = (next.kernel.shape[0], next.kernel.shape[1])
    let sums = next.kernel.reshaped(to: [filters, channels, next.side * next.side]).sum(axis: 2)
    let carried = sums.product(bias.reshaped(to: [channels, 1])).reshaped(to: [filters])
    return FoldedConvolution(kernel: composed, bias: next.bias.map { $0 + carried } ?? carried)
  }

  /// Products for one sample whose inputs have this height and width.
  private static func work(filters: Int, channels: Int, side: Int, height: Int, width: Int) -> Int {
    filters * channels * side * side * (height - side + 1) * (width - side + 1)
  }

  /// Both as one, where that is less work for inputs of this shape; samples do not count, or answers would depend on the batch.
  func folded(with next: FoldedConvolution, inputShape: [Int]) -> FoldedConvolution? {
    let (height, width) = (inputShape[2], inputShape[3])
    let (channels, middle, filters) = (kernel.shape[1], kernel.shape[0], next.kernel.shape[0])
    let whole = side + next.side - 1
    // What does not fit is left to the layers, which say so.
    guard inputShape[1] == channels, next.kernel.shape[1] == middle, height >= whole, width >= whole else { return nil }
    let apart =
      Self.work(filters: middle, channels: channels, side: side, height: height, width: width)
      + Self.work(
        filters: filters, channels: middle, side: next.side, height: height - side + 1, width: width - side + 1)
    let together = Self.work(filters: filters, channels: channels, side: whole, height: height, width: width)
    return together < apart ? followed(by: next) : nil
  }

  func outputs(_ input: Variable<Scalar>) -> Variable<Scalar> {
    input.convolved(with: kernel, bias: bias, Convolution(kernel: side, stride: 1, padding: 0))
  }
}

extension Sequential {
  /// The layers from `first` on that are folded into one convolution, at least two of them; nil where there are none.
  func foldedConvolutions(
    from first: Int, inputShape: [Int], in pass: ForwardPass<Scalar>
  ) throws -> (convolution: FoldedConvolution<Scalar>, count: Int)? {
    func folding(_ index: Int) throws -> FoldedConvolution<Scalar>? {
      guard layers.indices.contains(index), let layer = layers[index] as? any FoldableConvolution<Scalar> else { return nil }
      return try layer.folding(in: pass.entering("\(index)"))
    }
    // A single convolution puts nothing on the tape here.
    guard inputShape.count == 4, layers.indices.contains(first + 1), layers[first + 1] is any FoldableConvolution<Scalar>,
      var folded = try folding(first)
    else { return nil }
    var count = 1
    while let next = try folding(first + count), let both = folded.folded(with: next, inputShape: inputShape) {
      (folded, count) = (both, count + 1)
    }
    return count > 1 ? (folded, count) : nil
  }
}
