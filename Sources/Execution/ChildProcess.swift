#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Another program, started and waited for.
package struct ChildProcess: Sendable, Hashable {
  /// The program's file.
  package let path: String

  /// Looks for a program in the folders of `searchPath`; nil where none of them has it.
  ///
  /// - Parameter searchPath: folders with colons between; nil takes the environment's `PATH`.
  package init?(named name: String, searchPath: String? = nil) {
    let folders = searchPath ?? getenv("PATH").map { String(cString: $0) } ?? ""
    let candidates = folders.split(separator: ":").map { "\($0)/\(name)" }
    guard let found = candidates.first(where: { access($0, X_OK) == 0 }) else { return nil }
    path = found
  }

  /// Runs the program with nothing to read.
  ///
  /// - Parameters:
  ///   - log: a file that takes what it writes; nil leaves standard error as it is and drops standard output.
  ///   - isApart: whether it is in a process group of its own, which a terminal's Ctrl-C does not reach: for work that is short and
  ///     is to be whole. Otherwise Ctrl-C ends it as it does the caller.
  /// - Returns: its exit status, 128 and the number of the signal that ended it, or 127 when it does not start.
  package func run(_ arguments: [String], log: String? = nil, isApart: Bool = false) -> Int32 {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t? = nil
      var attributes: posix_spawnattr_t? = nil
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    if isApart { posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP)) }
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log ?? "/dev/null", O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    if log != nil { posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO) }
    var words = ([path] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var child = pid_t()
    guard posix_spawn(&child, path, &actions, &attributes, &words, environ) == 0 else { return 127 }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 && errno == EINTR {}
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
  }
}
