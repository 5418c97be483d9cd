/// What a classifier that learns next to nothing makes of held-out samples: a trained one has to beat it before its accuracy means
/// anything.
public struct SimpleBaselines: Hashable, Sendable {
  /// The share of samples nearest, by Euclidean distance, to the mean training sample of their own class; of equally near means the
  /// first counts.
  public let nearestCentroid: Double
  /// The share of samples of the class that has most training samples; of equally large ones the first counts.
  public let largestClass: Double

  /// Means of the training samples, judged on the test samples; both have classes, and there is at least one of each.
  ///
  /// - Complexity: O(training features + test features classes).
  public init(training: TrainingSet, test: HeldOutSet) {
    let (classes, size) = (training.classCount, training.sampleSize)
    precondition(
      classes > 0 && test.count > 0 && test.sampleSize == size,
      "SimpleBaselines: \(classes) classes, \(test.count) test samples of \(test.sampleSize) numbers for training ones of \(size)")
    var means = [Double](repeating: 0, count: classes * size)
    for (sample, label) in training.labels.enumerated() {
      let (start, target) = (sample * size, label * size)
      for feature in 0..<size { means[target + feature] += Double(training.features[start + feature]) }
    }
    let sizes = training.classSizes
    for place in means.indices { means[place] /= Double(max(1, sizes[place / size])) }
    let labels = test.labels
    let right = labels.indices.count { sample in
      let distances = (0..<classes).map { label in
        // A class without training samples is nobody's nearest.
        guard sizes[label] > 0 else { return Double.infinity }
        var sum = 0.0
        for feature in 0..<size {
          let difference = Double(test.features[sample * size + feature]) - means[label * size + feature]
          sum += difference * difference
        }
        return sum
      }
      return distances.indices.min { distances[$0] < distances[$1] } == labels[sample]
    }
    nearestCentroid = Double(right) / Double(labels.count)
    let largest = sizes.indices.max { sizes[$0] < sizes[$1] || sizes[$0] == sizes[$1] && $0 > $1 }
    largestClass = Double(labels.count { $0 == largest }) / Double(labels.count)
  }
}
