/// Which samples are learned from and which are only looked at: the `data` section.
struct DataSection: Hashable, Sendable {
  /// The name of a set, a folder of pictures, of IDX or of CIFAR-10 files, or a `.csv(.gz)`, `.npz` or CIFAR `.bin` file.
  var source: String
  /// A second source for testing, or the share of `source` that is held out, or nil for the source's own test part.
  var test: Held?
  /// The label column of a table; nil takes the one called label, class or target.
  var label: String?
  /// At most this many training samples, each class keeping its share; test samples are never left out.
  var limit: Int?
  /// The height and width that images are resized to; nil leaves them as they are.
  var imageSize: Int?
  /// Keep this many principal components, fitted on the training samples alone.
  var pca: Int?
  /// Compress samples first, by an autoencoder trained on the training samples.
  var autoencoder: AutoencoderSection?
  /// What becomes of the numbers last of all.
  var scaling = FeatureScaling.automatic

  /// Where test samples come from.
  enum Held: Hashable, Sendable {
    case source(String)
    case fraction(Double)
  }

  static let sourceHelp =
    "mnist, fashion, cifar10 or another name of hilbert data list, a folder of pictures (a folder for each class), of IDX or of "
    + "CIFAR-10 files, a .csv(.gz), .npz or CIFAR .bin file."

  /// What `imageSize` may be.
  static let imageSizes = 1...4096

  static let keys = ["source", "test", "label", "limit", "imageSize", "pca", "autoencoder", "scaling"]

  init(source: String) { self.source = source }

  init(_ node: ConfigurationNode) throws(ConfigurationError) {
    let section = try node.section(known: Self.keys)
    guard let source = section["source"] else {
      throw node.error("'data' lacks the key 'source'", advice: "name a data set; hilbert data list shows the embedded ones")
    }
    self.source = try source.string(wanted: "the name of a data set or a path")
    self.test = try section["test"].map { node throws(ConfigurationError) in try Held(node) }
    self.label = try section["label"]?.string(wanted: "the name of a column")
    self.limit = try section["limit"]?.integer(in: 1...Int.max)
    self.imageSize = try section["imageSize"]?.integer(in: Self.imageSizes)
    self.pca = try section["pca"]?.integer(in: 1...Int.max)
    self.autoencoder = try section["autoencoder"].map { node throws(ConfigurationError) in try AutoencoderSection(node) }
    self.scaling = try section["scaling"]?.choice(FeatureScaling.self) ?? .automatic
  }
}

/// What becomes of the numbers of a sample before a network or a circuit reads them.
enum FeatureScaling: String, CaseIterable, Sendable {
  /// Pixels stay as they are; columns of a table, components and latents get mean 0 and deviation 1.
  case automatic
  /// The smallest and the largest training value of every feature become 0 and pi; held-out values beyond them too.
  case angles
}

extension DataSection.Held {
  init(_ node: ConfigurationNode) throws(ConfigurationError) {
    if let scalar = node.scalar, Double(scalar) != nil {
      self = .fraction(try node.number(above: 0, upTo: 0.9))
    } else {
      self = .source(try node.string(wanted: "a share such as 0.2, the name of a data set or a path"))
    }
  }

  /// As the command line gives it: a number is a share, anything else a source.
  init(argument: String) {
    self = Double(argument).map(Self.fraction) ?? .source(argument)
  }
}
