import Datasets

/// The samples of a run, ready for a network: divided, and transformed by what was fitted on the training samples.
struct PreparedData: Sendable {
  let training: TrainingSet
  let test: HeldOutSet
  /// What was done to the features, to be done to every later sample too.
  let pipeline: FeaturePipeline

  /// The samples before the transforms.
  let sourceTraining: TrainingSet
  let sourceTest: HeldOutSet

  /// The shape of a sample before the transforms.
  var sourceShape: [Int] { sourceTest.sampleShape }
  /// The names of the features before the transforms; nil where the source has none.
  var featureNames: [String]? { sourceTest.featureNames.isEmpty ? nil : sourceTest.featureNames }
  /// The shape of a sample as the network takes it.
  var sampleShape: [Int] { training.sampleShape }
  var classNames: [String] { training.classNames }

  /// - Parameters:
  ///   - isScaled: false leaves numbers as they are, which are angles already.
  ///   - encoders: what trains an autoencoder.
  /// - Throws: `DatasetError`, or `Failure` for samples without classes.
  init(_ section: DataSection, seed: UInt64, isScaled: Bool = true, encoders: EncoderSource) throws {
    let divided = try DataRequest(section, seed: seed).load()
    guard divided.training.classCount >= 2 else {
      throw Failure(
        .badInput,
        "\(section.source) has \(divided.training.classCount == 1 ? "one class" : "no classes"), and a classifier needs two"
          + (divided.training.sampleShape.count == 1 ? "; name a label column with --label" : "")
      )
    }
    guard divided.test.count > 0 else {
      throw Failure(.badInput, "\(section.source) leaves no test samples; hold more out, for example --test 0.2")
    }
    (sourceTraining, sourceTest) = (divided.training, divided.test)
    pipeline = try section.pipeline(fitting: divided, isScaled: isScaled, encoders: encoders)
    training = pipeline.applied(to: divided.training)
    test = pipeline.applied(to: divided.test)
  }
}

extension DataRequest {
  init(_ section: DataSection, seed: UInt64) {
    self.init(
      source: section.source, table: section.table, arrays: ArrayOptions(imageSize: section.imageSize), limit: section.limit,
      seed: seed)
    switch section.test {
    case .source(let source)?: test = source
    case .fraction(let fraction)?: testFraction = fraction
    case nil: break
    }
  }
}

extension DataSection {
  /// Where the classes stand in a table.
  var table: TableOptions { TableOptions(label: label.map(TableOptions.Label.column) ?? .automatic, task: .classification) }

  /// Table columns differ in unit and size, so they are standardized; pixels share one scale, 0...1, and stay as they are.
  fileprivate func pipeline(
    fitting data: DividedDataset, isScaled: Bool, encoders: EncoderSource
  ) throws -> FeaturePipeline {
    let isTable = data.training.sampleShape.count == 1
    var first = FeaturePipeline()
    if let autoencoder {
      // A decoder's outputs lie between 0 and 1, as pixels do.
      if isTable { first = try FeaturePipeline([.scale(to: 0...1)], fitting: data.training) }
      let encoder = try encoders(autoencoder, first.applied(to: data.training), first.applied(to: data.test))
      first = FeaturePipeline(steps: first.steps + [.encoder(encoder)])
    }
    let standardized: [FeaturePipeline.Recipe] = isScaled ? [.standardize] : []
    var recipes = isTable && autoencoder == nil && pca != nil ? standardized : []
    if let pca { recipes.append(.principalComponents(pca)) }
    switch scaling {
    case .angles: recipes.append(.scale(to: 0...Float.pi))
    case .automatic: if isTable || autoencoder != nil || pca != nil { recipes += standardized }
    }
    return try FeaturePipeline(recipes, after: first, fitting: data.training)
  }
}
