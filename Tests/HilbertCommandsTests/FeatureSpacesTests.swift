import Foundation
import Testing

@Suite struct FeatureSpacesTests {
  /// The short form runs every experiment; three test sets of 40 points a data set, so the bounds leave room for a few of them.
  @Test(.timeLimit(.minutes(3))) func theQuickFormReproducesThePaper() throws {
    let folder = try TemporaryFolder()
    let process = try HilbertProcess(
      "reproduce", "feature-spaces", "--quick", "--output", "run", "--format", "json", "--quiet", in: folder)
    #expect(process.status == 0, "\(process.error)")
    let object = try process.json()
    #expect(object["schema"] as? String == "hilbert.reproduce-feature-spaces/1")
    let kernel = try #require(object["kernel"] as? [[String: Any]])
    #expect(kernel.count == 3)
    for set in kernel {
      #expect(try #require(set["exact"] as? Double) >= 0.92)
      #expect(set["trainAccuracy"] as? Double == 1)
      #expect(set["rank"] as? Int == 16)
      #expect(try #require(set["dualityGap"] as? Double) <= 1e-6)
    }
    let variational = try #require(object["variational"] as? [[String: Any]])
    func mean(_ depth: Int) -> Double {
      let values = variational.filter { $0["depth"] as? Int == depth }.compactMap { $0["success"] as? Double }
      return values.reduce(0, +) / Double(values.count)
    }
    #expect(variational.count == 9)
    #expect(mean(4) > 0.9 && mean(4) > mean(0))
    for shots in try #require(object["shots"] as? [[String: Any]]) {
      #expect(try #require(shots["error"] as? Double) < #require(shots["bound"] as? Double))
    }
    let names = try folder.names(in: "run")
    #expect(names.contains("report.html") && names.contains("results.json"))
  }

  /// Nothing reads the numbers again to draw the rest.
  @Test(.timeLimit(.minutes(2))) func ctrlCSaysWhatDrawsTheRest() throws {
    let folder = try TemporaryFolder()
    let running = try RunningProcess(
      arguments: ["reproduce", "feature-spaces", "--quick", "--sets", "1", "--output", "run", "--quiet"], in: folder)
    running.waitUntil { (try? folder.names(in: "run/figures"))?.contains("gram.partial.gnuplot") == true }
    running.send(SIGINT)
    let ended = running.wait()
    #expect(ended.status == 130)
    #expect(
      ended.error == """
        hilbert: interrupted while figures were drawn; all numbers are in run/results.json
        figures take another run: hilbert reproduce feature-spaces --quick --sets 1

        """)
  }
}
