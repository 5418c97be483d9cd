/// Maps every feature linearly so that its smallest and largest training value become the ends of a range.
///
/// Held-out values beyond the training values are clamped to the range, since angles and amplitudes that leave it would
/// mean something else; a feature that is constant in the training set becomes the lower end.
public struct MinMaxScaler: FeatureTransform, Hashable, Codable {
  /// The smallest training value of each feature.
  public let minima: [Float]
  /// The largest training value of each feature.
  public let maxima: [Float]
  /// Where the features go.
  public let range: ClosedRange<Float>

  /// - Complexity: O(features of the training set).
  public init(fitting training: TrainingSet, to range: ClosedRange<Float> = 0...1) {
    let size = training.sampleSize
    var minima = [Float](repeating: .infinity, count: size)
    var maxima = [Float](repeating: -.infinity, count: size)
    for (index, value) in training.features.enumerated() {
      minima[index % size] = min(minima[index % size], value)
      maxima[index % size] = max(maxima[index % size], value)
    }
    self.minima = minima
    self.maxima = maxima
    self.range = range
  }

  public func outputShape(for sampleShape: [Int]) -> [Int] { sampleShape }

  public func transforming(_ features: [Float], sampleShape: [Int]) -> [Float] {
    requireSize(minima.count, sampleShape, of: "MinMaxScaler")
    return features.enumerated().map { index, value in
      let (low, high) = (minima[index % minima.count], maxima[index % minima.count])
      guard high > low else { return range.lowerBound }
      // The difference of two single numbers may be too large for one; the weighted mean of the ends is not.
      let fraction = min(1, max(0, (Double(value) - Double(low)) / (Double(high) - Double(low))))
      return Float((1 - fraction) * Double(range.lowerBound) + fraction * Double(range.upperBound))
    }
  }
}
