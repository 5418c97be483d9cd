import Datasets
import Foundation
import TestSupport
import Testing

/// What the sets hold, against numbers computed with numpy from the same files.
@Suite("Content") struct ContentTests {
  @Test(
    "Embedded files are the published ones, byte for byte",
    arguments: [
      ("fashion-mnist-2.5k/train-images-idx3-ubyte.gz", "06d2bdc4ebec620314eee85ddeae7181f9690b97c4bbc54f363a6e989f247264"),
      ("fashion-mnist-2.5k/train-labels-idx1-ubyte.gz", "131387379173605d5c5fa9a1fc119c316a2e92c2e40aca9996f7bbe8470f6fa3"),
      ("fashion-mnist-2.5k/t10k-images-idx3-ubyte.gz", "62f23d346ecf5453b7cd91a46dea7b146d0ad4afb5cf5903d46e6485c72f5f48"),
      ("fashion-mnist-2.5k/t10k-labels-idx1-ubyte.gz", "ebf256d3d67b464b6c96356c81c6db2a538387f5dda83fec41a3049eff1eafaa"),
      ("digits-8x8/all-images-idx3-ubyte.gz", "16bf71e8bfa958f11ad68a045567f2a2f5362b27ab1e7cadd4cf9a3cbb37176e"),
      ("digits-8x8/all-labels-idx1-ubyte.gz", "22e1486adc7849d49bbac7f3e6227134ade1aea8cf5289c8dceeecd5a005d43c"),
      ("iris.csv", "f13ffa8fdd56fd8e6c8d16d4081a3fbd3114bcd0aae4256c43205169cd9d1449"),
      ("wine.csv", "10e8a802908b34f86e5da8ce962f3c806694bc98450a18f61851af59f324bede"),
      ("breast_cancer.csv", "fed3eb72d0575ef6192293f5093c6e801b1476b577d0386bf4455504522172ed"),
    ])
  func embedded(path: String, digest: String) { #expect(sha256(EmbeddedFile.bytes(path)) == digest) }

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
    let parts = try DataRequest().load()
    #expect(nearestCentroidAccuracy(parts) == 0.686)
    let baselines = SimpleBaselines(training: parts.training, test: parts.test)
    #expect(baselines.nearestCentroid == 0.686 && baselines.largestClass == 0.1)
  }

  @Test("Baselines of a set that is not balanced, by hand")
  func baselines() throws {
    let training = try Dataset(
      name: "line", features: [0, 1, 2, 10, 12], sampleShape: [1],
      targets: .classes(labels: [0, 0, 0, 1, 1], names: ["low", "high"]))
    let test = try Dataset(
      name: "line", features: [1.5, 5.9, 6.1, 30], sampleShape: [1],
      targets: .classes(labels: [0, 1, 1, 1], names: ["low", "high"]))
    // Means 1 and 11: their middle is 6.
    let baselines = SimpleBaselines(training: training.allForTraining(), test: test.allHeldOut())
    #expect(baselines.nearestCentroid == 0.75 && baselines.largestClass == 0.25)
  }

  struct External: CustomTestStringConvertible, Sendable {
    let name: String
    let counts: [Int]
    let accuracy: Double
    var testDescription: String { name }

    /// Where the set is in the data folder: directly, or in one of its folders.
    var path: String? { ["", "packages/", "reference-only/"].map { $0 + name }.first(where: TestSettings.hasData) }
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
    let angles = try NPZ(
      reading: #require(TestSettings.dataFolder).appending(path: #require(set.path) + "/encoded-angles.npz").path
    ).arrays
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
