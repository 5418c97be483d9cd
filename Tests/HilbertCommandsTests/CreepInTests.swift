import Foundation
import Testing

/// The networks of Wang et al. through the command line.
@Suite struct CreepInTests {
  /// The counts that the authors' saved weights have; images of 28 x 28 in one channel.
  @Test(arguments: [(0, 130_394), (1, 133_658), (2, 172_048)])
  func levelsHaveTheirParameters(level: Int, parameters: Int) throws {
    let process = try HilbertProcess(
      arguments: [
        "train", "--preset", "creep-in-\(level)", "--data", "fashion-mnist-2.5k", "--limit", "100", "--epochs", "1", "--format",
        "json",
        "--quiet",
      ], in: TemporaryFolder())
    #expect(process.status == 0, "\(process.error)")
    #expect(try process.json()["parameterCount"] as? Int == parameters)
  }

  /// Every network that a reproduction trains, on images of 8 x 8 with a border of two zeros, which the convolutions use up.
  ///
  /// Counts from the sizes of the layers: 1-32 and 32-16 channels with 9 weights a pair, or 15 coefficients, twice that if complex,
  /// and 48 biases; 1024 numbers into 10 with biases, or ten gates on five qubits with 1023 coefficients each, 10 biases and a
  /// factor.
  @Test func theNetworksOfTheReproductionAreTrained() throws {
    let process = try HilbertProcess(
      "reproduce", "creep-in", "--data", "digits-8x8", "--limit", "40", "--epochs", "1", "--seeds", "1", "--format", "json",
      "--quiet",
      in: TemporaryFolder())
    #expect(process.status == 0, "\(process.error)")
    let networks = try #require(process.json()["networks"] as? [[String: Any]])
    #expect(
      networks.map { $0["name"] as? String } == [
        "level 0, classical", "level 1, unitary", "level 1, as published", "level 2, unitary", "level 2, unitary, scaled",
        "level 2, random and frozen, scaled", "level 2, as published",
      ])
    let (classical, flipped, linear, gates) = (544 * 9, 544 * 15, 1024 * 10 + 10, 10 * 1023 + 10)
    #expect(
      networks.map { $0["parameterCount"] as? Int } == [
        classical + 48 + linear, flipped + 48 + linear, 2 * flipped + 48 + linear, flipped + 48 + gates, flipped + 48 + gates + 1,
        48 + 10 + 1, 2 * flipped + 48 + 2 * gates - 10,
      ])
  }

  /// The last level on small images: the loss falls, and stays above the floor of unitary circuits.
  @Test(arguments: ["real", "complex"])
  func theLastLevelLearns(coefficients: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      data: {source: digits-8x8, limit: 300}
      model:
        layers:
          - affine: {factor: 2, shift: -1}
          - flippedQuanvolution: {filters: 3, coefficients: \(coefficients)}
          - flatten
          - reuploadingLinear: {outputs: classes, repetitions: 4, coefficients: \(coefficients), scale: 10}
      training: {epochs: 15, batch: 20, learningRate: 0.02}

      """, to: "run.yaml")
    let process = try HilbertProcess("train", "run.yaml", "--format", "json", "--quiet", in: folder)
    #expect(process.status == 0, "\(process.error)")
    let result = try process.json()
    #expect(try #require(result["testAccuracy"] as? Double) > 0.5)
    #expect(result["controlParameterCount"] as? Int == 3 * 9 + 3 + 108 * 10 + 10)
  }

  /// The network of the paper's last level, seven qubits and ten repetitions, on 400 images: the curve that a pass over 60,000
  /// begins.
  @Test("level 2 learns on a subset, without a factor of its outputs above the floor of its loss", arguments: [20, 0])
  func curveOfTheLastLevel(scale: Int) throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      data: {source: fashion-mnist-2.5k, limit: 400}
      model:
        layers:
          - pad2d: 2
          - affine: {factor: 2, shift: -1}
          - flippedQuanvolution: {filters: 32, coefficients: real}
          - flippedQuanvolution: {filters: 16, coefficients: real}
          - flatten
          - reuploadingLinear: {outputs: classes, coefficients: real, scale: \(scale)}
      training: {epochs: 3, batch: 25, learningRate: 0.002, schedule: constant, precision: float}
      control: false

      """, to: "run.yaml")
    let process = try HilbertProcess("train", "run.yaml", "--output", "run", "--quiet", in: folder)
    #expect(process.status == 0, "\(process.error)")
    let curve = String(decoding: try folder.data("run/metrics.csv"), as: UTF8.self).split(separator: "\n").dropFirst().map {
      $0.split(separator: ",").compactMap { Double($0) }
    }
    #expect(curve.map(\.count) == [4, 4, 4])
    for (before, after) in zip(curve, curve.dropFirst()) { #expect(after[1] < before[1]) }
    if scale == 0 {
      // Outputs are probabilities, each with a bias: from sample to sample the difference of two moves by no more than 2. This is
      // what keeps the loss above its floor.
      let process = try HilbertProcess(
        "predict", "run", "--data", "fashion-mnist-2.5k", "--limit", "100", "--format", "json", "--quiet", in: folder)
      let rows = try #require(process.json()["predictions"] as? [[String: Any]]).compactMap { $0["scores"] as? [Double] }
      #expect(rows.count == 100)
      let spans = (1..<10).map { label in
        let differences = rows.map { log($0[label] / $0[0]) }
        return (differences.max() ?? 0) - (differences.min() ?? 0)
      }
      #expect(spans.allSatisfy { $0 <= 2 } && spans.contains { $0 > 0.05 })
    } else {
      // Guessing among ten classes gives 0.1; 0.67 was measured on 500 images.
      #expect(curve[2][3] > 0.5)
    }
  }

  @Test func controlsThatDoNotExistAreSaid() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "data: {source: digits-8x8}\nmodel: {layers: [{flippedQuanvolution: 2}, flatten, {dense: 10}]}\ncontrol: removed\n",
      to: "run.yaml")
    let process = try HilbertProcess("train", "run.yaml", "--quiet", in: folder)
    #expect(process.status == 65)
    #expect(process.error.contains("takes a classical layer's place"), "\(process.error)")
  }
}
