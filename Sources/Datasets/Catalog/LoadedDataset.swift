/// What a source holds: a set with an official split, or one without.
public enum LoadedDataset: Sendable, Hashable {
  case undivided(Dataset)
  case divided(DividedDataset)

  /// Training and test samples: the official ones, or a stratified split drawn by `seed`.
  public func divided(testFraction: Double = 0.2, seed: UInt64) -> DividedDataset {
    switch self {
    case .undivided(let dataset): dataset.divided(testFraction: testFraction, seed: seed)
    case .divided(let parts): parts
    }
  }

  /// The samples to judge or predict: the official test samples, or all samples where there is no split.
  public var heldOut: HeldOutSet {
    switch self {
    case .undivided(let dataset): dataset.allHeldOut()
    case .divided(let parts): parts.test
    }
  }

  /// The samples to learn from when the test samples come from elsewhere: the official training samples, or all samples.
  public var training: TrainingSet {
    switch self {
    case .undivided(let dataset): dataset.allForTraining()
    case .divided(let parts): parts.training
    }
  }

  /// The official validation samples.
  public var validation: HeldOutSet? {
    if case .divided(let parts) = self { parts.validation } else { nil }
  }

  /// The shape of one sample.
  var sampleShape: [Int] { heldOut.sampleShape }

  /// All parts changed by the same transform, which knows none of them.
  func applying(_ transform: some FeatureTransform) -> LoadedDataset {
    switch self {
    case .undivided(let dataset): .undivided(transform.applied(to: dataset))
    case .divided(let parts): .divided(parts.applying(transform))
    }
  }
}
