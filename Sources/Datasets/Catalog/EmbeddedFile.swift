import CEmbeddedData

/// A data file inside the binary.
package enum EmbeddedFile {
  /// - Parameter path: as in the embedded folder, for example "iris.csv"; an unknown one is a mistake of this library.
  package static func bytes(_ path: String) -> [UInt8] {
    guard let file = hilbert_embedded_file(path) else { preconditionFailure("EmbeddedFile: no embedded file \(path)") }
    return Array(UnsafeBufferPointer(start: file.pointee.bytes, count: file.pointee.count))
  }

  private static func read(_ path: String) -> FileBytes { FileBytes(path: path, bytes: bytes(path)) }

  /// An image set in IDX format.
  static func images(_ entry: CatalogEntry, folder: String, prefixes: [String], pixelMaximum: Int = 255) throws(DatasetError)
    -> LoadedDataset
  {
    let names = prefixes.flatMap { ["\($0)-images-idx3-ubyte.gz", "\($0)-labels-idx1-ubyte.gz"] }
    let files = IDXFolder.Files(path: folder, names: names) { name in read("\(folder)/\(name)") }
    return try IDXFolder.read(
      files, name: entry.name, options: ArrayOptions(pixelMaximum: pixelMaximum, classNames: entry.classNames), origin: entry.origin
    )
  }

  /// A table whose first line is `samples,features,class names` and whose last column is the class.
  static func table(_ entry: CatalogEntry, path: String) throws(DatasetError) -> LoadedDataset {
    var reader = CSVReader(read(path))
    _ = try reader.advance()
    var features: [Float] = []
    var labels: [Int] = []
    while try reader.advance() {
      let numbers = reader.cells.compactMap(reader.number)
      features += numbers.dropLast().map { Float($0) }
      labels.append(Int(numbers.last!))
    }
    return .undivided(
      try Dataset(
        name: entry.name, features: features, sampleShape: entry.sampleShape, featureNames: entry.featureNames,
        targets: .classes(labels: labels, names: entry.classNames), origin: entry.origin))
  }
}
