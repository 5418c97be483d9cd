import Foundation
import Testing

/// Circuits on the latents of an autoencoder through the command line, on images that the program has with it.
@Suite struct TransferTests {
  /// Counts from the sizes of the layers: 32 probabilities or 5 components into 64-10; 32 or 64 numbers into 128-64-10 with two
  /// BatchNorms; 64 latents into 80 angles with BatchNorm, eight circuits of two portions with 15 angles each and BatchNorm on
  /// their 256 probabilities, or the 80 angles themselves, into 10.
  @Test(arguments: [
    ("transfer-v1", 13_514, 17_610), ("transfer-v2", 2762, 1034),
    ("transfer-reuploading", 5360 + 240 + 512 + 2570, 5360 + 160 + 810),
  ])
  func presetsHaveTheirParameters(preset: String, parameters: Int, controlParameters: Int) throws {
    let folder = try TemporaryFolder()
    let process = try HilbertProcess(
      arguments: [
        "train", "--preset", preset, "--data", "fashion-mnist-2.5k", "--limit", "60", "--epochs", "1", "--output", "run",
        "--format", "json", "--quiet",
      ], in: folder)
    #expect(process.status == 0, "\(process.error)")
    let result = try process.json()
    #expect(result["parameterCount"] as? Int == parameters)
    #expect(result["controlParameterCount"] as? Int == controlParameters)
    // The encoder lies in the run folder, and what was written down reads back.
    let again = try HilbertProcess("evaluate", "run", "--format", "json", in: folder).json()
    #expect(again["accuracy"] as? Double == result["testAccuracy"] as? Double)
    let kept = String(decoding: try folder.data("run/config.yaml"), as: UTF8.self)
    #expect(kept.contains("autoencoder: {latents: 64, hidden: 128, epochs: 20, batch: 256, learningRate: 0.001}"))
    #expect(kept.contains("scaling: angles") && kept.contains("limit: 60"))
  }

  /// Other data are prepared as the preset says, and as many of them taken.
  @Test func anotherSourceIsPreparedTheSameWay() throws {
    let folder = try TemporaryFolder()
    let process = try HilbertProcess(
      arguments: [
        "train", "--preset", "hqnn-quanv", "--data", "fashion-mnist-2.5k", "--epochs", "1", "--no-control", "--output", "run",
        "--quiet",
      ], in: folder)
    #expect(process.status == 0, "\(process.error)")
    #expect(String(decoding: try folder.data("run/config.yaml"), as: UTF8.self).contains("limit: 500"))
    #expect(try folder.names(in: "run/figures").contains("filters-1.svg"))
  }

  /// Filters that nobody trains are computed once; the folder's network computes them for every sample that it is shown.
  @Test func fixedFiltersAreTheNetworksOwn() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      data: {source: digits-8x8, limit: 200}
      model:
        layers: [{affine: 3.1}, {quanvolution: {kernel: 2, stride: 2, filters: 2, weights: frozen}}, flatten, {dense: classes}]
      training: {epochs: 12, batch: 20, learningRate: 0.02, labelSmoothing: 0.1}
      control: removed

      """, to: "run.yaml")
    let process = try HilbertProcess("train", "run.yaml", "--output", "run", "--format", "json", "--quiet", in: folder)
    #expect(process.status == 0, "\(process.error)")
    let result = try process.json()
    #expect(result["parameterCount"] as? Int == 8 * 16 * 10 + 10)
    // Guessing among ten classes gives 0.1.
    #expect(try #require(result["testAccuracy"] as? Double) > 0.5)
    // The last epoch was judged through stored features, the result through the whole network, both without smoothed labels.
    let metrics = String(decoding: try folder.data("run/metrics.csv"), as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let column = try #require(metrics[0].firstIndex { $0 == "testLoss" })
    let last = try #require(Double(metrics[metrics.count - 1][column]))
    #expect(abs(last - (try #require(result["testLoss"] as? Double))) < 1e-5)
  }

  /// What moves in every pass is not computed once.
  @Test func fixedFiltersSeeMovedImages() throws {
    func trainingLoss(_ augmentation: String) throws -> Double {
      let folder = try TemporaryFolder()
      try folder.write(
        """
        data: {source: digits-8x8, limit: 100}
        model: {layers: [{affine: 3.1}, {quanvolution: {kernel: 2, stride: 2, weights: frozen}}, flatten, {dense: classes}]}
        training: {epochs: 2, batch: 20, learningRate: 0.02\(augmentation)}
        control: false

