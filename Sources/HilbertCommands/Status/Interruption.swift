import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Ctrl-C: the first asks the running command to save and stop, the second ends the process at once.
///
/// A signal handler can capture nothing, so the count is the one piece of process-wide state of the command line.
enum Interruption {
  private static let count = Atomic<Int>(0)

  /// Starts listening. Only a command that looks at `isRequested` may call this, or the first Ctrl-C would be lost.
  ///
  /// - Returns: what Ctrl-C did before.
  @discardableResult
  static func listen() -> (@convention(c) (Int32) -> Void)? {
    let former = signal(SIGINT) { _ in
      if Interruption.count.wrappingAdd(1, ordering: .relaxed).oldValue > 0 { _exit(ExitStatus.interrupted.rawValue) }
    }
    unblock()
    return former
  }

  /// Listens as long as `body` runs, which looks at `isRequested`, and leaves Ctrl-C as it was.
  static func whileListening<Result>(_ body: () throws -> Result) rethrows -> Result {
    let former = listen()
    defer { signal(SIGINT, former) }
    return try body()
  }

  /// Ctrl-C ends the process at once, with a word: for commands that keep nothing before they are done.
  static func endWithWord() {
    signal(SIGINT) { _ in
      let word: StaticString = "\nhilbert: interrupted; the same command begins again\n"
      _ = write(STDERR_FILENO, word.utf8Start, word.utf8CodeUnitCount)
      _exit(ExitStatus.interrupted.rawValue)
    }
    unblock()
  }

  private static func unblock() {
    // A parent that started us from a thread with blocked signals has handed its mask down.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// From here on Ctrl-C ends the process as it does any other.
  static func stopListening() { signal(SIGINT, SIG_DFL) }

  static var isRequested: Bool { count.load(ordering: .relaxed) > 0 }
}
