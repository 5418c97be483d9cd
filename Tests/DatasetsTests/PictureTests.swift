import Datasets
import Foundation
import TestSupport
import Testing

/// PNG and JPEG files against what Pillow decodes, and the folders that image sets are published in.
@Suite("Pictures") struct PictureTests {
  private struct Decoded: Decodable {
    let height: Int
    let width: Int
    /// Red, green and blue of each pixel, by the file's name.
    let pixels: [String: [Float]]
  }

  private static let decoded = try! JSONDecoder().decode(
    Decoded.self, from: Data(contentsOf: URL(filePath: reference("pictures.json"))))

  private static func bytes(_ name: String) -> [UInt8] {
    [UInt8](try! Data(contentsOf: URL(filePath: reference("pictures/\(name)"))))
  }

  @Test("A picture has Pillow's pixels", arguments: Self.decoded.pixels.keys.sorted())
  func pixels(name: String) throws {
    let picture = try DataSource(reference("pictures/\(name)")).load(arrays: ArrayOptions(readsLabels: false)).heldOut
    let (height, width) = (Self.decoded.height, Self.decoded.width)
    let isGrey = name.contains("grey") || name.contains("bilevel")
    #expect(picture.sampleShape == [isGrey ? 1 : 3, height, width])
    #expect(picture.sampleNames == [reference("pictures/\(name)")])
    let stored = try #require(Self.decoded.pixels[name])
    let planes = (0..<(isGrey ? 1 : 3)).flatMap { channel in (0..<height * width).map { stored[3 * $0 + channel] / 255 } }
    // Halved colours are interpolated, where releases of the library round differently.
    let tolerance: Float = name == "halved-colours.jpg" ? 2 / 255 : 0
    #expect(zip(picture.features, planes).allSatisfy { abs($0 - $1) <= tolerance })
  }

  @Test("A folder for each class; the parts are those of train and test, or none", arguments: ["", "train/"])
  func classes(prefix: String) throws {
    var files = [
      "\(prefix)cat/b.png": Self.bytes("grey.png"), "\(prefix)cat/a.PNG": Self.bytes("bilevel.png"),
      "\(prefix)ant/z.jpg": Self.bytes("grey.jpg"), "\(prefix)ant/notes.txt": [65], "\(prefix)ant/._z.jpg": [0],
      "\(prefix).git/x.png": [0],
    ]
    if !prefix.isEmpty { files["Test/cat/q.png"] = Self.bytes("grey16.png") }
    let parts = try load(files: files)
    #expect(parts.training.classNames == ["ant", "cat"] && parts.training.labels == [0, 1, 1])
    #expect(parts.training.sampleNames == ["ant/z.jpg", "cat/a.PNG", "cat/b.png"].map { prefix + $0 })
    #expect(parts.training.sample(2).first == 0 && parts.training.sample(2).dropFirst().first == 2 / 255)
    #expect(parts.test.labels == (prefix.isEmpty ? [] : [1]))
    #expect(parts.test.sampleNames == (prefix.isEmpty ? [] : ["Test/cat/q.png"]))
  }

  @Test("One coloured picture makes all of them coloured; asked for grey, they are luma")
  func colours() throws {
    try withTemporaryFolder { folder in
      try Self.bytes("grey.png").write(to: "\(folder)/a/1.png")
      try Self.bytes("colours.png").write(to: "\(folder)/b/2.png")
      let source = try DataSource(folder)
      let coloured = try source.load().heldOut
      let size = Self.decoded.height * Self.decoded.width
      #expect(coloured.sampleShape == [3, Self.decoded.height, Self.decoded.width])
      let grey = try #require(Self.decoded.pixels["grey.png"]).enumerated().filter { $0.offset % 3 == 0 }.map { $0.element / 255 }
      #expect(Array(coloured.sample(0)) == grey + grey + grey)
      let luma = try source.load(arrays: ArrayOptions(channels: 1)).heldOut
      #expect(Array(luma.sample(0)) == grey)
      let red = Array(coloured.sample(1))
      for pixel in 0..<size {
        let wanted = 0.299 * red[pixel] + 0.587 * red[size + pixel] + 0.114 * red[2 * size + pixel]
        #expect(abs(luma.features[size + pixel] - wanted) <= 1e-6)
      }
    }
  }

