import Datasets
import Foundation
import TestSupport
import Testing

/// What the sets hold, against numbers computed with numpy from the same files.
@Suite("Content") struct ContentTests {
  /// The mean of all features as the file holds them: pixels 0 to 255 (digits 0 to 16), table cells as written.
  @Test(
    "Mean feature",
    arguments: [
      ("digits-8x8", 16, 4.884164579855314), ("iris", 1, 3.4645), ("wine", 1, 69.13366292091617),
      ("breast-cancer", 1, 61.89071233951964),
    ])
  func meanOfUndivided(name: String, scale: Double, mean: Double) throws {
    let dataset = try DataSource(name).load().heldOut
    #expect(abs(scale * average(dataset.features) - mean) < 1e-6 * mean)
  }

  @Test("Mean pixel of the default set")
  func meanOfDefault() throws {
    let parts = try DataRequest().load()
    #expect(abs(255 * average(parts.training.features) - 73.04441262755103) < 1e-4)
    #expect(abs(255 * average(parts.test.features) - 73.80602551020408) < 1e-4)
  }

  @Test(
    "Class sizes",
    arguments: [
      ("digits-8x8", [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]), ("iris", [50, 50, 50]), ("wine", [59, 71, 48]),
      ("breast-cancer", [212, 357]), ("parity", [8, 8]), ("moons", [200, 200]),
    ])
  func classSizes(name: String, sizes: [Int]) throws {
    #expect(try DataSource(name).load().heldOut.classSizes == sizes)
  }

  @Test("The first digit stands upright, row by row")
  func pixelOrder() throws {
    let digit = try DataSource("digits-8x8").load().heldOut.sample(0)
    #expect(digit.prefix(16).map { Int(16 * $0) } == [0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0])
  }

  @Test("Nearest centroid on the default set")
  func defaultCentroid() throws {
    #expect(nearestCentroidAccuracy(try DataRequest().load()) == 0.686)
  }

  struct External: CustomTestStringConvertible, Sendable {
    let name: String
    let counts: [Int]
    let accuracy: Double
    var testDescription: String { name }

    /// The set in the data folder, directly or in one of its folders.
    var path: String? {
      ["", "packages/", "reference-only/"].map { $0 + name }.first(where: TestSettings.hasData)
        .flatMap { TestSettings.dataFolder?.appending(path: $0).path }
    }
  }

  static func external(_ name: String, _ counts: [Int], _ accuracy: Double) -> External {
    External(name: name, counts: counts, accuracy: accuracy)
  }

  @Test(
    "Nearest centroid on mnist-5k",
    .enabled(if: external("mnist-5k", [], 0).path != nil, "needs HILBERT_DATA"))
  func mnist() throws { try check(Self.external("mnist-5k", [4000, 1000], 0.766)) }

  @Test(
    "Nearest centroid on brain-mri-planes-28x28",
    .enabled(if: external("brain-mri-planes-28x28", [], 0).path != nil, "needs HILBERT_DATA"))
  func brain() throws { try check(Self.external("brain-mri-planes-28x28", [342, 80], 0.8875)) }

  @Test(
    "Nearest centroid on breastmnist",
    .enabled(if: external("breastmnist", [], 0).path != nil, "needs HILBERT_DATA"))
  func breast() throws {
    try check(Self.external("breastmnist", [546, 156], 107.0 / 156))
    #expect(try DataRequest(source: #require(Self.external("breastmnist", [], 0).path)).load().validation?.count == 78)
  }

  @Test(
    "Nearest centroid on hand-breast-16x16",
    .enabled(if: external("hand-breast-16x16", [], 0).path != nil, "needs HILBERT_DATA"))
  func hand() throws {
    let set = Self.external("hand-breast-16x16", [500, 100], 1)
    try check(set)
    let angles = try NPZ(reading: #require(set.path) + "/encoded-angles.npz").arrays
    #expect(angles["train_angles"]?.shape == [500, 260])
    #expect(angles["test_labels"]?.doubles.reduce(0, +) == 55)
  }

  @Test(
    "CIFAR-10 records in gzip format",
    .enabled(if: external("cifar10-partial", [], 0).path != nil, "needs HILBERT_DATA"))
  func cifar() throws {
    let parts = try DataRequest(source: #require(Self.external("cifar10-partial", [], 0).path)).load()
    #expect(parts.test.classSizes == [97, 78, 94, 95, 85, 84, 105, 96, 98, 100])
    #expect(parts.training.count == 4660)
    #expect(abs(255 * average(parts.test.features) - 122.42528877749463) < 1e-4)
  }

  private func check(_ set: External) throws {
    let parts = try DataRequest(source: #require(set.path)).load()
    #expect([parts.training.count, parts.test.count] == set.counts)
    #expect(nearestCentroidAccuracy(parts) == set.accuracy)
  }

  private func average(_ features: [Float]) -> Double {
    features.reduce(0) { $0 + Double($1) } / Double(features.count)
  }
}
