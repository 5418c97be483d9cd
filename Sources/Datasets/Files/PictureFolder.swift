/// A folder of PNG and JPEG pictures, as image sets are often published: a folder for each class.
///
/// Either `CLASS/*.png`, or `train/CLASS/*.png` with `test/CLASS/*.png` and perhaps `val/CLASS/*.png`; pictures that stand in no
/// such folder have no class. Classes are in the order of their names, pictures in that of their paths; names that begin with
/// a dot and files that are no pictures are passed over.
struct PictureFolder {
  /// A picture and its class, as far as it has one.
  private struct Entry {
    let path: String
    let className: String?
  }

  private let path: String
  /// All pictures where nothing is divided, else those to learn from.
  private var training: [Entry]
  private let validation: [Entry]
  private let test: [Entry]

  /// nil where neither the folder nor the folders inside hold pictures.
  ///
  /// - Throws: `DatasetError` for pictures of another format, and for pictures without a class beside others with one.
  init?(_ path: String, names: [String]) throws(DatasetError) {
    func part(_ spellings: String...) throws(DatasetError) -> [Entry] {
      guard let name = names.first(where: { spellings.contains($0.lowercased()) }) else { return [] }
      // Pictures right inside make it a class, of trains perhaps.
      return try Self.entries(in: "\(path)/\(name)").filter { $0.className != nil }
    }
    let (learnt, tuning) = (try part("train", "training"), try part("val", "valid", "validation"))
    var held = try part("test", "testing")
    // Beside training pictures those to judge by may have no classes: they are to be predicted.
    if !learnt.isEmpty, held.isEmpty, let name = names.first(where: { ["test", "testing"].contains($0.lowercased()) }) {
      held = try Self.entries(in: "\(path)/\(name)")
    }
    if !tuning.isEmpty, learnt.isEmpty || held.isEmpty {
      throw .unsupported(
        path: path, found: "pictures for validation without others for training and for testing",
        advice: "Call the folders train, test and, where there is a third, val.")
    }
    self.path = path
    (training, validation, test) = learnt.isEmpty ? (held, [], []) : (learnt, tuning, held)
    if training.isEmpty { training = try Self.entries(in: path) }
    if training.isEmpty { return nil }
  }

  /// One picture, which has no class.
  init(picture path: String) {
    self.path = path
    (training, validation, test) = ([Entry(path: path, className: nil)], [], [])
  }

  private static func entries(in folder: String) throws(DatasetError) -> [Entry] {
    var (classes, alone): ([Entry], [Entry]) = ([], [])
    for name in Folder.names(in: folder) ?? [] where !name.hasPrefix(".") {
      let path = "\(folder)/\(name)"
      if let inner = Folder.names(in: path) {
        for picture in inner where try isPicture("\(path)/\(picture)") {
          classes.append(Entry(path: "\(path)/\(picture)", className: name))
        }
      } else if try isPicture(path) {
        alone.append(Entry(path: path, className: nil))
      }
    }
    if let stray = alone.first, !classes.isEmpty {
      throw .unsupported(
        path: stray.path, found: "a picture without a class beside folders with pictures",
        advice: "Put it into the folder of its class, or take it away.")
    }
    return classes + alone
  }

  /// True for the path of a PNG or JPEG file, as its name says.
  static func isPicture(_ path: String) throws(DatasetError) -> Bool {
    let parts = path.split(separator: "/").last?.split(separator: ".", omittingEmptySubsequences: false) ?? []
    guard parts.count > 1, let ending = parts.last, parts.first != "" else { return false }
    switch ending.lowercased() {
    case "png", "jpg", "jpeg": return true
    case "bmp", "tif", "tiff", "gif", "webp", "pgm", "ppm", "pbm":
      throw .unsupported(
        path: path, found: "a picture that is neither PNG nor JPEG",
        advice: "Convert it, for example with ImageMagick: `mogrify -format png *.\(ending)` in its folder.")
    default: return false
    }
  }

  /// Decodes all pictures.
  ///
  /// All parts are grey together or coloured together: one coloured picture makes all of them coloured.
  ///
  /// - Throws: `DatasetError` for a picture that does not decode or has another size than the first, and for missing classes.
  func read(_ options: ArrayOptions) throws(DatasetError) -> LoadedDataset {
    let entries = training + validation + test
    if options.readsLabels, let bare = entries.first(where: { $0.className == nil }) {
      throw .unsupported(
        path: path, found: "pictures without classes, such as \(bare.path)",
        advice: "Put those of each class into a folder that is called as the class.")
    }
    let pixels = try PicturePixels(entries.map(\.path), options: options)
    func dataset(_ rows: Range<Int>) throws(DatasetError) -> Dataset? {
      guard !rows.isEmpty else { return nil }
      let classes = entries[rows].compactMap(\.className)
      let names = Set(classes).sorted()
      return try Dataset(
        name: path, features: pixels.samples(rows), sampleShape: pixels.sampleShape,
        sampleNames: entries[rows].map { $0.path == path ? path : String($0.path.dropFirst(path.count + 1)) },
        targets: options.readsLabels ? .classes(labels: classes.map { names.firstIndex(of: $0)! }, names: names) : .none)
    }
    let (first, second) = (training.count, training.count + validation.count)
    let learnt = try dataset(0..<first)!
    guard let held = try dataset(second..<entries.count) else { return .undivided(learnt) }
    return .divided(
      try DividedDataset(
        training: learnt.allForTraining(), validation: try dataset(first..<second)?.allHeldOut(), test: held.allHeldOut()))
  }
}
