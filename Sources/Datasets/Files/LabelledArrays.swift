/// A pair of arrays, samples and their labels, as IDX folders and npz archives hold them.
struct LabelledArrays {
  let samples: NumericArray
  let samplesPath: String
  /// nil where they are not read.
  let labels: NumericArray?
  let labelsPath: String
  /// True where images are stored height x width x channels, as most programs have them.
  var channelsLast = false

  /// PyTorch has the channels first; nothing but channels comes as one, three or four, unless the other end does too.
  private var hasChannelsLast: Bool {
    guard channelsLast, samples.shape.count == 4 else { return false }
    return !([1, 3, 4].contains(samples.shape[1]) && ![1, 3, 4].contains(samples.shape[3]))
  }
}

extension LabelledArrays {
  /// The arrays as a data set.
  ///
  /// Images become channels x height x width. Without class names the labels must be 0, 1, ... without a gap: a label
  /// beyond the number of different labels is an error, not a class of its own.
  func dataset(name: String, options: ArrayOptions, origin: DatasetOrigin?) throws(DatasetError) -> Dataset {
    let count = samples.shape.first ?? 0
    let targets = try labels.map { labels throws(DatasetError) in try classes(labels, count: count, names: options.classNames) }
    guard count > 0, let size = elementCount(samples.shape), size > 0 else {
      throw .empty(path: samplesPath, advice: "Give a file with at least one sample.")
    }
    var features = samples.features(pixelMaximum: options.pixelMaximum)
    let shape = sampleShape
    if hasChannelsLast { features = channelsFirst(features, shape: shape) }
    return try Dataset(
      name: name, features: features, sampleShape: shape, targets: targets ?? .none, origin: origin)
  }

  /// One class for each of `count` samples; labels come as (samples) or (samples, 1).
  private func classes(_ array: NumericArray, count: Int, names: [String]?) throws(DatasetError) -> SampleTargets {
    guard array.shape.count == 1 || (array.shape.count == 2 && array.shape[1] == 1) else {
      throw .malformed(path: labelsPath, problem: "labels of shape \(array.shape)", expected: "one label a sample")
    }
    let labels = try array.labels(path: labelsPath)
    guard labels.count == count else {
      throw .countMismatch(samples: count, samplesPath: samplesPath, labels: labels.count, labelsPath: labelsPath)
    }
    let classCount = names?.count ?? Set(labels).count
    if let bad = labels.firstIndex(where: { !(0..<classCount).contains($0) }) {
      guard names == nil else {
        throw .labelOutOfRange(path: labelsPath, sample: bad, label: labels[bad], classCount: classCount)
      }
      throw .malformed(
        path: labelsPath, problem: "\(classCount) different labels, and sample \(bad) (from 0) has the label \(labels[bad])",
        expected: "classes numbered 0, 1, ... without a gap"
          + (labels.min() == 1 && labels.max() == classCount ? ": subtract 1" : ""))
    }
    return .classes(labels: labels, names: names ?? (0..<classCount).map(String.init))
  }

  /// Grey images get their one channel; RGB images put the channel first.
  private var sampleShape: [Int] {
    let shape = Array(samples.shape.dropFirst())
    return switch shape.count {
    case 0: [1]
    case 2: [1] + shape
    case 3 where hasChannelsLast: [shape[2], shape[0], shape[1]]
    default: shape
    }
  }

  private func channelsFirst(_ features: [Float], shape: [Int]) -> [Float] {
    let (channels, pixels) = (shape[0], shape[1] * shape[2])
    var result = features
    for start in stride(from: 0, to: features.count, by: channels * pixels) {
      for pixel in 0..<pixels {
        for channel in 0..<channels { result[start + channel * pixels + pixel] = features[start + pixel * channels + channel] }
      }
    }
    return result
  }
}
