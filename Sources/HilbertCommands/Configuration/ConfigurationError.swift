/// A mistake in a YAML file: where it stands, what is wrong, and what to write instead.
///
/// The description is what the user sees, whole:
/// ```
/// moons.yaml:4:3: unknown key 'epoch' in 'training'; did you mean 'epochs'?
///   epoch: 20
///   ^
/// known keys: epochs, batch, optimizer, learningRate, precision
/// ```
struct ConfigurationError: Error, Hashable, CustomStringConvertible {
  let file: String
  /// Counted from 1.
  let line: Int
  /// Counted from 1, in Unicode scalars.
  let column: Int
  let problem: String
  /// The text of the line, as the user wrote it.
  let sourceLine: String
  let advice: String

  var description: String {
    """
    \(file):\(line):\(column): \(problem)
    \(sourceLine)
    \(String(repeating: " ", count: max(0, column - 1)))^
    \(advice)
    """
  }
}
