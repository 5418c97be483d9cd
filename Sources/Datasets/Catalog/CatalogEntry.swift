/// One data set known by name.
public struct CatalogEntry: Sendable {
  /// What a user writes to choose the set.
  public let name: String
  /// One line for a list.
  public let summary: String
  /// The shape of one sample.
  public let sampleShape: [Int]
  /// One name a feature, or empty.
  public let featureNames: [String]
  /// The name of each class, in the order of the labels.
  public let classNames: [String]
  /// Samples in the training part, or all samples where there is no official split.
  public let trainingCount: Int
  /// Samples in the official test part, or nil where there is no official split.
  public let testCount: Int?
  /// Where the samples come from, and their licence.
  public let origin: DatasetOrigin
  /// Whether the samples are at hand.
  public let availability: Availability

  /// Where the samples are.
  public enum Availability: Sendable, Hashable {
    /// Inside the binary.
    case embedded
    /// Computed from a seed.
    case synthetic
    /// To be fetched once.
    case fetchable
  }

  typealias Loader = @Sendable (_ entry: CatalogEntry, _ seed: UInt64) throws(DatasetError) -> LoadedDataset
  private let loader: Loader

  init(
    name: String, summary: String, sampleShape: [Int], featureNames: [String] = [], classNames: [String], trainingCount: Int,
    testCount: Int?, origin: DatasetOrigin, availability: Availability, loader: @escaping Loader
  ) {
    self.name = name
    self.summary = summary
    self.sampleShape = sampleShape
    self.featureNames = featureNames
    self.classNames = classNames
    self.trainingCount = trainingCount
    self.testCount = testCount
    self.origin = origin
    self.availability = availability
    self.loader = loader
  }

  /// The samples.
  ///
  /// - Parameter seed: which samples a synthetic set draws; other sets do not use it.
  /// - Throws: `DatasetError.notInstalled` where the set has to be fetched first.
  public func load(seed: UInt64 = 0) throws(DatasetError) -> LoadedDataset { try loader(self, seed) }
}
