import Testing

/// Wrong command lines end with status 64 and say what was meant.
@Suite struct UsageTests {
  @Test(arguments: [
    (["docter"], "hilbert has no command 'docter', did you mean 'doctor'? Commands: train, evaluate,"),
    (["evalute", "run"], "hilbert has no command 'evalute', did you mean 'evaluate'?"),
    (["data", "info", "mnist"], "hilbert data has no command 'info'. Commands: list, describe, fetch"),
    (["train", "--preset", "hybrid-fasion"], "unknown preset 'hybrid-fasion'; did you mean 'hybrid-fashion'?"),
    (["train", "a.yaml", "--preset", "hybrid-fashion"], "give a configuration file or --preset, not both"),
    (["train", "--epochs", "0"], "--epochs wants a whole number from 1 to 100000, found 0"),
    (["train", "--batch", "9223372036854775807"], "--batch wants a whole number from 1 to 1000000, found 9223372036854775807"),
    (["train", "--image-size", "0"], "--image-size wants a whole number from 1 to 4096, found 0"),
    (["data", "describe", "mnist", "--image-size", "5000"], "--image-size wants a whole number from 1 to 4096, found 5000"),
    (["benchmark", "speed", "--suite", "--repeat", "0"], "--repeat wants a whole number from 1 to 100000, found 0"),
    (["benchmark", "speed", "--suite", "--batch", "8"], "--suite has sizes of its own: leave --batch out, or take a --workload"),
    (["benchmark", "speed", "--suite", "--precision", "float"], "--suite has sizes of its own: leave --precision out"),
    (["train", "--epochs", "ten"], "The value 'ten' is invalid for '--epochs <epochs>'"),
    (["train", "--learning-rate", "nan"], "--learning-rate wants a number above 0 and at most 100, found nan"),
    (["train", "--test", "1.5"], "--test wants a share above 0 and at most 0.9, or a data source, found 1.5"),
    (["train", "--threads", "0"], "--threads wants a whole number from 1 to 4096, found 0"),
    (
      ["train", "--seed", "9223372036854775808"],
      "--seed wants a whole number from 0 to 9223372036854775807, found 9223372036854775808"
    ),
    (["evaluate", "run", "--seed", "3"], "--seed draws the samples of a synthetic --data"),
    (["train", "--precision", "half"], "The value 'half' is invalid for '--precision <precision>'"),
  ])
  func wrongUsage(arguments: [String], message: String) throws {
    let process = try HilbertProcess(arguments: arguments, in: TemporaryFolder())
    #expect(process.status == 64)
    #expect(process.output == "")
    #expect(process.error.contains(message), "\(process.error)")
  }

  @Test func helpShowsTheDefaultPreset() throws {
    let process = try HilbertProcess("help", "train", in: TemporaryFolder())
    #expect(process.status == 0)
    #expect(process.error == "")
    #expect(process.output.contains("source: fashion-mnist-2.5k"))
  }

  @Test func helpNamesOptimizersAndSchedules() throws {
    let help = try HilbertProcess("help", "train", in: TemporaryFolder()).output
    for word in ["lbfgs", "spsa", "rmsprop", "nesterov", "oneCycle", "cosine", "constant"] {
      #expect(help.contains(word), "\(word)")
    }
  }

  /// What a command refuses does not stand in its help.
  @Test(arguments: [("resume", false), ("evaluate", true), ("predict", true), ("train", true)])
  func helpShowsSeedAndPrecisionWhereTheyCount(command: String, isShown: Bool) throws {
    let help = try HilbertProcess("help", command, in: TemporaryFolder()).output
    #expect(help.contains("--seed") == isShown)
    #expect(help.contains("--precision") == isShown)
    #expect(help.contains("--threads"))
  }

  @Test func unreadableConfiguration() throws {
    let process = try HilbertProcess("train", "none.yaml", in: TemporaryFolder())
    #expect(process.status == 74)
    #expect(process.error == "hilbert: cannot read none.yaml: No such file or directory. Check the path.\n")
  }
}
