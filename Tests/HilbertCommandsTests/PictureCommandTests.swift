import Foundation
import Testing

/// Folders of pictures through the command line, from training to the names of predicted files.
@Suite("Pictures by command") struct PictureCommandTests {
  /// Two classes of ten pictures each, dark ramps and their negatives, none alike.
  private static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for sample in 0..<10 {
      try folder.write(picture { UInt8(min(255, 6 * $0 + 3 * sample)) }, to: "set/rising/\(sample).png")
      try folder.write(picture { UInt8(max(0, 250 - 6 * $0 - 3 * sample)) }, to: "set/falling/\(sample).png")
    }
    return folder
  }

  /// A grey PNG of 4 x 8 pixels with stored, uncompressed rows.
  private static func picture(_ level: (Int) -> UInt8) -> Data {
    func word(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) } }
    func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
      let named = Array(name.utf8) + body
      let checksum = ~named.reduce(UInt32.max) { sum, byte in
        (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
      }
      return word(UInt32(body.count)) + named + word(checksum)
    }
    let rows: [UInt8] = (0..<4).flatMap { (row: Int) -> [UInt8] in [0] + (0..<8).map { level(8 * row + $0) } }
    var (low, high): (UInt32, UInt32) = (1, 0)
    for byte in rows {
      low = (low + UInt32(byte)) % 65_521
      high = (high + low) % 65_521
    }
    let length = UInt8(rows.count)
    let header: [UInt8] = word(8) + word(4) + [8, 0, 0, 0, 0]
    let stream: [UInt8] = [0x78, 1, 1, length, 0, ~length, 0xFF] + rows + word(high << 16 | low)
    let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10]
    return Data(signature + chunk("IHDR", header) + chunk("IDAT", stream) + chunk("IEND", []))
  }

  @Test("Trained on a folder, judged on it, and asked about single files") func wholePath() throws {
    let folder = try Self.folder()
    try folder.write(
      """
      data: {source: set, test: 0.3, imageSize: 4}
      model: {layers: [flatten, {dense: classes}]}
      training: {epochs: 60, batch: 7, learningRate: 0.05}
      control: false

      """, to: "run.yaml")
    let training = try HilbertProcess("train", "run.yaml", "--output", "run", "--format", "json", "--quiet", in: folder)
    #expect(training.status == 0, "\(training.error)")
    // 4 x 4 pixels into two classes.
    #expect(try training.json()["parameterCount"] as? Int == 34)
    #expect(try training.json()["testAccuracy"] as? Double == 1)
    #expect(String(decoding: try folder.data("run/config.yaml"), as: UTF8.self).contains("  imageSize: 4\n"))
    let judged = try HilbertProcess("evaluate", "run", "--data", "set", "--format", "json", in: folder).json()
    #expect(judged["accuracy"] as? Double == 1 && judged["sampleCount"] as? Int == 20)

    // Pictures in no class, and of another size.
    for name in ["falling/3", "rising/7"] { try folder.write(folder.data("set/\(name).png"), to: "new/\(name.suffix(1)).png") }
    let predicted = try HilbertProcess("predict", "run", "--data", "new", "--format", "json", in: folder).json()
    let rows = try #require(predicted["predictions"] as? [[String: Any]])
    #expect(rows.map { $0["file"] as? String } == ["3.png", "7.png"])
    #expect(rows.map { $0["label"] as? String } == ["falling", "rising"])
    let one = try HilbertProcess("predict", "run", "--data", "new/7.png", in: folder)
    #expect(one.status == 0 && one.output.contains("file") && one.output.contains("new/7.png  rising"), "\(one.output)")
    let described = try HilbertProcess("data", "describe", "set", "--image-size", "2", in: folder)
    #expect(described.output.hasPrefix("set: samples of 1x2x2"), "\(described.output)")
  }

  @Test("An option gives the size, and comparisons take it too") func sizeOption() throws {
    let folder = try Self.folder()
    let process = try HilbertProcess(
      "reproduce", "image-classification", "--data", "set", "--test", "0.3", "--image-size", "8", "--epochs", "1", "--seeds", "1",
      "--only", "circuits removed", "--output", "run", "--format", "json", "--quiet", in: folder)
    #expect(process.status == 0, "\(process.error)")
    // 32 channels of 2 x 2 pixels into 20, and 20 into two classes.
    let networks = try #require(process.json()["networks"] as? [[String: Any]])
    #expect(networks.map { $0["parameterCount"] as? Int } == [13_344 + 128 * 20 + 20 + 40 + 42])
    #expect(String(decoding: try folder.data("run/report.html"), as: UTF8.self).contains("--image-size 8"))
    let tables = try HilbertProcess("train", "--preset", "hybrid-fashion", "--data", "iris", "--image-size", "8", in: folder)
    #expect(tables.status == 65)
    #expect(tables.error == "hilbert: iris: an image size of 8 for samples that are no images. Leave the size out.\n")
  }
}
