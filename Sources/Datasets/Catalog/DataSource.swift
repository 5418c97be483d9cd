import Execution

/// Where samples come from, as a user writes it: the name of a data set, or the path of a folder or file.
///
/// In this order: a name of the catalogue; a folder of IDX files, of CIFAR-10 binary files, or of PNG and JPEG pictures with a
/// folder for each class; a `.npz` archive with MedMNIST's names; a `.csv` or `.csv.gz` table with a header; CIFAR-10 `.bin` or
/// `.bin.gz` records; one picture. A path that does not exist is also looked for in `HILBERT_DATA`.
public struct DataSource: Sendable {
  /// What the user wrote.
  public let text: String
  private let location: Location

  private enum Location: Sendable {
    case catalog(CatalogEntry)
    case folder(path: String, names: [String])
    case file(path: String)
  }

  /// - Throws: `DatasetError.unknownSource` with the nearest names.
  public init(_ text: String) throws(DatasetError) {
    self.text = text
    func path(_ name: String) -> String? { ([name] + Folder.searched.map { "\($0)/\(name)" }).first(where: WholeFile.exists) }
    // Short names give way to a folder or file that is called so.
    let name = path(text) == nil ? Self.shortNames[text] ?? text : text
    if let entry = DatasetCatalog.entry(named: name) {
      location = .catalog(entry)
      return
    }
    guard !name.isEmpty, let path = path(name) else {
      if name == CIFAR.folderName { throw .notInstalled(name: "CIFAR-10", advice: CIFAR.advice) }
      if Self.looksLikePath(text) { throw .unreadable(FileFailure(text)) }
      throw .unknownSource(text, nearest: nearestNames(to: text, among: DatasetCatalog.entries.map(\.name)))
    }
    location = Folder.names(in: path).map { .folder(path: path, names: $0) } ?? .file(path: path)
  }

  /// The folders in which data sets are looked for by name, with what lies in them: `HILBERT_DATA`, said though it is not there,
  /// then the user's data folder.
  public static var foldersOfData: [(folder: String, names: [String]?)] {
    Folder.searched.map { folder in (folder, Folder.names(in: folder)?.filter { !$0.hasPrefix(".") }) }
      .filter { $0.names != nil || $0.folder != Folder.userData }
  }

  private static let shortNames = ["fashion": "fashion-mnist", "cifar10": CIFAR.folderName]

  /// True for what cannot be meant as the name of a set.
  private static func looksLikePath(_ text: String) -> Bool {
    text.contains("/") || looksLikeFile(text) || [".gz", ".png", ".jpg", ".jpeg"].contains(where: text.lowercased().hasSuffix)
  }

  private static func looksLikeFile(_ name: String) -> Bool {
    [".npz", ".csv", ".csv.gz", ".bin", ".bin.gz"].contains(where: name.lowercased().hasSuffix)
  }

  /// The samples.
  ///
  /// - Parameters:
  ///   - table: how to read the label column of a table.
  ///   - arrays: how to read images.
  ///   - seed: what a synthetic set is drawn from.
  /// - Throws: `DatasetError`.
  public func load(
    table: TableOptions = TableOptions(), arrays: ArrayOptions = ArrayOptions(), seed: UInt64 = 0
  ) throws(DatasetError) -> LoadedDataset {
    let loaded =
      switch location {
      case .catalog(let entry): try entry.load(seed: seed)
      case .folder(let path, let names): try load(folder: path, names: names, arrays: arrays)
      case .file(let path): try load(file: path, table: table, arrays: arrays)
      }
    guard let size = arrays.imageSize, loaded.sampleShape.dropFirst() != [size, size] else { return loaded }
    guard loaded.sampleShape.count == 3 else {
      throw .unsupported(
        path: text, found: "an image size of \(size) for samples that are no images", advice: "Leave the size out.")
    }
    return loaded.applying(ImageResizing(height: size, width: size))
  }

  private func load(folder: String, names: [String], arrays: ArrayOptions) throws(DatasetError) -> LoadedDataset {
    if IDXFolder.isOne(names) {
      return try IDXFolder.read(IDXFolder.Files(folder: folder), name: folder, options: arrays, origin: nil)
    }
    guard let parts = CIFAR.parts(among: names) else {
      if let batch = names.first(where: { $0.hasPrefix("data_batch") }) {
        try CIFAR.refusePickle(try FileBytes(reading: "\(folder)/\(batch)"))
      }
      if let pictures = try PictureFolder(folder, names: names) { return try pictures.read(arrays) }
      if let file = names.first(where: Self.looksLikeFile) {
        throw .unsupported(
          path: folder, found: "a folder with \(file) in it, which is a data set by itself", advice: "Give \(folder)/\(file).")
      }
      throw .unsupported(
        path: folder, found: "neither pictures nor IDX files nor CIFAR-10 binary files in this folder",
        advice:
          "Put PNG or JPEG pictures into a folder for each class, or name its files train-images-idx3-ubyte, train-labels-idx1-ubyte"
          + " and so on, or give a .npz, .csv or .bin file.")
    }
    func read(_ names: [String]) throws(DatasetError) -> Dataset {
      try CIFAR.read(
        try names.map { name throws(DatasetError) in try FileBytes(readingRaw: "\(folder)/\(name)") }, name: folder)
    }
    let training = try read(parts.training)
    guard !parts.test.isEmpty else { return .undivided(training) }
    return .divided(try DividedDataset(training: training.allForTraining(), test: try read(parts.test).allHeldOut()))
  }

  private func load(file path: String, table: TableOptions, arrays: ArrayOptions) throws(DatasetError) -> LoadedDataset {
    let file = try FileBytes(readingRaw: path)
    let name = path.lowercased()
    if name.hasSuffix(".npz") { return try NPZ(file).dataset(options: arrays) }
    if name.hasSuffix(".csv") || name.hasSuffix(".csv.gz") {
      return .undivided(try CSVTable.read(try file.decompressed(), options: table))
    }
    if name.hasSuffix(".bin") || name.hasSuffix(".bin.gz") { return .undivided(try CIFAR.read([file], name: path)) }
    if try PictureFolder.isPicture(path) { return try PictureFolder(picture: path).read(arrays) }
    try CIFAR.refusePickle(try file.decompressed())
    throw .unsupported(
      path: path, found: "the name says no known format",
      advice: "Give a folder of pictures or IDX files, or a file whose name ends in .npz, .csv, .csv.gz, .bin or .bin.gz.")
  }
}
