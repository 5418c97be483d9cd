/// What is said beside a file when it is read.
public struct ReadingOptions: Sendable, Hashable {
  /// Numbers for inputs that must be known when the file is read, such as `input int n`; a float named here becomes a constant.
  public var values: [String: Double]
  /// How many rounds a loop on measured bits may take where the file has no `@hilbert.limit`; more are an error of the run.
  public var loopLimit: Int
  /// How many instructions a file may unroll to.
  public var instructionLimit: Int

  /// - Parameter instructionLimit: about 250 bytes of memory are needed for each.
  public init(values: [String: Double] = [:], loopLimit: Int = 1000, instructionLimit: Int = 10_000_000) {
    self.values = values
    self.loopLimit = loopLimit
    self.instructionLimit = instructionLimit
  }
}
