extension Dataset {
  /// Samples with their targets, checked: finite features, whole samples, a valid target for each.
  ///
  /// - Parameters:
  ///   - name: what error messages call the set; a path where it was read from a file.
  ///   - features: samples x `sampleShape`, row-major.
  /// - Throws: `DatasetError` with the index of the first sample that is wrong.
  /// - Complexity: O(features.count).
  public init(
    name: String, features: [Float], sampleShape: [Int], featureNames: [String] = [], sampleNames: [String] = [],
    targets: SampleTargets, origin: DatasetOrigin? = nil
  ) throws(DatasetError) {
    let size = sampleShape.reduce(1, *)
    precondition(size >= 1, "Dataset: sampleShape is \(sampleShape), must hold at least one feature")
    precondition(
      featureNames.isEmpty || featureNames.count == size,
      "Dataset: \(featureNames.count) feature names for \(size) features")
    precondition(
      sampleNames.isEmpty || sampleNames.count == features.count / size,
      "Dataset: \(sampleNames.count) sample names for \(features.count / size) samples")
    guard !features.isEmpty else { throw .empty(path: name, advice: "Give a set with at least one sample.") }
    precondition(
      features.count.isMultiple(of: size), "Dataset: \(features.count) features are no whole number of samples of \(size)")
    if let bad = features.firstIndex(where: { !$0.isFinite }) {
      throw .nonFinite(path: name, sample: bad / size, feature: bad % size, value: features[bad])
    }
    try targets.validate(count: features.count / size, path: name)
    self.init(
      trusting: name, features: features, sampleShape: sampleShape, featureNames: featureNames, sampleNames: sampleNames,
      targets: targets, origin: origin)
  }
}

extension SampleSet {
  /// Refuses samples that amplitude encoding cannot normalize, before a model meets them.
  ///
  /// - Throws: `DatasetError.zeroSample` with the index of the first sample whose features are all zero.
  public func requireNonzeroSamples() throws(DatasetError) {
    if let zero = (0..<count).first(where: { sample($0).allSatisfy { $0 == 0 } }) {
      throw .zeroSample(path: name, sample: zero)
    }
  }
}

extension SampleTargets {
  /// Checks one valid target for each of `count` samples.
  func validate(count: Int, path: String) throws(DatasetError) {
    switch self {
    case .classes(let labels, let names):
      guard labels.count == count else {
        throw .countMismatch(samples: count, samplesPath: path, labels: labels.count, labelsPath: path)
      }
      if let bad = labels.firstIndex(where: { !names.indices.contains($0) }) {
        throw .labelOutOfRange(path: path, sample: bad, label: labels[bad], classCount: names.count)
      }
    case .values(let values):
      guard values.count == count else {
        throw .countMismatch(samples: count, samplesPath: path, labels: values.count, labelsPath: path)
      }
      if let bad = values.firstIndex(where: { !$0.isFinite }) {
        throw .malformed(path: path, problem: "the target of sample \(bad) (from 0) is \(values[bad])", expected: "a finite number")
      }
    case .none:
      break
    }
  }
}
