import ArgumentParser
import Datasets
import Execution
import QuantumStates
import Reports

/// The options that every command understands in the same way.
struct SharedOptions: ParsableArguments {
  @Option(help: "Threads to use (default: all processors). The answer does not depend on it.")
  var threads: Int?

  @Option(help: "What standard output holds: text or json.")
  var format = OutputFormat.text

  @Flag(name: .long, help: "No progress, no notes; errors only.")
  var quiet = false

  func validate() throws {
    if let threads, !(1...4096).contains(threads) {
      throw ValidationError("--threads wants a whole number from 1 to 4096, found \(threads)")
    }
  }

  var loop: ParallelLoop { ParallelLoop(threads: threads) }

  /// A remark for the person, on standard error.
  func note(_ text: String) {
    if !quiet { StandardStreams.writeMessage(text + "\n") }
  }

  /// Says so where pixels are far from 0...1, which all networks of images are made for: nothing else would.
  func noteRange<Role>(of samples: SampleSet<Role>) {
    guard samples.sampleShape.count == 3, let highest = samples.features.max(), let lowest = samples.features.min() else { return }
    let advice =
      highest > 2 || lowest < -2
      ? "write them as bytes, or divide them by their largest possible value"
      : highest < 0.25 && highest > 0 ? "full intensity is 1" : nil
    guard let advice else { return }
    note("\(samples.name): pixels go from \(lowest) to \(highest), and networks of images expect 0 to 1; \(advice)")
  }

  /// The program that draws; without it, a note and nil: figures are for people, and numbers are worth having alone.
  func gnuplotOrNote() -> Gnuplot? {
    do {
      return try Gnuplot()
    } catch {
      note("no figures: \(error)")
      return nil
    }
  }

  /// Says so where a run was broken off: its model is not the one that was asked for.
  func noteUnfinished(_ model: TrainedModel) {
    let (finished, epochs) = (model.finishedEpochs, model.contents.configuration.training.epochs)
    if finished < epochs {
      note("the run is unfinished, \(finished) of \(epochs) epochs; go on with: hilbert resume \(model.contents.folder.path)")
    }
  }

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

/// The seed and the number type, which a configuration or a run has too; shown by the commands on which they have an effect.
struct NumberOptions: ParsableArguments {
  @Option(help: "Seed of every random choice (default: that of the configuration or the run folder, else 0).")
  var seed: UInt64?

  @Option(help: "Number type: float or double (default: that of the configuration or the run folder, else double).")
  var precision: Precision?

  func validate() throws {
    // Configurations and JSON hold signed numbers.
    if let seed, seed > Int64.max { throw ValidationError("--seed wants a whole number from 0 to \(Int64.max), found \(seed)") }
  }
}

extension Precision: ExpressibleByArgument {}
