/// The data of one experiment, as a training configuration names them.
public struct DataRequest: Sendable, Hashable {
  /// A `DataSource`.
  public var source: String
  /// A second `DataSource` with the test samples; nil takes the official split, or draws one.
  public var test: String?
  /// How the label column of a table is read.
  public var table: TableOptions
  /// How images are read.
  public var arrays: ArrayOptions
  /// At most so many training samples, each class keeping its share; test samples are never left out.
  public var limit: Int?
  /// The share of a set without an official split that is held out for testing; nil is a fifth, and the only choice for a set
  /// with an official split.
  public var testFraction: Double?
  /// Draws the split and the samples of a synthetic set.
  public var seed: UInt64

  /// A request for the default set as it is; every argument changes one thing.
  public init(
    source: String = DatasetCatalog.defaultName, test: String? = nil, table: TableOptions = TableOptions(),
    arrays: ArrayOptions = ArrayOptions(), limit: Int? = nil, testFraction: Double? = nil, seed: UInt64 = 0
  ) {
    precondition(limit.map { $0 >= 1 } ?? true, "DataRequest: limit is \(limit ?? 0), must be at least 1")
    self.source = source
    self.test = test
    self.table = table
    self.arrays = arrays
    self.limit = limit
    self.testFraction = testFraction
    self.seed = seed
  }

  /// The training, validation and test samples.
  ///
  /// - Throws: `DatasetError` where a source cannot be read, or the test samples do not match the training samples.
  public func load() throws(DatasetError) -> DividedDataset {
    let loaded = try DataSource(source).load(table: table, arrays: arrays, seed: seed)
    if case .divided = loaded, test == nil, let testFraction {
      throw .unsupported(
        path: source, found: "a test fraction of \(testFraction) for a set with test samples of its own",
        advice: "Leave the fraction out.")
    }
    var parts = loaded.divided(testFraction: testFraction ?? 0.2, seed: seed)
    if let test {
      var arrays = arrays
      var table = table
      switch loaded.training.targets {
      // Whole numbers among the test targets of a regression are no classes.
      case .values: table.task = .regression
      case .classes: table.task = .classification
      case .none: break
      }
      if loaded.sampleShape.count == 3, [1, 3].contains(loaded.sampleShape[0]) {
        arrays.channels = arrays.channels ?? loaded.sampleShape[0]
      }
      parts = try DividedDataset(
        training: loaded.training, validation: loaded.validation,
        test: try DataSource(test).load(table: table, arrays: arrays, seed: seed).heldOut)
    }
    guard let limit else { return parts }
    return DividedDataset(trusting: parts.training.limited(to: limit), validation: parts.validation, test: parts.test)
  }
}
