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
