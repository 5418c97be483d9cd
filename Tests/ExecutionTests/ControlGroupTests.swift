import Execution
import TestSupport
import Testing

/// Limits of control groups, as the two versions write them down.
struct ControlGroupTests {
  /// Bytes free in a made-up tree of groups, given as file and text.
  private func free(_ membership: String, _ files: [String: String]) throws -> UInt64? {
    try withTemporaryFolder { folder in
      for (name, text) in files {
        try WholeFile.makeFolder(folder + "/" + name.split(separator: "/").dropLast().joined(separator: "/"))
        try WholeFile.write(Array(text.utf8), to: folder + "/" + name)
      }
      try WholeFile.write(Array(membership.utf8), to: folder + "/membership")
      return ControlGroup.freeMemory(membership: folder + "/membership", mount: folder)
    }
  }

  @Test func theSecondVersionSubtractsWhatIsUsedAndNotMereCache() throws {
    let files = [
      "work/memory.max": "1000000\n", "work/memory.current": "600000\n",
      "work/memory.stat": "anon 300000\ninactive_file 200000\nactive_file 100000\n",
    ]
    #expect(try free("0::/work\n", files) == 600_000)
  }

  @Test func theTightestGroupAboveCounts() throws {
    var files = ["a/b/memory.max": "max\n", "a/b/memory.current": "5\n", "a/memory.max": "100\n", "a/memory.current": "40\n"]
    #expect(try free("0::/a/b\n", files) == 60)
    files["a/b/memory.max"] = "30\n"
    #expect(try free("0::/a/b\n", files) == 25)
    files["a/memory.current"] = "120\n"
    #expect(try free("0::/a/b\n", files) == 0)
  }

  /// A container may see the host's path, while its own group is mounted at the top.
  @Test func theFirstVersionIsFoundAmongOtherControllers() throws {
    let files = [
      "memory/memory.limit_in_bytes": "4096\n", "memory/memory.usage_in_bytes": "2048\n",
      "memory/memory.stat": "inactive_file 1\ntotal_inactive_file 1024\n",
    ]
    #expect(try free("9:cpu,cpuacct:/x\n4:memory:/docker/0123\n0::/\n", files) == 3072)
  }

  @Test(arguments: ["", "0::/\n", "4:memory:/\n", "nonsense"])
  func withoutLimitsThereIsNone(_ membership: String) throws { #expect(try free(membership, [:]) == nil) }

  @Test func thisProcessHasMemory() { #expect(ControlGroup.freeMemory().map { $0 > 1 << 20 } ?? true) }
}
