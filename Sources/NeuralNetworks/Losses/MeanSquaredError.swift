extension Loss {
  /// `1/M sum_i (y_i - t_i)^2` over all M numbers of the outputs.
  ///
  /// - Shape: targets are values of the outputs' shape.
  public static var meanSquaredError: Loss {
    Loss("mean squared error") { outputs, targets in
      guard case .values(let wanted) = targets else {
        throw NetworkError.data("Mean squared error needs values, found labels", remedy: "Use cross-entropy for labels")
      }
      guard wanted.shape == outputs.shape else {
        throw NetworkError.shape(
          ShapeMismatch(layer: "meanSquaredError targets", expected: "\(outputs.shape)", found: "\(wanted.shape)"))
      }
      return (outputs - outputs.tape.constant(wanted)).applying(.square).mean()
    }
  }
}
