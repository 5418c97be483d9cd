import Execution

/// The pixels of pictures that have one size, as samples hold them.
struct PicturePixels {
  /// Pictures x channels x height x width, full intensity at 1.
  private var features: [Float] = []
  private(set) var sampleShape: [Int] = []

  /// Reads the pictures, each resized to `options.imageSize` where that is given.
  ///
  /// Without `options.channels` they are grey until the first coloured one; then all are coloured.
  ///
  /// - Throws: `DatasetError` where one does not decode, or has another size than the first.
  /// - Complexity: O(all pixels).
  init(_ paths: [String], options: ArrayOptions) throws(DatasetError) {
    let scaled = (0...255).map { Float($0) / Float(options.pixelMaximum) }
    for path in paths {
      let picture = try Picture(try FileBytes(readingRaw: path))
      let found = [picture.height, picture.width]
      var planes = (0..<3).flatMap { channel in
        stride(from: channel, to: picture.pixels.count, by: 3).map { scaled[Int(picture.pixels[$0])] }
      }
      var shape = [3] + found
      if let size = options.imageSize {
        let resizing = ImageResizing(height: size, width: size)
        planes = resizing.transforming(planes, sampleShape: shape)
        shape = resizing.outputShape(for: shape)
      }
      if sampleShape.isEmpty {
        sampleShape = [options.channels ?? 1] + shape.dropFirst()
        try requireRoom(for: paths.count, path)
        features.reserveCapacity(paths.count * sampleShape.reduce(1, *))
      }
      guard sampleShape.dropFirst() == shape.dropFirst() else {
        throw .unsupported(
          path: path,
          found:
            "a picture of \(found[0]) x \(found[1]) pixels (height x width) after others of \(sampleShape[1]) x \(sampleShape[2])",
          advice: "Give all of them one size, such as `--image-size \(min(sampleShape[1], sampleShape[2], 64))`.")
      }
      if options.channels == nil, sampleShape[0] == 1, picture.isColoured {
        becomeColoured()
        try requireRoom(for: paths.count, path)
      }
      features += sampleShape[0] == 3 ? planes : Self.grey(planes)
    }
  }

  /// Refuses what the memory cannot hold before it is read.
  private func requireRoom(for count: Int, _ path: String) throws(DatasetError) {
    let bytes = UInt64(count) * UInt64(sampleShape.reduce(4, *))
    // A set has its features once more while they are divided.
    guard bytes <= MemoryBudget.available.bytes / 2 else {
      throw .unsupported(
        path: path, found: "\(count) pictures of \(sampleShape[1]) x \(sampleShape[2]) pixels, which take \(bytes >> 30) GiB",
        advice: "Take a smaller size, such as `--image-size 64`.")
    }
  }

  /// The features of some of the pictures.
  func samples(_ rows: Range<Int>) -> [Float] {
    let size = sampleShape.reduce(1, *)
    return Array(features[rows.lowerBound * size..<rows.upperBound * size])
  }

  /// Every grey level three times, once for each colour.
  private mutating func becomeColoured() {
    let size = sampleShape.reduce(1, *)
    sampleShape[0] = 3
    features = stride(from: 0, to: features.count, by: size).flatMap { start in
      (0..<3).flatMap { _ in features[start..<start + size] }
    }
  }

  /// The luma of ITU-R BT.601, as JPEG has it; equal colours give their own level, whatever the weights round to.
  private static func grey(_ planes: [Float]) -> [Float] {
    let size = planes.count / 3
    return (0..<size).map { pixel in
      let (red, green, blue) = (planes[pixel], planes[size + pixel], planes[2 * size + pixel])
      return red == green && green == blue ? red : 0.299 * red + 0.587 * green + 0.114 * blue
    }
  }
}
