/// A change of the features that leaves samples and targets alone: scaling, projection, resizing.
///
/// What has to be learnt from data is learnt in an initializer that takes a `TrainingSet`; applying never learns.
public protocol FeatureTransform: Sendable {
  /// The shape of a sample afterwards.
  func outputShape(for sampleShape: [Int]) -> [Int]

  /// The changed features of some samples.
  ///
  /// - Shape: `features` is samples x `sampleShape`, the result samples x `outputShape(for: sampleShape)`.
  func transforming(_ features: [Float], sampleShape: [Int]) -> [Float]
}

extension FeatureTransform {
  /// The samples with their features changed; their part in the experiment stays what it was.
  public func applied<Role>(to samples: SampleSet<Role>) -> SampleSet<Role> {
    let shape = outputShape(for: samples.sampleShape)
    return samples.replacing(
      features: transforming(samples.features, sampleShape: samples.sampleShape), sampleShape: shape,
      featureNames: shape == samples.sampleShape ? samples.featureNames : [])
  }
}

/// Stops a program that applies a transform to samples it was not fitted for.
func requireSize(_ size: Int, _ sampleShape: [Int], of transform: String) {
  precondition(
    sampleShape.reduce(1, *) == size, "\(transform): fitted on \(size) features, given samples of shape \(sampleShape)")
}
