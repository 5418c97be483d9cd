import Datasets
import Foundation
import TestSupport
import Testing

/// Files that are as they should be, in every form the formats allow.
@Suite("Readers") struct ReaderTests {
  @Test("IDX folders are read plain, in gzip format and with a dot in the name", arguments: ["plain", "gzip", "dotted", "test-"])
  func folders(form: String) throws {
    var files = smallImageSet()
    for (name, bytes) in smallImageSet() where form != "plain" {
      files[name] = nil
      switch form {
      case "gzip": files[name + ".gz"] = try bytes.gzipped
      case "dotted": files[name.replacing("-idx", with: ".idx")] = bytes
      default: files[name.replacing("t10k-", with: "test-")] = bytes
      }
    }
    let parts = try load(files: files)
    #expect(parts.training.sampleShape == [1, 2, 3])
    #expect(parts.training.labels == [0, 1, 2, 1])
    #expect(parts.training.classNames == ["0", "1", "2"])
    #expect(parts.test.labels == [2, 0])
    #expect(parts.test.features == (100..<112).map { Float($0) / 255 })
  }

  @Test("Samples to predict on need no labels", arguments: ["train-images-idx3-ubyte", "t10k-images-idx3-ubyte"])
  func imagesAlone(name: String) throws {
    try withTemporaryFolder { folder in
      try [UInt8].idx([3, 1, 2], [0, 255, 0, 0, 255, 255]).write(to: "\(folder)/\(name)")
      let source = try DataSource(folder)
      let images = try source.load(arrays: ArrayOptions(readsLabels: false)).heldOut
      #expect(images.sampleShape == [1, 1, 2] && images.features == [0, 1, 0, 0, 1, 1])
      #expect(images.targets == .none)
      #expect(throws: DatasetError.self) { try source.load() }
      // Labels that are no classes are not looked at.
      try [UInt8].idx([1], [77]).write(to: "\(folder)/\(name.replacing("images-idx3", with: "labels-idx1"))")
      #expect(try source.load(arrays: ArrayOptions(readsLabels: false)).heldOut.features == images.features)
    }
  }

  @Test("A folder without a split is undivided; one with validation keeps it apart")
  func undividedAndValidation() throws {
    let all = try load(files: [
      "all-images-idx3-ubyte": .idx([2, 1, 1], [0, 255]), "all-labels-idx1-ubyte": .idx([2], [1, 0]),
    ])
    #expect(all.training.features == [0, 1] && all.training.labels == [1, 0])
    var files = smallImageSet()
    files["val-images-idx3-ubyte"] = .idx([1, 2, 3], Array(0..<6))
    files["val-labels-idx1-ubyte"] = .idx([1], [2])
    #expect(try load(files: files).validation?.labels == [2])
  }

  @Test(
    "Element types of IDX",
    arguments: [
      (0x08, [7, 255], [7.0, 255]), (0x09, [7, 255], [7, -1]), (0x0B, [0, 7, 255, 254], [7, -2]),
      (0x0C, [0, 0, 1, 0, 255, 255, 255, 253], [256, -3]), (0x0D, [0x3F, 0xC0, 0, 0, 0xC0, 0, 0, 0], [1.5, -2]),
      (0x0E, [0x3F, 0xF8, 0, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0], [1.5, -2]),
    ] as [(UInt8, [UInt8], [Double])])
  func elementTypes(type: UInt8, bytes: [UInt8], values: [Double]) throws {
    try withTemporaryFolder { folder in
      try [UInt8].idx([2], bytes, type: type).write(to: "\(folder)/x")
      #expect(try IDX.read("\(folder)/x").doubles == values)
    }
  }

  @Test("MedMNIST's arrays, grey and in colour", arguments: ["medmnist-grey.npz", "medmnist-colour.npz"])
  func medMNIST(name: String) throws {
    let parts = try DataRequest(source: reference(name)).load()
    #expect(parts.training.labels == (0..<9).map { $0 % 3 })
    #expect(parts.validation?.count == 6)
    #expect(parts.test.count == 3)
    let isColour = name.contains("colour")
    #expect(parts.test.sampleShape == (isColour ? [3, 2, 3] : [1, 4, 5]))
    // The archive's element i is 7 i mod 251; colours stand last there and first here.
    let size = parts.test.sampleSize
    let stored = (0..<size).map { isColour ? 3 * ($0 % 6) + $0 / 6 : $0 }
    #expect(Array(parts.test.sample(1)) == stored.map { Float(7 * (size + $0) % 251) / 255 })
  }

