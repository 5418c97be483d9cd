/// Resizes images by averaging areas: every new pixel is the mean of the part of the old image that it covers.
///
/// Where the size divides evenly this is average pooling.
///
/// - Shape: samples are channels x height x width.
public struct ImageResizing: FeatureTransform, Hashable, Codable {
  /// Rows of a new image.
  public let height: Int
  /// Columns of a new image.
  public let width: Int

  /// A resizing to images of `height` x `width`.
  public init(height: Int, width: Int) {
    precondition(height >= 1 && width >= 1, "ImageResizing: \(height) x \(width), both must be at least 1")
    self.height = height
    self.width = width
  }

  public func outputShape(for sampleShape: [Int]) -> [Int] {
    precondition(sampleShape.count == 3, "ImageResizing: samples of shape \(sampleShape), expected channels x height x width")
    return [sampleShape[0], height, width]
  }

  /// - Complexity: O(old pixels + new pixels) for each image.
  public func transforming(_ features: [Float], sampleShape: [Int]) -> [Float] {
    let (oldHeight, oldWidth) = (sampleShape[1], sampleShape[2])
    let rows = coverage(of: oldHeight, by: height)
    let columns = coverage(of: oldWidth, by: width)
    var result: [Float] = []
    result.reserveCapacity(features.count / (oldHeight * oldWidth) * height * width)
    var narrow = [Float](repeating: 0, count: oldHeight * width)
    for image in stride(from: 0, to: features.count, by: oldHeight * oldWidth) {
      for y in 0..<oldHeight {
        for (x, parts) in columns.enumerated() {
          narrow[y * width + x] = parts.reduce(0) { $0 + $1.weight * features[image + y * oldWidth + $1.place] }
        }
      }
      for parts in rows {
        for x in 0..<width { result.append(parts.reduce(0) { $0 + $1.weight * narrow[$1.place * width + x] }) }
      }
    }
    return result
  }

  /// For each of `new` equal intervals the old places it covers, with weights that add to 1.
  private func coverage(of old: Int, by new: Int) -> [[(place: Int, weight: Float)]] {
    // In units of 1/new of an old pixel all borders are integers: interval i is old·i ..< old·(i + 1).
    (0..<new).map { interval in
      let (start, end) = (old * interval, old * (interval + 1))
      return (start / new...(end - 1) / new).map { place in
        (place, Float(min(end, new * (place + 1)) - max(start, new * place)) / Float(old))
      }
    }
  }
}
