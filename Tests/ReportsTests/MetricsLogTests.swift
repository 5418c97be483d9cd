import Execution
import Foundation
import Reports
import TestSupport
import Testing

@Suite struct MetricsLogTests {
  static let columns = ["epoch", "model", "trainLoss", "testAccuracy"]
  static let rows: [[MetricValue]] = [
    [1, "quantum", .number(0.1 + 0.2), 0.5], [2, "quantum", .number(.nan), .missing], [3, "control", .number(1e-9), .number(1)],
  ]

  @Test func bothFilesHoldTheSameRows() throws {
    try withTemporaryFolder { parent in
      let folder = try RunFolder(creatingAt: parent + "/run")
      var metrics = try MetricsLog(starting: Self.columns, in: folder)
      for row in Self.rows { try metrics.append(row) }
      #expect(
        try folder.text(of: "metrics.csv") == """
          epoch,model,trainLoss,testAccuracy
          1,quantum,0.30000000000000004,0.5
          2,quantum,nan,
          3,control,1e-09,1.0

          """)
      #expect(
        try folder.text(of: "metrics.jsonl") == """
          {"epoch": 1, "model": "quantum", "trainLoss": 0.30000000000000004, "testAccuracy": 0.5}
          {"epoch": 2, "model": "quantum", "trainLoss": null, "testAccuracy": null}
          {"epoch": 3, "model": "control", "trainLoss": 1e-09, "testAccuracy": 1.0}

          """)
      for line in try folder.text(of: "metrics.jsonl").split(separator: "\n") {
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) }
      }
    }
  }

  @Test func seriesReadBackBitForBit() throws {
    try withTemporaryFolder { parent in
      let folder = try RunFolder(creatingAt: parent + "/run")
      var metrics = try MetricsLog(starting: ["loss"], in: folder)
      let values = [0.1 + 0.2, Double.pi, .leastNonzeroMagnitude, -0.0, 1e300]
      for value in values { try metrics.append([.number(value)]) }
      let found = try MetricsLog(reading: folder).series("loss")
      #expect(found.map(\.bitPattern) == values.map(\.bitPattern))
    }
  }

  @Test(arguments: [0, 1, 2, 3]) func aResumedRunHasTheBytesOfAnUnbrokenOne(_ rowCount: Int) throws {
    try withTemporaryFolder { parent in
      let folder = try RunFolder(creatingAt: parent + "/run")
      var metrics = try MetricsLog(starting: Self.columns, in: folder)
      for row in Self.rows { try metrics.append(row) }
      let whole = (try folder.text(of: "metrics.csv"), try folder.text(of: "metrics.jsonl"))

      // A process killed while it wrote leaves a line without its end.
      try (whole.0 + "4,quant").write(toFile: folder.file("metrics.csv"), atomically: true, encoding: .utf8)
      var resumed = try MetricsLog(continuing: Self.columns, after: rowCount, in: folder)
      #expect(resumed.rows.count == rowCount)
      for row in Self.rows[rowCount...] { try resumed.append(row) }
      #expect(try folder.text(of: "metrics.csv") == whole.0)
      #expect(try folder.text(of: "metrics.jsonl") == whole.1)
    }
  }

  @Test(.enabled(if: fullDevice != nil, "needs /dev/full"), arguments: ["metrics.csv", "metrics.jsonl"])
  func aFullDiskLeavesBothFilesAsTheyWere(_ full: String) throws {
    try withTemporaryFolder { parent in
      let folder = try RunFolder(creatingAt: parent + "/run")
      var metrics = try MetricsLog(starting: Self.columns, in: folder)
      try metrics.append(Self.rows[0])
      let other = full == "metrics.csv" ? "metrics.jsonl" : "metrics.csv"
      let before = try folder.text(of: other)
      try fillDisk(under: folder.file(full))
      #expect(throws: ReportError.cannotWrite(FileFailure(folder.file(full), code: ENOSPC))) {
        try metrics.append(Self.rows[1])
      }
      #expect(metrics.rows.count == 1)
      #expect(try folder.text(of: other) == before)
    }
  }

  @Test func anotherRunsColumnsAreRefused() throws {
    try withTemporaryFolder { parent in
      let folder = try RunFolder(creatingAt: parent + "/run")
      _ = try MetricsLog(starting: ["epoch", "loss"], in: folder)
      #expect {
        try MetricsLog(continuing: Self.columns, after: 0, in: folder)
      } throws: { "\($0)".contains(#"it has 0 rows of ["epoch", "loss"], expected at least 0 of ["epoch", "model""#) }
      try "epoch,loss\n1\n".write(toFile: folder.file("metrics.csv"), atomically: true, encoding: .utf8)
      #expect {
        try MetricsLog(reading: folder)
      } throws: { "\($0)".contains("row 1 has 1 values for 2 columns") }
    }
  }
}
