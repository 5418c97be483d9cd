import Foundation
import Testing

extension Tag {
  /// Tests that take longer than a few seconds; they run when `HILBERT_SLOW_TESTS` is 1.
  @Tag public static var slow: Self
}

/// What the environment says about the tests to run.
///
/// A slow test is written `@Test(.tags(.slow), .enabled(if: TestSettings.runsSlowTests))`, a test that needs a data set
/// that is not shipped `@Test(.enabled(if: TestSettings.hasData("mnist-full"), "needs HILBERT_DATA"))`: it is then
/// listed as skipped, by name, instead of being counted as passed.
public enum TestSettings {
  /// True when `HILBERT_SLOW_TESTS` is 1.
  public static let runsSlowTests = ProcessInfo.processInfo.environment["HILBERT_SLOW_TESTS"] == "1"

  /// The folder of data sets that are not shipped (`HILBERT_DATA`), or nil where there is none.
  public static let dataFolder: URL? = ProcessInfo.processInfo.environment["HILBERT_DATA"]
    .map { URL(fileURLWithPath: $0, isDirectory: true) }

  /// True when the data folder holds the named file or folder.
  public static func hasData(_ path: String) -> Bool {
    dataFolder.map { FileManager.default.fileExists(atPath: $0.appending(path: path).path) } ?? false
  }
}
