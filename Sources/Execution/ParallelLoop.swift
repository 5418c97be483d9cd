#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The one parallel loop of the project: `count` independent pieces of work on at most `threads` threads.
///
/// Which thread runs a piece never matters: callers cut the work into pieces whose size does not depend on `threads`
/// and add partial results in piece order, so that answers are bit-identical for any number of threads.
///
/// ```swift
/// let loop = ParallelLoop(threads: 2)
/// loop.run(count: chunks) { chunk in ... }
/// ```
public struct ParallelLoop: Sendable, Hashable {
  /// The largest number of threads a loop uses, at least 1.
  public let threads: Int

  /// - Parameter threads: nil takes every processor this process may run on.
  public init(threads: Int? = nil) {
    precondition(threads.map { $0 >= 1 } ?? true, "ParallelLoop: threads is \(threads ?? 0), must be at least 1")
    self.threads = threads ?? Self.availableProcessors
  }

  /// One thread: the caller's own.
  public static let serial = ParallelLoop(threads: 1)

  /// Processors this process may use, asked for once.
  ///
  /// Source: `Cpus_allowed` of /proc/self/status on Linux, which `taskset` and containers narrow; all that are online elsewhere.
  public static let availableProcessors: Int = {
    // A mask in hexadecimal digits, with commas between words.
    let mask = SystemFile.value(of: "Cpus_allowed", in: "/proc/self/status") ?? ""
    let allowed = mask.reduce(0) { $0 + ($1.hexDigitValue ?? 0).nonzeroBitCount }
    let online = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    return max(1, allowed > 0 ? min(allowed, online) : online)
  }()

  /// Runs `body(0)`, ..., `body(count - 1)`, each once, in any order, and returns when all are done.
  ///
  /// - Complexity: under a microsecond where the helping threads have just worked, some more to wake them; with one thread or one
  ///   piece, or inside another loop, a plain loop.
  public func run(count: Int, _ body: (Int) -> Void) {
    let workers = min(threads, count)
    guard workers > 1 else {
      for piece in 0..<count { body(piece) }
      return
    }
    let isDone = withoutActuallyEscaping(body) { escaping in
      withUnsafePointer(to: escaping) { ThreadPool.shared.run(count: count, workers: workers, $0) }
    }
    // A loop inside a loop: its caller's threads are at work already.
    if !isDone { for piece in 0..<count { body(piece) } }
  }
}
