/// Shifts and scales every feature to mean 0 and standard deviation 1 over the training samples: `(x - mean) / deviation`.
///
/// A feature that is constant in the training set becomes 0.
public struct Standardizer: FeatureTransform, Hashable, Codable {
  /// One mean a feature.
  public let means: [Float]
  /// One population standard deviation a feature; 1 where it would be 0.
  public let deviations: [Float]

  /// - Complexity: O(features of the training set).
  public init(fitting training: TrainingSet) {
    let size = training.sampleSize
    var sums = [Double](repeating: 0, count: size)
    for (index, value) in training.features.enumerated() { sums[index % size] += Double(value) }
    let means = sums.map { $0 / Double(training.count) }
    var squares = [Double](repeating: 0, count: size)
    for (index, value) in training.features.enumerated() {
      let difference = Double(value) - means[index % size]
      squares[index % size] += difference * difference
    }
    self.means = means.map { Float($0) }
    deviations = squares.map { $0 > 0 ? Float(($0 / Double(training.count)).squareRoot()) : 1 }
  }

  public func outputShape(for sampleShape: [Int]) -> [Int] { sampleShape }

  public func transforming(_ features: [Float], sampleShape: [Int]) -> [Float] {
    requireSize(means.count, sampleShape, of: "Standardizer")
    return features.enumerated().map { index, value in
      (value - means[index % means.count]) / deviations[index % means.count]
    }
  }
}
