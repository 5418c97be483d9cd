import Execution

/// A published data set that is too large to ship: its files, their checksums, and how to get them.
public struct FetchableSet: Sendable {
  /// What a user writes to choose the set.
  public let name: String
  let summary: String
  let classNames: [String]
  let origin: DatasetOrigin
  /// The published files, as they are when decompressed.
  public let files: [File]
  /// A Debian package that installs the files, and the folder it puts them in.
  public let package: (name: String, folder: String)?
  /// Where the files are published, each as NAME.gz.
  public let mirrors: [String]

  /// One file of a published set.
  public struct File: Sendable, Hashable {
    /// The published name, without .gz.
    public let name: String
    /// Size of the decompressed file.
    public let byteCount: Int
    /// SHA-256 of the decompressed file, in hexadecimal.
    public let checksum: String

    package init(name: String, byteCount: Int, checksum: String) {
      self.name = name
      self.byteCount = byteCount
      self.checksum = checksum
    }
  }

  package init(
    name: String, summary: String = "", classNames: [String] = [], origin: DatasetOrigin = DatasetOrigin(source: "", licence: ""),
    files: [File], package: (name: String, folder: String)? = nil, mirrors: [String] = []
  ) {
    self.name = name
    self.summary = summary
    self.classNames = classNames
    self.origin = origin
    self.files = files
    self.package = package
    self.mirrors = mirrors
  }

  /// Every set that can be fetched.
  public static let all: [FetchableSet] = [
    FetchableSet(
      name: "fashion-mnist", summary: "clothes in grey, the whole FashionMNIST", classNames: fashionClasses,
      origin: DatasetOrigin(source: "Xiao, Rasul, Vollgraf, Fashion-MNIST, Zalando 2017", licence: "MIT"),
      files: mnistFiles(checksums: [
        "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
        "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
        "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
        "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
      ]),
      package: (name: "dataset-fashion-mnist", folder: "/usr/share/datasets/fashion-mnist"),
      mirrors: ["http://fashion-mnist.s3-website.eu-central-1.amazonaws.com"]),
    FetchableSet(
      name: "mnist", summary: "handwritten digits in grey, the whole MNIST", classNames: digitClasses,
      origin: DatasetOrigin(source: "LeCun, Cortes, Burges, The MNIST database of handwritten digits", licence: "CC BY-SA 3.0"),
      files: mnistFiles(checksums: [
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
      ]),
      mirrors: ["https://ossci-datasets.s3.amazonaws.com/mnist", "https://storage.googleapis.com/cvdf-datasets/mnist"]),
  ]

  static let fashionClasses = [
    "t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot",
  ]
  static let digitClasses = (0...9).map(String.init)

  /// The four files of MNIST and of the sets made in its image: 60,000 + 10,000 images of 28x28.
  private static func mnistFiles(checksums: [String]) -> [File] {
    let names = [
      "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte",
    ]
    let sizes = [16 + 60_000 * 784, 8 + 60_000, 16 + 10_000 * 784, 8 + 10_000]
    return zip(names, zip(sizes, checksums)).map { File(name: $0, byteCount: $1.0, checksum: $1.1) }
  }
}

extension FetchableSet {
  /// The set's row in the catalogue.
  var entry: CatalogEntry {
    CatalogEntry(
      name: name, summary: summary, sampleShape: [1, 28, 28], classNames: classNames, trainingCount: 60_000, testCount: 10_000,
      origin: origin, availability: .fetchable
    ) { entry, _ throws(DatasetError) in
      guard let folder = installedFolder() else { throw .notInstalled(name: name, advice: advice) }
      return try IDXFolder.read(
        IDXFolder.Files(folder: folder), name: name, options: ArrayOptions(classNames: classNames), origin: origin)
    }
  }

  /// How a user gets the set.
  public var advice: String {
    let installation = package.map { "`apt-get install \($0.name)`, or " } ?? ""
    return "Run `hilbert data fetch \(name)`, which downloads it, or \(installation)\(adviceWithoutDownload)."
      + " A folder \(name) is also found in the folder that HILBERT_DATA names, and any other with --data FOLDER;"
      + " fashion-mnist-2.5k is a smaller set inside the program."
  }

  /// How a user gets the set where nothing can be downloaded.
  var adviceWithoutDownload: String {
    "put \(files.map(\.name).joined(separator: ", ")) (plain or .gz) into a folder and run"
      + " `hilbert data fetch \(name) --from FOLDER`"
  }

  /// The folder that holds the set, or nil: `HILBERT_DATA`, the user's data folder, the Debian package's folder.
  public func installedFolder() -> String? {
    (Folder.searched.map { "\($0)/\(name)" } + [package?.folder].compactMap { $0 })
      .first { folder in files.allSatisfy { location(of: $0, in: folder) != nil } }
  }

  /// Checks the set's files in a folder and copies them to another, all or none.
  ///
  /// - Parameters:
  ///   - source: a folder with the files, plain or in gzip format; nil takes the Debian package's.
  ///   - target: where the set's own folder is made; nil takes the user's data folder.
  /// - Returns: the folder of the installed set.
  /// - Throws: `DatasetError.notInstalled` where there is nothing to install from, `.wrongChecksum` where a file is not
  ///   the published one.
  public func install(from source: String? = nil, into target: String? = nil) throws(DatasetError) -> String {
    if let source, Folder.names(in: source) == nil { throw .unreadable(FileFailure(source)) }
    guard let source = source ?? package?.folder, Folder.names(in: source) != nil else {
      throw .notInstalled(name: name, advice: advice)
    }
    let target = try Self.folder(target)
    var checked: [FileBytes] = []
    for file in files {
      guard let path = location(of: file, in: source) else {
        throw .malformed(path: source, problem: "no \(file.name)", expected: "the files of \(name), plain or .gz")
      }
      let raw = try FileBytes(readingRaw: path)
      let digest = sha256(try raw.decompressed(limit: file.byteCount + 1).bytes)
      guard digest == file.checksum else { throw .wrongChecksum(path: path, found: digest, expected: file.checksum) }
      checked.append(raw)
    }
    let folder = "\(target)/\(name)"
    do {
      try WholeFile.makeFolder(folder)
      for (file, raw) in zip(files, checked) {
        try WholeFile.write(raw.bytes, to: "\(folder)/\(file.name)" + (raw.path.hasSuffix(".gz") ? ".gz" : ""))
      }
    } catch {
      throw .unwritable(error)
    }
    return folder
  }

  /// Where fetched sets go: the folder a user names, else the user's data folder.
  static func folder(_ named: String?) throws(DatasetError) -> String {
    guard let folder = named ?? Folder.userData else {
      throw .unwritable(
        FileFailure(path: "~", reason: "the environment names no home folder", advice: "Name a folder with --into."))
    }
    return folder
  }

  /// Whether a package of the system has put the set on this machine.
  public var isPackageInstalled: Bool { package.map { Folder.names(in: $0.folder) != nil } ?? false }

  private func location(of file: File, in folder: String) -> String? {
    ["\(folder)/\(file.name)", "\(folder)/\(file.name).gz"].first(where: WholeFile.exists)
  }
}

extension IDXFolder.Files {
  /// The files of a folder on disk.
  init(folder: String) {
    self.init(path: folder, names: Folder.names(in: folder) ?? []) { name throws(DatasetError) in
      try FileBytes(readingRaw: "\(folder)/\(name)")
    }
  }
}