        """, to: "run.yaml")
      let process = try HilbertProcess("train", "run.yaml", "--format", "json", "--quiet", in: folder)
      #expect(process.status == 0, "\(process.error)")
      return try #require(try process.json()["trainLoss"] as? Double)
    }
    let still = try trainingLoss("")
    #expect(try trainingLoss("") == still)
    #expect(abs(try trainingLoss(", augmentation: {shift: 2}") - still) > 1e-3)
  }

  @Test func shotsAndTablesWork() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      data: {source: wine, autoencoder: {latents: 6, hidden: 10, epochs: 60, batch: 16, learningRate: 0.01}, pca: 3, scaling: angles}
      model:
        layers: [{quantum: {qubits: 3, encoding: angle-y, ansatz: ghz, observable: probabilities, shots: 200}}, {dense: classes}]
      training: {epochs: 40, batch: 16, learningRate: 0.05}
      control: frozen

      """, to: "run.yaml")
    let process = try HilbertProcess("train", "run.yaml", "--output", "run", "--format", "json", "--quiet", in: folder)
    #expect(process.status == 0, "\(process.error)")
    let result = try process.json()
    // A circuit without weights is its own frozen control, shots and all.
    #expect(result["testAccuracy"] as? Double == result["controlTestAccuracy"] as? Double)
    #expect(result["parameterCount"] as? Int == 27)
    #expect(try #require(result["testAccuracy"] as? Double) > 0.6)
  }

  @Test func theQuickFormComparesAndGoesOn() throws {
    let folder = try TemporaryFolder()
    let arguments = [
      "reproduce", "transfer", "--quick", "--only", "v2*,trained circuits*", "--epochs", "2", "--output", "run", "--format", "json",
      "--quiet",
    ]
    let process = try HilbertProcess(arguments: arguments, in: folder)
    #expect(process.status == 0, "\(process.error)")
    let result = try process.json()
    let networks = try #require(result["networks"] as? [[String: Any]])
    #expect(networks.count == 9)
    #expect(networks.first?["name"] as? String == "v2")
    let reference = try #require(result["reference"] as? String)
    #expect(reference.hasPrefix("autoencoder, seed 1: mean squared error 0.0"))
    // Once trained, the autoencoder is read from the folder, by the same lines.
    #expect(try folder.names(in: "run/results").contains("autoencoder-64-1.json"))
    #expect(try HilbertProcess(arguments: arguments, in: folder).json()["reference"] as? String == reference)
  }

  @Test(arguments: [
    ("{qubits: 3, shots: 10}", "shots give frequencies of outcomes, and the layer reads expectation values of Z"),
    ("{qubits: 3, features: 3, encoding: amplitude}", "the encoding 'amplitude' reads 2^qubits features at once"),
    ("{qubits: 3, features: 20}", "'quantum' reads 20 features (1 x 20), and here come samples of shape [13]"),
    ("{qubits: 3, observable: W}", "unknown value 'W'"),
  ])
  func wrongCircuitsAreSaid(layer: String, message: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("data: {source: wine}\nmodel: {layers: [{quantum: \(layer)}, {dense: 3}]}\n", to: "run.yaml")
    let process = try HilbertProcess("train", "run.yaml", "--quiet", in: folder)
    #expect(process.status == 65)
    #expect(process.error.contains(message), "\(process.error)")
  }

  @Test(arguments: [
    ("autoencoder: none", "'data.autoencoder' wants a whole number from 1 to 65536, found 'none'"),
    ("autoencoder: {hidden: 3}", "'data.autoencoder' lacks the key 'latents'"),
    ("scaling: degrees", "unknown value 'degrees' for 'data.scaling'"),
  ])
  func wrongPreparationsAreSaid(line: String, message: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("data:\n  source: wine\n  \(line)\nmodel: {layers: [{dense: 3}]}\n", to: "run.yaml")
    let process = try HilbertProcess("train", "run.yaml", "--quiet", in: folder)
    #expect(process.status == 65)
    #expect(process.error.contains(message), "\(process.error)")
  }
}