  @Test("Pictures of several sizes become one size, and so do other images")
  func sizes() throws {
    try withTemporaryFolder { folder in
      try Self.bytes("grey.png").write(to: "\(folder)/a/1.png")
      try Self.bytes("grey.png").write(to: "\(folder)/b/2.png")
      let options = ArrayOptions(imageSize: 4)
      let small = try DataSource(folder).load(arrays: options).heldOut
      let whole = try DataSource(folder).load().heldOut
      #expect(small.sampleShape == [1, 4, 4] && small.sampleNames == ["a/1.png", "b/2.png"])
      #expect(small.features == ImageResizing(height: 4, width: 4).applied(to: whole).features)
      let digits = try DataSource("digits-8x8").load(arrays: options)
      #expect(digits.heldOut.sampleShape == [1, 4, 4] && digits.heldOut.count == 1797)
      #expect(
        throws: DatasetError.unsupported(
          path: "iris", found: "an image size of 4 for samples that are no images", advice: "Leave the size out.")
      ) { try DataSource("iris").load(arrays: options) }
    }
  }

  @Test("Samples to predict on may lie in one folder, and keep the model's channels")
  func withoutClasses() throws {
    try withTemporaryFolder { folder in
      try Self.bytes("grey.png").write(to: "\(folder)/2.png")
      try Self.bytes("grey.jpg").write(to: "\(folder)/1.jpg")
      let samples = try DataSource(folder).load(arrays: ArrayOptions(readsLabels: false, channels: 3)).heldOut
      #expect(samples.sampleNames == ["1.jpg", "2.png"] && samples.targets == .none)
      #expect(samples.sampleShape == [3, Self.decoded.height, Self.decoded.width])
      // Beside pictures to learn from it is the test part that is predicted.
      try Self.bytes("grey.png").write(to: "\(folder)/set/train/cat/1.png")
      try Self.bytes("grey.jpg").write(to: "\(folder)/set/test/9.jpg")
      let held = try DataSource("\(folder)/set").load(arrays: ArrayOptions(readsLabels: false)).heldOut
      #expect(held.sampleNames == ["test/9.jpg"])
    }
  }

  @Test("Test pictures beside training images of four channels are refused, not cut")
  func fourChannels() throws {
    try withTemporaryFolder { folder in
      try Self.bytes("grey.png").write(to: "\(folder)/test/a/1.png")
      try Self.bytes("grey.png").write(to: "\(folder)/test/b/1.png")
      let error = #expect(throws: DatasetError.self) {
        try DataRequest(source: reference("four-channels.npz"), test: "\(folder)/test").load()
      }
      #expect("\(error!)".contains("samples of shape [1, 9, 14], expected [4, 5, 6] as in the training set"))
    }
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let files: [String: [UInt8]]
    let message: String
  }

  @Test("Message", arguments: cases)
  func message(_ example: Case) throws {
    let error = #expect(throws: ErrorText.self) { try load(files: example.files) }
    #expect(error?.text == example.message)
  }

  private static let cases = [
    Case(
      testDescription: "without classes", files: ["1.png": bytes("grey.png")],
      message: "FOLDER: pictures without classes, such as FOLDER/1.png. Put those of each class into a folder that is called as the"
        + " class."),
    Case(
      testDescription: "a picture beside the classes", files: ["1.png": bytes("grey.png"), "a/2.png": bytes("grey.png")],
      message:
        "FOLDER/1.png: a picture without a class beside folders with pictures. Put it into the folder of its class, or take it"
        + " away."),
    Case(
      testDescription: "another format", files: ["a/1.TIFF": [0]],
      message: "FOLDER/a/1.TIFF: a picture that is neither PNG nor JPEG. Convert it, for example with ImageMagick: `mogrify -format"
        + " png *.TIFF` in its folder."),
    Case(
      testDescription: "another format under a wrong name", files: ["a/1.png": Array("GIF89a".utf8)],
      message: "FOLDER/a/1.png: neither a PNG nor a JPEG picture, whatever its name says. Convert it to PNG, or take it out of the"
        + " folder."),
    Case(
      testDescription: "JPEG cut off", files: ["a/1.jpg": bytes("grey.jpg").dropLast(20)],
      message: "FOLDER/a/1.jpg: the compressed data are corrupt (Premature end of JPEG file). Copy or download the file again."),
    Case(
      testDescription: "PNG cut off", files: ["a/1.png": bytes("grey.png").dropLast(25)],
      message: "FOLDER/a/1.png: the compressed data are corrupt (read beyond end of data). Copy or download the file again."),
    Case(
      testDescription: "validation without a test part",
      files: ["train/a/1.png": bytes("grey.png"), "val/a/2.png": bytes("grey.png")],
      message:
        "FOLDER: pictures for validation without others for training and for testing. Call the folders train, test and, where"
        + " there is a third, val."),
    Case(
      testDescription: "a test part without classes",
      files: ["train/a/1.png": bytes("grey.png"), "test/2.png": bytes("grey.png")],
      message:
        "FOLDER: pictures without classes, such as FOLDER/test/2.png. Put those of each class into a folder that is called as"
        + " the class."),
    Case(
      testDescription: "a class that is not learnt",
      files: ["train/a/1.png": bytes("grey.png"), "test/b/2.png": bytes("grey.png")],
      message: "FOLDER: no class is called b. The classes are a: use their names, or the data set that has them."),
  ]

  @Test("A picture of another size is named with both sizes")
  func otherSize() throws {
    try withTemporaryFolder { folder in
      try Self.bytes("grey.png").write(to: "\(folder)/a/1.png")
      // One pixel, black.
      let small = Data(
        base64Encoded: "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")!
      try [UInt8](small).write(to: "\(folder)/b/2.png")
      let error = #expect(throws: DatasetError.self) { try DataSource(folder).load() }
      #expect(
        "\(error!)" == "\(folder)/b/2.png: a picture of 1 x 1 pixels (height x width) after others of 9 x 14."
          + " Give all of them one size, such as `--image-size 9`.")
    }
  }

  @Test("A header that announces more pixels than the limit is refused before room is made")
  func announcedSize() throws {
    var bytes = Self.bytes("grey.png")
    // Height and width stand at 16 and 20, with their checksum at 29; 30,000 x 30,000 x 3 is beyond 2^31.
    for (offset, byte) in [0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30].enumerated() { bytes[16 + offset] = UInt8(byte) }
    let checksum =
      bytes[12..<29].reduce(UInt32.max) { sum, byte in
        (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
      } ^ UInt32.max
    for (offset, shift) in [24, 16, 8, 0].enumerated() { bytes[29 + offset] = UInt8(checksum >> UInt32(shift) & 0xFF) }
    let error = #expect(throws: ErrorText.self) { try load(files: ["a/1.png": bytes]) }
    #expect(error?.text.contains("decodes to more than the limit of 2147483648 bytes") == true)
  }
}
