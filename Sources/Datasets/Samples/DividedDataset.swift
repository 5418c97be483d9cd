import Randomness

/// A data set in parts that never mix: what is learnt from, what stops or tunes the learning, and what judges it.
public struct DividedDataset: Sendable, Hashable {
  /// What is learnt from.
  public let training: TrainingSet
  /// What stops or tunes the learning, where a part is set aside for that.
  public let validation: HeldOutSet?
  /// What judges the result.
  public let test: HeldOutSet

  /// Takes parts of one set.
  init(trusting training: TrainingSet, validation: HeldOutSet?, test: HeldOutSet) {
    self.training = training
    self.validation = validation
    self.test = test
  }

  /// Two or three sets that came apart already; the features and classes of the held-out sets are matched by name.
  ///
  /// - Throws: `DatasetError` where samples have other features than the training samples, targets of another kind, or a class of
  ///   their own.
  public init(training: TrainingSet, validation: HeldOutSet? = nil, test: HeldOutSet) throws(DatasetError) {
    func matched(_ part: HeldOutSet) throws(DatasetError) -> HeldOutSet {
      let part = try part.matching(featureNames: training.featureNames)
      guard part.sampleShape == training.sampleShape else {
        throw .shapeMismatch(path: part.name, found: part.sampleShape, expected: training.sampleShape)
      }
      guard part.targets.kind == training.targets.kind else {
        throw .malformed(
          path: part.name, problem: "the targets are \(part.targets.kind)",
          expected: "\(training.targets.kind) as in the training set")
      }
      return part.classNames == training.classNames ? part : try part.matching(classNames: training.classNames)
    }
    self.init(
      trusting: training, validation: try validation.map { part throws(DatasetError) in try matched(part) },
      test: try matched(test))
  }

  /// Every part changed by the same transform, which knows none of them or was fitted on the training set.
  public func applying(_ transform: some FeatureTransform) -> DividedDataset {
    DividedDataset(
      trusting: transform.applied(to: training), validation: validation.map { transform.applied(to: $0) },
      test: transform.applied(to: test))
  }
}

extension SampleSet where Role == UndividedRole {
  /// Divides into training and test samples, each class keeping its share in both; which samples is drawn by `seed`.
  ///
  /// Both parts keep the original order of their samples.
  ///
  /// - Parameter testFraction: in 0...1; the number of test samples is rounded to the nearest integer.
  public func divided(testFraction: Double, seed: UInt64) -> DividedDataset {
    let (kept, drawn) = drawn(fraction: testFraction, seed: seed)
    return DividedDataset(
      trusting: selecting(rows: kept).playing(TrainingRole.self), validation: nil,
      test: selecting(rows: drawn).playing(HeldOutRole.self))
  }

  /// All samples as training data: nothing is held out.
  public func allForTraining() -> TrainingSet { playing(TrainingRole.self) }

  /// All samples as held-out data: nothing is learnt from them.
  public func allHeldOut() -> HeldOutSet { playing(HeldOutRole.self) }
}

extension SampleSet where Role == TrainingRole {
  /// Sets a part of the training samples aside for validation, each class keeping its share.
  public func divided(validationFraction: Double, seed: UInt64) -> (training: TrainingSet, validation: HeldOutSet) {
    let (kept, drawn) = drawn(fraction: validationFraction, seed: seed)
    return (selecting(rows: kept), selecting(rows: drawn).playing(HeldOutRole.self))
  }
}

extension SampleSet {
  /// The rows left and the rows drawn, both ascending, `fraction` of each class being drawn.
  private func drawn(fraction: Double, seed: UInt64) -> (kept: [Int], drawn: [Int]) {
    precondition(fraction >= 0 && fraction <= 1, "SampleSet: fraction is \(fraction), must be in 0...1")
    let groups = strata()
    let shares = apportion(Int((fraction * Double(count)).rounded()), among: groups.map(\.count))
    var isDrawn = [Bool](repeating: false, count: count)
    for (index, group) in groups.enumerated() {
      var source = RandomSource(seed: seed, stream: RandomPurpose.division.rawValue, index: UInt64(index))
      for position in source.permutation(of: group.count).prefix(shares[index]) { isDrawn[group[position]] = true }
    }
    return (isDrawn.indices.filter { !isDrawn[$0] }, isDrawn.indices.filter { isDrawn[$0] })
  }
}
