/// A folder of IDX files: `train-*`, `t10k-*` (or `test-*`) and perhaps `val-*`, or `all-*` where there is no official split.
enum IDXFolder {
  /// Where the files of a set come from: a folder on disk, or the files inside the binary.
  struct Files {
    let path: String
    let names: [String]
    let read: (_ name: String) throws(DatasetError) -> FileBytes
  }

  /// True where the folder holds at least one file that looks like IDX images.
  static func isOne(_ names: [String]) -> Bool {
    allPrefixes.contains { file(prefix: $0, kind: .images, among: names) != nil }
  }

  static func read(_ files: Files, name: String, options: ArrayOptions, origin: DatasetOrigin?) throws(DatasetError)
    -> LoadedDataset
  {
    if file(prefix: "all", kind: .images, among: files.names) != nil {
      return .undivided(try part("all", of: files, name: name, options: options, origin: origin))
    }
    if !options.readsLabels, let prefix = allPrefixes.first(where: { file(prefix: $0, kind: .images, among: files.names) != nil }),
      prefix != "train"
    {
      return .undivided(try part(prefix, of: files, name: name, options: options, origin: origin))
    }
    let training = try part("train", of: files, name: name, options: options, origin: origin)
    // A held-out label may be absent from its set but never new.
    var heldOut = options
    heldOut.classNames = training.classNames
    func first(of prefixes: String...) throws(DatasetError) -> Dataset? {
      for prefix in prefixes where file(prefix: prefix, kind: .images, among: files.names) != nil {
        return try part(prefix, of: files, name: name, options: heldOut, origin: origin)
      }
      return nil
    }
    guard let test = try first(of: "t10k", "test") else { return .undivided(training) }
    return .divided(
      try DividedDataset(
        training: training.allForTraining(), validation: try first(of: "val")?.allHeldOut(), test: test.allHeldOut()))
  }

  private static let allPrefixes = ["train", "t10k", "test", "val", "all"]

  private enum Kind: String {
    case images = "images-idx3-ubyte"
    case labels = "labels-idx1-ubyte"
  }

  /// The file of one part, as the published sets spell it or with a dot, plain or in gzip format.
  private static func file(prefix: String, kind: Kind, among names: [String]) -> String? {
    let stem = "\(prefix)-\(kind.rawValue)"
    let dotted = stem.replacing("-idx", with: ".idx")
    return [stem, dotted, stem + ".gz", dotted + ".gz"].first { names.contains($0) }
  }

  private static func part(
    _ prefix: String, of files: Files, name: String, options: ArrayOptions, origin: DatasetOrigin?
  ) throws(DatasetError) -> Dataset {
    func array(_ kind: Kind, rank: Int) throws(DatasetError) -> (NumericArray, path: String) {
      guard let name = file(prefix: prefix, kind: kind, among: files.names) else {
        throw .malformed(
          path: files.path, problem: "no \(prefix)-\(kind.rawValue)",
          expected: "train-images-idx3-ubyte, train-labels-idx1-ubyte, the same with t10k, each plain or .gz")
      }
      let bytes = try files.read(name)
      return (try IDX.decode(try bytes.decompressed(), rank: rank), bytes.path)
    }
    let (images, imagesPath) = try array(.images, rank: 3)
    let labels = options.readsLabels ? try array(.labels, rank: 1) : nil
    return try LabelledArrays(samples: images, samplesPath: imagesPath, labels: labels?.0, labelsPath: labels?.path ?? "")
      .dataset(name: name, options: options, origin: origin)
  }
}
