/// An archive of named arrays, as numpy.savez and numpy.savez_compressed write it.
public struct NPZ: Sendable {
  /// The arrays by name.
  public let arrays: [String: NumericArray]
  let path: String

  /// - Throws: `DatasetError` where the archive or an array in it is damaged or of another kind.
  public init(reading path: String) throws(DatasetError) {
    try self.init(try FileBytes(readingRaw: path))
  }

  init(_ file: FileBytes) throws(DatasetError) {
    let archive = try ZIPArchive(file)
    var arrays: [String: NumericArray] = [:]
    for entry in archive.entries where entry.name.hasSuffix(".npy") {
      arrays[String(entry.name.dropLast(4))] = try NPY.decode(try archive.contents(of: entry))
    }
    self.arrays = arrays
    path = file.path
  }

  /// The data set whose arrays are named as MedMNIST names them, `train_images`, `train_labels`, likewise `val` and `test`,
  /// or `x_train`, `y_train`, `x_test`, `y_test`.
  func dataset(options: ArrayOptions) throws(DatasetError) -> LoadedDataset {
    guard let training = try part("train", options: options) else {
      if !options.readsLabels, let test = try part("test", options: options) { return .undivided(test) }
      throw .malformed(
        path: path, problem: "the arrays are \(arrays.keys.sorted().joined(separator: ", "))",
        expected: "train_images and train_labels, likewise val and test; or x_train and y_train, likewise test")
    }
    var heldOut = options
    heldOut.classNames = training.classNames
    guard let test = try part("test", options: heldOut) else {
      guard try part("val", options: heldOut) == nil else {
        throw .malformed(path: path, problem: "validation images without test images", expected: "both, or those for testing alone")
      }
      return .undivided(training)
    }
    return .divided(
      try DividedDataset(
        training: training.allForTraining(), validation: try part("val", options: heldOut)?.allHeldOut(),
        test: test.allHeldOut()))
  }

  private func part(_ name: String, options: ArrayOptions) throws(DatasetError) -> Dataset? {
    for (samplesKey, labelsKey) in [("\(name)_images", "\(name)_labels"), ("x_\(name)", "y_\(name)")] {
      guard let samples = arrays[samplesKey] else { continue }
      let labels = options.readsLabels ? arrays[labelsKey] : nil
      if options.readsLabels, labels == nil {
        throw .malformed(path: path, problem: "\(samplesKey) without \(labelsKey)", expected: "labels for every part")
      }
      return try LabelledArrays(
        samples: samples, samplesPath: "\(path):\(samplesKey)", labels: labels, labelsPath: "\(path):\(labelsKey)",
        channelsLast: true
      ).dataset(name: path, options: options, origin: nil)
    }
    return nil
  }
}
