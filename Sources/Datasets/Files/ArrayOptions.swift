/// What a reader cannot know from the files alone.
public struct ArrayOptions: Sendable, Hashable {
  /// The byte that means full intensity; pixels are divided by it.
  public var pixelMaximum: Int
  /// The names of the classes, or nil for "0", "1", ... as many as the labels need; pictures have those of their folders.
  public var classNames: [String]?
  /// False for samples to predict on: labels are not read, and need not be there.
  public var readsLabels: Bool
  /// Images become so many pixels high and wide, by averaging areas; nil leaves their size, which must be the same for all.
  public var imageSize: Int?
  /// 1 makes PNG and JPEG pictures grey and 3 coloured, nil takes them as they are; images of other files keep their channels.
  public var channels: Int?

  /// By default pixels are bytes with full intensity at 255.
  public init(
    pixelMaximum: Int = 255, classNames: [String]? = nil, readsLabels: Bool = true, imageSize: Int? = nil, channels: Int? = nil
  ) {
    precondition(pixelMaximum >= 1, "ArrayOptions: pixelMaximum is \(pixelMaximum), must be at least 1")
    precondition(imageSize.map { $0 >= 1 } ?? true, "ArrayOptions: imageSize is \(imageSize ?? 0), must be at least 1")
    precondition(channels.map { [1, 3].contains($0) } ?? true, "ArrayOptions: \(channels ?? 0) channels, must be 1 or 3")
    self.pixelMaximum = pixelMaximum
    self.classNames = classNames
    self.readsLabels = readsLabels
    self.imageSize = imageSize
    self.channels = channels
  }
}
