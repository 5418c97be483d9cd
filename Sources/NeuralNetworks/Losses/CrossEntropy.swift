extension Loss {
  /// Cross-entropy of class scores before softmax, `-1/N sum_s sum_c q_sc log softmax(z_s)_c`.
  ///
  /// With smoothing e the target distribution is `q_sc = (1 - e) p_sc + e / classes`, where p is 1 at the label and 0 elsewhere, or
  /// the distribution that was given. The logarithm of softmax is
  /// taken as `z - log sum exp(z)` with the largest score subtracted, so scores of any size are safe.
  ///
  /// - Shape: outputs `[samples, classes]`; targets are labels, or values of the same shape that hold distributions.
  /// - Parameter labelSmoothing: e in `[0, 1)`.
  /// - Throws: `NetworkError.data` for a label outside `0..<classes`, naming the sample.
  /// - Source: Szegedy et al., Rethinking the Inception architecture, 2016, section 7 (smoothing).
  public static func crossEntropy(labelSmoothing: Double = 0) -> Loss {
    precondition((0..<1).contains(labelSmoothing), "crossEntropy: labelSmoothing is \(labelSmoothing), expected 0..<1")
    let name = "cross-entropy\(labelSmoothing == 0 ? "" : " of labels smoothed by \(labelSmoothing)")"
    return Loss(name) { outputs, targets in
      let logarithms = outputs.logSoftmax()
      let wanted = try distribution(targets, shape: outputs.shape, smoothing: Scalar(labelSmoothing))
      return (-1 / Scalar(outputs.shape[0])) * (logarithms * outputs.tape.constant(wanted)).sum()
    }
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  private static func distribution(
    _ targets: Targets<Scalar>, shape: [Int], smoothing: Scalar
  ) throws(NetworkError) -> Tensor<Scalar> {
    switch targets {
    case .values(let values):
      guard values.shape == shape else {
        throw .shape(ShapeMismatch(layer: "crossEntropy targets", expected: "\(shape)", found: "\(values.shape)"))
      }
      return smoothing == 0 ? values : (1 - smoothing) * values + Tensor(smoothing / Scalar(shape[shape.count - 1]))
    case .labels(let labels):
      guard shape.count == 2 else {
        throw .shape(ShapeMismatch(layer: "crossEntropy", expected: "[samples, classes]", found: "\(shape)"))
      }
      let classes = shape[1]
      var wanted = Tensor<Scalar>(shape: shape, repeating: smoothing / Scalar(classes))
      for (sample, label) in labels.enumerated() {
        guard (0..<classes).contains(label) else {
          throw .data(
            "Sample \(sample) of the batch has label \(label), expected 0..<\(classes)",
            remedy: "Count labels from 0 or give the last layer more outputs")
        }
        wanted[sample, label] += 1 - smoothing
      }
      return wanted
    }
  }
}
