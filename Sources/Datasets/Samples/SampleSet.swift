/// Samples with their targets, and in their type the part they may play in an experiment.
///
/// A `Dataset` is undivided; dividing it gives a `TrainingSet` and a `HeldOutSet`. Whatever learns from data (scalers,
/// principal components, models) takes a `TrainingSet`, so that held-out samples cannot leak into it by mistake.
///
/// - Shape: `features` is `[count] + sampleShape`, row-major; images are channels x height x width.
public struct SampleSet<Role: SampleRole>: Sendable, Hashable {
  /// The data set's name, as in the catalogue, or the path it was read from.
  public let name: String
  /// All features, sample after sample. Pixels are in 0...1, table cells as they were written.
  public internal(set) var features: [Float]
  /// The shape of one sample: `[1, 28, 28]` for a grey image, `[13]` for a table row.
  public internal(set) var sampleShape: [Int]
  /// One name a feature where the source names them, else empty.
  public internal(set) var featureNames: [String]
  /// One name a sample where each has a file of its own, else empty.
  public internal(set) var sampleNames: [String]
  /// What the samples are to teach.
  public internal(set) var targets: SampleTargets
  /// Where the samples come from and under which licence, where that is known.
  public let origin: DatasetOrigin?

  /// Takes what is known to be valid.
  init(
    trusting name: String, features: [Float], sampleShape: [Int], featureNames: [String], sampleNames: [String] = [],
    targets: SampleTargets, origin: DatasetOrigin?
  ) {
    self.name = name
    self.features = features
    self.sampleShape = sampleShape
    self.featureNames = featureNames
    self.sampleNames = sampleNames
    self.targets = targets
    self.origin = origin
  }
}

/// The source and the licence of a data set.
public struct DatasetOrigin: Sendable, Hashable {
  /// Who made it, or where it was published.
  public let source: String
  /// The licence as its source states it.
  public let licence: String

  /// A source and a licence in words.
  public init(source: String, licence: String) {
    self.source = source
    self.licence = licence
  }
}

/// The part a set of samples plays: undivided, training or held out.
public protocol SampleRole: Sendable {}
/// Not yet divided into training and test samples.
public enum UndividedRole: SampleRole {}
/// Samples a model, a scaler or a projection may learn from.
public enum TrainingRole: SampleRole {}
/// Samples nothing may learn from: validation and test.
public enum HeldOutRole: SampleRole {}

/// Samples that are not divided into training and test.
public typealias Dataset = SampleSet<UndividedRole>
/// Samples to learn from.
public typealias TrainingSet = SampleSet<TrainingRole>
/// Samples to judge by.
public typealias HeldOutSet = SampleSet<HeldOutRole>

extension SampleSet {
  /// How many samples.
  public var count: Int { features.count / sampleSize }

  /// How many features a sample has.
  public var sampleSize: Int { sampleShape.reduce(1, *) }

  /// The features of one sample.
  public func sample(_ index: Int) -> ArraySlice<Float> {
    precondition(index >= 0 && index < count, "SampleSet: sample \(index) of \(count)")
    return features[index * sampleSize..<(index + 1) * sampleSize]
  }

  /// One class index a sample; empty where the targets are no classes.
  public var labels: [Int] {
    if case .classes(let labels, _) = targets { labels } else { [] }
  }

  /// The names of the classes; empty where the targets are no classes.
  public var classNames: [String] {
    if case .classes(_, let names) = targets { names } else { [] }
  }

  /// How many classes; 0 where the targets are no classes.
  public var classCount: Int { classNames.count }

  /// One real target a sample; empty where the targets are no numbers.
  public var values: [Double] {
    if case .values(let values) = targets { values } else { [] }
  }

  /// How many samples each class has.
  public var classSizes: [Int] {
    labels.reduce(into: [Int](repeating: 0, count: classCount)) { sizes, label in sizes[label] += 1 }
  }
}

extension SampleSet {
  /// The same samples with other features, for transforms that keep the samples apart.
  func replacing(features: [Float], sampleShape: [Int], featureNames: [String] = []) -> SampleSet {
    var changed = self
    (changed.features, changed.sampleShape, changed.featureNames) = (features, sampleShape, featureNames)
    return changed
  }

  /// The same samples in another part; only dividing may call this.
  func playing<Other: SampleRole>(_: Other.Type) -> SampleSet<Other> {
    SampleSet<Other>(
      trusting: name, features: features, sampleShape: sampleShape, featureNames: featureNames, sampleNames: sampleNames,
      targets: targets, origin: origin)
  }
}
