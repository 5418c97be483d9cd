#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the process tells its caller, after BSD's sysexits.h.
enum ExitStatus: Int32, CaseIterable, Sendable {
  case done = 0
  /// The command line itself is wrong; ArgumentParser uses the same number.
  case usage = 64
  /// A file or a table says something that cannot be meant.
  case badInput = 65
  /// A program or a library that is needed is not installed.
  case missing = 69
  /// A fault of ours.
  case fault = 70
  case cannotWrite = 73
  case cannotRead = 74
  /// Stopped by Ctrl-C: 128 plus the number of SIGINT.
  case interrupted = 130

  func endProcess() -> Never { exit(rawValue) }
}
