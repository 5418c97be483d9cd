/// The groups in which the system holds this process, and by which containers and services limit its memory.
///
/// Source: Linux kernel documentation, "Control Group v2" (memory controller) and "Memory Resource Controller" for version 1.
package enum ControlGroup {
  /// The files of a version of the memory controller.
  private struct Files {
    let limit: String
    let usage: String
    /// The line of memory.stat with the cached pages of files, which count as used and are given back on demand.
    let cache: String

    static let version1 = Files(limit: "memory.limit_in_bytes", usage: "memory.usage_in_bytes", cache: "total_inactive_file")
    static let version2 = Files(limit: "memory.max", usage: "memory.current", cache: "inactive_file")
  }

  /// Bytes that the limits of the process's groups, and of those above them, leave free; nil without a limit.
  ///
  /// - Parameters:
  ///   - membership: the file that names the groups, a line `id:controllers:path` each.
  ///   - mount: where the groups are folders.
  package static func freeMemory(membership: String = "/proc/self/cgroup", mount: String = "/sys/fs/cgroup") -> UInt64? {
    let limits = (SystemFile.lines(of: membership) ?? []).compactMap { line -> UInt64? in
      let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { return nil }
      if fields[1].isEmpty { return freeMemory(of: fields[2], below: mount, .version2) }
      guard fields[1].split(separator: ",").contains("memory") else { return nil }
      return freeMemory(of: fields[2], below: mount + "/memory", .version1)
    }
    return limits.min()
  }

  /// The least of a group and those above it. Inside a container the path may be the host's, and the container's own group stands
  /// at the top.
  private static func freeMemory(of path: Substring, below mount: String, _ files: Files) -> UInt64? {
    var least: UInt64?
    var parts = path.split(separator: "/")
    while true {
      let folder = ([mount[...]] + parts).joined(separator: "/")
      if let limit = SystemFile.number(in: "\(folder)/\(files.limit)"),
        let usage = SystemFile.number(in: "\(folder)/\(files.usage)")
      {
        let cache = SystemFile.number(of: files.cache, in: "\(folder)/memory.stat") ?? 0
        let free = limit - min(limit, usage - min(usage, cache))
        least = min(least ?? free, free)
      }
      if parts.popLast() == nil { return least }
    }
  }
}
