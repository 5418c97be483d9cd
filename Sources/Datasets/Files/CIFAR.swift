/// The binary version of CIFAR-10: records of one label byte, then 1024 red, 1024 green and 1024 blue pixels.
///
/// Source: Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009, and the data set's description.
enum CIFAR {
  static let classNames = [
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
  ]
  /// The folder that the published archive unpacks to.
  static let folderName = "cifar-10-batches-bin"
  static let advice =
    "Get its binary version, cifar-10-binary.tar.gz, from https://www.cs.toronto.edu/~kriz/cifar.html, and unpack it here, or in the "
    + "folder that HILBERT_DATA names, or give the place of \(folderName) with --data."
  private static let recordSize = 1 + 3 * 32 * 32

  /// The records of one or more files, plain or in gzip format, in the order given.
  static func read(_ files: [FileBytes], name: String) throws(DatasetError) -> Dataset {
    let scaled = (0...255).map { Float($0) / 255 }
    var features: [Float] = []
    var labels: [Int] = []
    for file in files {
      let bytes = try file.decompressed().bytes
      try refusePickle(FileBytes(path: file.path, bytes: bytes))
      guard bytes.count.isMultiple(of: recordSize) else {
        throw .wrongSize(
          path: file.path, expected: (bytes.count / recordSize + 1) * recordSize, found: bytes.count,
          layout: "records of \(recordSize), each a label and 3 x 32 x 32 pixels")
      }
      for (sample, start) in stride(from: 0, to: bytes.count, by: recordSize).enumerated() {
        guard bytes[start] < classNames.count else {
          throw .labelOutOfRange(path: file.path, sample: sample, label: Int(bytes[start]), classCount: classNames.count)
        }
        labels.append(Int(bytes[start]))
        features += bytes[start + 1..<start + recordSize].lazy.map { scaled[Int($0)] }
      }
    }
    return try Dataset(
      name: name, features: features, sampleShape: [3, 32, 32], targets: .classes(labels: labels, names: classNames))
  }

  /// The training and the test files of a folder: `data_batch_1.bin`, ... or `train*.bin`, and `test*.bin`, plain or .gz.
  static func parts(among names: [String]) -> (training: [String], test: [String])? {
    let binary = names.filter { $0.hasSuffix(".bin") || $0.hasSuffix(".bin.gz") }
    let training = binary.filter { $0.hasPrefix("data_batch") || $0.hasPrefix("train") }
    return training.isEmpty ? nil : (training, binary.filter { $0.hasPrefix("test") })
  }

  /// The Python version of CIFAR holds pickled objects, which may run any program when opened.
  static func refusePickle(_ file: FileBytes) throws(DatasetError) {
    if file.bytes.count >= 2, file.bytes[0] == 0x80, (2...5).contains(file.bytes[1]) {
      throw .unsupported(
        path: file.path, found: "a pickled Python object",
        advice: "Use the binary version of CIFAR-10 (cifar-10-binary.tar.gz: data_batch_1.bin to data_batch_5.bin, test_batch.bin)."
      )
    }
  }
}
