import Datasets
import Foundation
import Randomness
import TestSupport
import Testing

/// Files damaged at random are either refused with a `DatasetError` or still read; they never end the program.
@Suite("Damaged files") struct DamagedFileTests {
  @Test(
    "Cut, flipped and overwritten",
    arguments: [
      "x.npz", "packed.npz", "train-images-idx3-ubyte", "t.csv", "t.csv.gz", "pictures/a/colours.png", "pictures/a/palette.png",
      "pictures/a/colours.jpg", "pictures/a/progressive.jpeg",
    ])
  func damaged(name: String) throws {
    var files = smallImageSet()
    files["x.npz"] = [UInt8](try Data(contentsOf: URL(filePath: reference("medmnist-grey.npz"))))
    files["packed.npz"] = [UInt8](try Data(contentsOf: URL(filePath: reference("medmnist-colour.npz"))))
    files["t.csv"] = Array("width,\"height\",label\n1.5,\"2\",cat\n-3e2,.4,\"d\"\"og\"\n".utf8)
    files["t.csv.gz"] = try files["t.csv"]!.gzipped
    if name.hasPrefix("pictures/") {
      files[name] = [UInt8](try Data(contentsOf: URL(filePath: reference(name.replacing("/a/", with: "/")))))
    }
    let whole = try #require(files[name])
    var random = RandomSource(seed: 11)
    let refused = try withTemporaryFolder { folder in
      for (name, bytes) in files { try bytes.write(to: "\(folder)/\(name)") }
      let source = name.contains("ubyte") ? folder : name.contains("/") ? "\(folder)/pictures" : "\(folder)/\(name)"
      return try (0..<150).count { _ in
        try Self.damage(whole, with: &random).write(to: "\(folder)/\(name)")
        do { _ = try DataSource(source).load() } catch is DatasetError { return true }
        return false
      }
    }
    #expect(refused >= 30)
  }

  private static func damage(_ whole: [UInt8], with random: inout RandomSource) -> [UInt8] {
    var bytes = whole
    switch random.integer(below: 3) {
    case 0: bytes.removeLast(1 + random.integer(below: bytes.count))
    case 1: bytes[random.integer(below: bytes.count)] ^= 1 << UInt8(random.integer(below: 8))
    default: for _ in 0..<4 { bytes[random.integer(below: bytes.count)] = [0, 0x7F, 0x80, 0xFF][random.integer(below: 4)] }
    }
    return bytes
  }
}
