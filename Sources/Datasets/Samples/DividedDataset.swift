import Randomness

/// A data set in parts that never mix: what is learnt from, what stops or tunes the learning, and what judges it.
public struct DividedDataset: Sendable, Hashable {
  public let training: TrainingSet
  public let validation: HeldOutSet?
  public let test: HeldOutSet

  init(training: TrainingSet, validation: HeldOutSet?, test: HeldOutSet) {
    self.training = training
    self.validation = validation
    self.test = test
  }

  /// Two or three sets that came apart already.
  ///
  /// - Throws: `DatasetError` where the shapes of the samples or the class names differ.
  public init(training: Dataset, validation: Dataset? = nil, test: Dataset) throws(DatasetError) {
    for part in [validation, test].compactMap({ $0 }) {
      guard part.sampleShape == training.sampleShape else {
        throw .shapeMismatch(path: part.name, found: part.sampleShape, expected: training.sampleShape)
      }
      if let stranger = part.classNames.first(where: { !training.classNames.contains($0) }) {
        throw .unknownClass(path: part.name, name: stranger, nearest: nearestNames(to: stranger, among: training.classNames))
      }
      precondition(
        part.classNames == training.classNames,
        "DividedDataset: classes \(part.classNames) and \(training.classNames) must be the same")
    }
    self.init(
      training: training.playing(TrainingRole.self), validation: validation?.playing(HeldOutRole.self),
      test: test.playing(HeldOutRole.self))
  }

  /// The same change made to every part, one sample at a time or by a transform fitted before.
  public func map(_ change: SampleChange) -> DividedDataset {
    DividedDataset(
      training: change.applied(to: training), validation: validation.map { change.applied(to: $0) },
      test: change.applied(to: test))
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
      training: selecting(rows: kept).playing(TrainingRole.self), validation: nil,
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
      var source = RandomSource(seed: seed, stream: RandomPurpose.division.stream(index))
      for position in source.permutation(of: group.count).prefix(shares[index]) { isDrawn[group[position]] = true }
    }
    return (isDrawn.indices.filter { !isDrawn[$0] }, isDrawn.indices.filter { isDrawn[$0] })
  }
}

/// One range of random streams for each use of randomness in this room, so that no two uses share numbers.
enum RandomPurpose: UInt64 {
  case division = 1
  case shuffling
  case synthesis

  func stream(_ index: Int) -> UInt64 { 0xDA7A_0000_0000_0000 | rawValue << 40 | UInt64(index) }
}
