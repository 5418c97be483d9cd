import Foundation
import Testing

/// Same seed, same bytes: whatever the threads, and however often the run was broken.
@Suite struct ResumeTests {
  /// An unbroken run on one thread, in `whole`, made once for all tests.
  private static let unbroken = Result {
    let folder = try TemporaryFolder.withSmallRun()
    let whole = try HilbertProcess("train", "small.yaml", "--output", "whole", "--threads", "1", "--quiet", in: folder)
    try #require(whole.status == 0, "\(whole.error)")
    return folder
  }

  private let folder: TemporaryFolder

  init() throws { folder = try Self.unbroken.get() }

  @Test func threadsDoNotChangeABit() throws {
    let two = try HilbertProcess("train", "small.yaml", "--output", "two", "--threads", "2", "--quiet", in: folder)
    #expect(two.status == 0)
    #expect(try folder.differences("whole", "two") == [])
    #expect(String(decoding: try folder.data("two/metrics.csv"), as: UTF8.self).split(separator: "\n").count == 13)
  }

  /// Killed once in each of several epochs, wherever it is then.
  @Test func killedRunEndsWithTheSameWeights() throws {
    var running = try RunningProcess(arguments: ["train", "small.yaml", "--output", "killed", "--quiet"], in: folder)
    for epoch in [1, 4, 6] {
      running.waitUntil { self.epochs(of: "killed") >= epoch }
      running.send(SIGKILL)
      _ = running.wait()
      running = try RunningProcess(arguments: ["resume", "killed", "--quiet"], in: folder)
    }
    let end = running.wait()
    #expect(end.status == 0, "\(end.error)")
    #expect(try folder.differences("whole", "killed") == [])
    #expect(try folder.names().contains("killed"))
  }

  @Test func interruptedRunSaysHowToGoOn() throws {
    let running = try RunningProcess(arguments: ["train", "small.yaml", "--output", "stopped", "--quiet"], in: folder)
    running.waitUntil { self.epochs(of: "stopped") >= 1 }
    running.send(SIGINT)
    let stopped = running.wait()
    #expect(stopped.status == 130)
    #expect(stopped.output == "")
    #expect(stopped.error.hasPrefix("hilbert: interrupted; "))
    #expect(stopped.error.hasSuffix(" of 12 epochs are saved in stopped\ngo on with: hilbert resume stopped\n"))
    let resumed = try HilbertProcess("resume", "stopped", "--format", "json", in: folder)
    #expect(resumed.status == 0, "\(resumed.error)")
    #expect(try resumed.json()["schema"] as? String == "hilbert.resume/1")
    #expect(try resumed.json()["epochs"] as? Int == 12)
    #expect(try folder.differences("whole", "stopped") == [])
  }

  /// The first Ctrl-C waits for the step to end, and this one has many thousand layers; the second does not wait.
  @Test(.timeLimit(.minutes(1))) func secondInterruptionEndsAtOnce() throws {
    try folder.write(
      """
      data: {source: iris}
      model: {circuit: {qubits: 4, layers: 10000}, observables: [Z0, Z1, Z2]}
      training: {epochs: 1, batch: 120}
      control: false
      """, to: "long.yaml")
    let running = try RunningProcess(arguments: ["train", "long.yaml", "--output", "long", "--threads", "1"], in: folder)
    running.waitUntil { running.errorSoFar.contains("run folder long") }
    for _ in 0..<20 where running.isRunning {
      running.send(SIGINT)
      Thread.sleep(forTimeInterval: 0.05)
    }
    let ended = running.wait()
    #expect(ended.status == 130)
    #expect(!ended.error.contains("go on with"))
  }

  @Test func resumingAFinishedRunChangesNothing() throws {
    try FileManager.default.copyItem(atPath: folder.path("whole"), toPath: folder.path("finished"))
    let again = try HilbertProcess("resume", "finished", "--quiet", in: folder)
    #expect(again.status == 0)
    #expect(try folder.differences("whole", "finished") == [])
  }

  @Test func anotherSIMDLevelIsMentioned() throws {
    try FileManager.default.copyItem(atPath: folder.path("whole"), toPath: folder.path("elsewhere"))
    let process = try HilbertProcess("resume", "elsewhere", in: folder, environment: ["HILBERT_SIMD": "baseline"])
    #expect(process.status == 0)
    let level = try HilbertProcess("doctor", "--format", "json", in: folder).json()["simdLevel"] as? String
    #expect(process.error.contains("goes on at baseline: numbers agree to rounding, not to the bit") == (level != "baseline"))
  }

  @Test func resumeRefusesAnotherSeed() throws {
    let process = try HilbertProcess("resume", "whole", "--seed", "9", in: folder)
    #expect(process.status == 64)
    #expect(process.error.contains("a resumed run keeps its seed and precision"))
  }

  /// The configuration that a run writes down is complete.
  @Test func storedConfigurationRepeatsTheRun() throws {
    let again = try HilbertProcess("train", "whole/config.yaml", "--output", "again", "--quiet", in: folder)
    #expect(again.status == 0, "\(again.error)")
    #expect(try folder.differences("whole", "again") == [])
  }

  /// Finished epochs, as the metrics count them.
  private func epochs(of run: String) -> Int {
    let text = (try? folder.data("\(run)/metrics.csv")).map { String(decoding: $0, as: UTF8.self) } ?? ""
    return max(0, text.split(separator: "\n").count - 1)
  }
}
