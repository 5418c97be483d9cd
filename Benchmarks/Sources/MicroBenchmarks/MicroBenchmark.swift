/// One thing that is timed, with the goal it serves and a check of its own answer.
struct MicroBenchmark {
  /// What is timed, `group/what/size/precision/level`.
  let name: String
  /// Bytes that must move and floating-point operations that must be done in a call; 0 where neither limits it.
  var bytes = 0.0
  var flops = 0.0
  /// Prepares, then returns the call to be timed and a check of what the calls have left behind: the error found.
  let prepare: () throws -> (call: (Int) throws -> Void, error: () throws -> Double)
  /// The largest error that passes.
  let tolerance: Double

  struct Outcome {
    let name: String
    let seconds: Measurement
    let bytes: Double
    let flops: Double
    /// What is wrong with the answer; nil where nothing is.
    let failure: String?
  }

  func run() throws -> Outcome {
    let (call, error) = try prepare()
    let seconds = try Measurement(call)
    let found = try error()
    return Outcome(
      name: name, seconds: seconds, bytes: bytes, flops: flops,
      failure: found <= tolerance ? nil : "\(name): error \(found), at most \(tolerance) passes")
  }
}
