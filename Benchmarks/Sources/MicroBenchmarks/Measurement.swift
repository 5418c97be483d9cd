/// How long one call takes, from samples of a given length or more.
struct Measurement {
  let median: Double
  let minimum: Double

  /// - Parameters:
  ///   - samples: how many samples to take.
  ///   - length: of a sample, in seconds.
  ///   - body: called with 0, 1, 2, ...: work that must not be the same twice can depend on it.
  init(samples: Int = 9, length: Double = 0.01, _ body: (Int) throws -> Void) rethrows {
    let clock = ContinuousClock()
    var call = 0
    func seconds(calls: Int) throws -> Double {
      let start = clock.now
      for _ in 0..<calls {
        try body(call)
        call += 1
      }
      let elapsed = (clock.now - start).components
      return (Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18) / Double(calls)
    }
    _ = try seconds(calls: 1)
    let once = try seconds(calls: 1)
    let calls = max(1, Int(length / max(once, 1e-9)))
    let sorted = try (0..<samples).map { _ in try seconds(calls: calls) }.sorted()
    (median, minimum) = (sorted[samples / 2], sorted[0])
  }
}
