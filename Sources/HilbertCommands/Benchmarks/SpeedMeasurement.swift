import QuantumStates

/// The time that one call of a workload takes, measured as the peers are: one call to warm up, then the median of up to 15
/// samples; a sample repeats short calls until it lasts 20 ms.
struct SpeedMeasurement {
  let settings: SpeedSettings
  let size: [SpeedLine.Field]
  let checkValues: [Double]
  /// Further findings of repetition 0.
  let details: [SpeedLine.Field]
  /// Seconds of one call in each sample, in order of time.
  let seconds: [Double]
  /// Seconds of the first call.
  let first: Double
  /// Seconds that building and compiling the circuit took; not part of a call.
  let compileSeconds: Double

  var median: Double {
    let sorted = seconds.sorted()
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }

  /// - Parameters:
  ///   - samples: how many to take; nil takes 3 to 15, about 6 seconds of them.
  ///   - onlyChecks: whether the first call, which gives the check values, is all that is wanted.
  init(_ settings: SpeedSettings, samples: Int? = nil, onlyChecks: Bool = false) throws {
    self.settings = settings
    let compiling = Stopwatch()
    var workload = try settings.makeWorkload()
    compileSeconds = compiling.seconds
    size = workload.size

    var repetition = 0
    func timed(calls: Int) throws -> Double {
      let stopwatch = Stopwatch()
      for _ in 0..<calls {
        try workload.run(repetition: repetition)
        repetition += 1
      }
      return stopwatch.seconds / Double(calls)
    }
    first = try timed(calls: 1)
    checkValues = try workload.checkValues()
    details = try workload.details()
    if onlyChecks {
      seconds = [first]
      return
    }
    let second = try timed(calls: 1)
    let calls = max(1, Int((0.02 / second).rounded(.up)))
    var (seconds, spent) = ([Double](), second)
    let limit = samples ?? 15
    while seconds.count < limit, samples != nil || seconds.count < 3 || spent < 6 {
      let sample = try timed(calls: calls)
      spent += sample * Double(calls)
      seconds.append(sample)
    }
    self.seconds = seconds
  }

  var line: SpeedLine {
    SpeedLine(
      fields: [
        .text("workload", settings.workload.rawValue), .text("peer", "hilbert"), .text("variant", ""), .fields("size", size),
        .text("precision", settings.precision == .float ? "c64" : "c128"), .integer("threads", settings.loop.threads),
        .number("seconds", median, digits: 5), .number("best", seconds.min() ?? median, digits: 5),
        .number("first", first, digits: 5), .integer("reps", seconds.count), .numbers("checksum", checkValues),
        .integer("peak_mb", Machine.peakMegabytes),
      ] + details + [
        .number("compile_s", compileSeconds, digits: 5), .text("simd", SIMDLevel.current.rawValue),
        .text("version", Version.current),
      ])
  }
}
