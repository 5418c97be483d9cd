import ArgumentParser
import Execution
import QuantumStates

/// The options that every command understands in the same way.
struct SharedOptions: ParsableArguments {
  @Option(help: "Seed of every random choice (default: the configuration's).")
  var seed: UInt64?

  @Option(help: "Threads to use (default: all processors). The answer does not depend on it.")
  var threads: Int?

  @Option(help: "Number type: float or double (default: the configuration's).")
  var precision: Precision?

  @Option(help: "What standard output holds: text or json.")
  var format = OutputFormat.text

  @Flag(name: .long, help: "No progress, no notes; errors only.")
  var quiet = false

  @Flag(name: [.customShort("v"), .long], help: "More notes on what is being done.")
  var verbose = false

  func validate() throws {
    if let threads, !(1...4096).contains(threads) {
      throw ValidationError("--threads wants a whole number from 1 to 4096, found \(threads)")
    }
    // Configurations and JSON hold signed numbers.
    if let seed, seed > Int64.max { throw ValidationError("--seed wants a whole number from 0 to \(Int64.max), found \(seed)") }
    if quiet && verbose { throw ValidationError("--quiet and --verbose exclude each other") }
  }

  var loop: ParallelLoop { ParallelLoop(threads: threads) }

  /// The conditions of a run under these options.
  ///
  /// - Parameters:
  ///   - seed: nil for a command without random choices.
  ///   - precision: nil for a command that computes nothing.
  func conditions(seed: UInt64? = nil, precision: Precision? = nil, stopwatch: Stopwatch) -> RunConditions {
    RunConditions(
      seed: seed, threads: loop.threads, simdLevel: SIMDLevel.current.rawValue, precision: precision?.rawValue,
      wallSeconds: stopwatch.seconds)
  }
}

extension Precision: ExpressibleByArgument {}