  @Test("Channels may come first, as PyTorch has them")
  func channelsFirst() throws {
    let parts = try DataRequest(source: reference("channels-first.npz")).load()
    #expect(parts.test.sampleShape == [3, 4, 5])
    #expect(Array(parts.test.sample(1)) == (60..<120).map { Float(7 * $0 % 251) / 255 })
  }

  @Test("Booleans are 0 and 1")
  func booleans() throws {
    let images = try DataSource(reference("booleans.npz")).load().training
    #expect(images.sampleShape == [1, 2, 3] && images.features == (0..<36).map { Float($0 * 7 % 251 % 2) })
  }

  @Test("Arrays whose first index runs fastest, labels as real numbers")
  func fortranOrder() throws {
    let parts = try DataRequest(source: reference("fortran.npz")).load()
    #expect(parts.training.features == (0..<36).map { Float($0) / 8 })
    #expect(parts.test.features == (0..<12).map { Float($0) / 8 })
    #expect(parts.test.labels == [0, 1, 2])
  }

  @Test("Every version and element type of NPY")
  func elementTypesOfNPY() throws {
    let arrays = try NPZ(reading: reference("types.npz")).arrays
    #expect(arrays.count == 39)
    for (name, array) in arrays {
      let isSigned = name.contains("-i") || name.contains("-f")
      let expected: [Double] = name.contains("-b1") ? [0, 1, 0, 1, 0, 1] : isSigned ? [-3, -2, -1, 0, 1, 2] : [0, 1, 2, 3, 4, 5]
      #expect(array.shape == [2, 3], "\(name)")
      #expect(array.doubles == expected, "\(name)")
    }
  }

  @Test("CIFAR records: red, green, blue")
  func cifar() throws {
    let dataset = try DataSource(reference("cifar10-sample20.bin")).load().heldOut
    #expect(dataset.labels == [3, 8, 8, 0, 6, 6, 1, 6, 3, 1, 0, 9, 5, 7, 9, 8, 5, 7, 8, 6])
    #expect(dataset.sampleShape == [3, 32, 32])
    #expect(dataset.classNames[3] == "cat")
    let first = Array(dataset.sample(0))
    #expect([0, 1024, 2048].map { Int((255 * first[$0]).rounded()) } == [158, 112, 49])
  }

  @Test("A folder of CIFAR batches, training batches in order")
  func cifarFolder() throws {
    func record(_ label: UInt8) -> [UInt8] { [label] + Array(repeating: label, count: 3072) }
    let parts = try load(files: [
      "data_batch_2.bin": record(5), "data_batch_1.bin": record(2) + record(3), "test_batch.bin.gz": try record(9).gzipped,
      "batches.meta.txt": [],
    ])
    #expect(parts.training.labels == [2, 3, 5] && parts.test.labels == [9])
  }

  @Test("A decoded size beyond the limit is refused")
  func decodedLimit() throws {
    let bytes = try [UInt8](repeating: 0, count: 1 << 20).gzipped
    #expect(try Inflation.gzip(bytes, path: "x.gz", limit: 1 << 20).count == 1 << 20)
    let error = #expect(throws: DatasetError.self) { try Inflation.gzip(bytes, path: "x.gz", limit: (1 << 20) - 1) }
    #expect(
      error?.description == "x.gz: decodes to more than the limit of 1048575 bytes. Raise the limit if the file is to be trusted.")
  }

  @Test("A gzip file of several members is one file")
  func members() throws {
    let bytes = try [UInt8](1...3).gzipped + [UInt8](4...6).gzipped
    #expect(try Inflation.gzip(bytes, path: "x.gz", limit: 100) == [1, 2, 3, 4, 5, 6])
  }
}
