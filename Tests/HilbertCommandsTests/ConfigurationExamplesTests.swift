import Foundation
import TestSupport
import Testing

/// The configurations that come with the project, and the default preset.
@Suite struct ConfigurationExamplesTests {
  private static let examples = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Examples/Configurations").standardizedFileURL

  private static let all = (try? FileManager.default.contentsOfDirectory(atPath: examples.path))?.sorted() ?? []
  /// Those for `hilbert train`.
  static let names = all.filter { $0 != "kernel.yaml" }

  @Test func thereAreSome() { #expect(Self.all == ["digits.yaml", "kernel.yaml", "moons.yaml", "wine.yaml"]) }

  @Test func theKernelReachesItsAccuracy() throws {
    let process = try HilbertProcess(
      "kernel", Self.examples.appending(path: "kernel.yaml").path, "--quiet", "--format", "json", in: TemporaryFolder())
    #expect(process.status == 0, "\(process.error)")
    #expect(try #require(process.json()["testAccuracy"] as? Double) >= 0.9)
  }

  @Test(arguments: names) func startsToTrain(name: String) throws {
    let process = try HilbertProcess(
      "train", Self.examples.appending(path: name).path, "--epochs", "1", "--quiet", in: TemporaryFolder())
    #expect(process.status == 0)
    #expect(process.error == "")
  }

  /// What Examples/README.md says they reach.
  @Test(.tags(.slow), .enabled(if: TestSettings.runsSlowTests), arguments: [("digits", 0.95), ("moons", 0.95), ("wine", 0.85)])
  func reachesItsAccuracy(name: String, accuracy: Double) throws {
    let path = Self.examples.appending(path: "\(name).yaml").path
    let result = try HilbertProcess("train", path, "--quiet", "--format", "json", in: TemporaryFolder()).json()
    #expect(try #require(result["testAccuracy"] as? Double) >= accuracy)
  }

  /// The demonstration: real images, a control with equally many parameters, a minute and a half at most.
  @Test(.tags(.slow), .enabled(if: TestSettings.runsSlowTests), arguments: [1, 2])
  func hybridFashionLearnsToReadImages(seed: Int) throws {
    let process = try HilbertProcess(
      "train", "--preset", "hybrid-fashion", "--seed", "\(seed)", "--quiet", "--format", "json", in: TemporaryFolder())
    #expect(process.status == 0, "\(process.error)")
    let result = try process.json()
    #expect(try #require(result["testAccuracy"] as? Double) >= 0.8)
    #expect(result["parameterCount"] as? Int == 17514)
    #expect(result["controlParameterCount"] as? Int == 17514)
    #expect(try #require(result["wallSeconds"] as? Double) < 90)
  }
}
