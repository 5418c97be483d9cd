/// A place of a configuration, kept beside what was read there, so that a mistake found later can still be pointed at.
struct ConfigurationPlace: Hashable, Sendable {
  let text: ConfigurationText
  /// Counted from 1.
  let line: Int
  /// Counted from 1, in Unicode scalars.
  let column: Int

  func error(_ problem: String, advice: String) -> ConfigurationError {
    let lines = text.yaml.split(separator: "\n", omittingEmptySubsequences: false)
    let sourceLine = lines.indices.contains(line - 1) ? String(lines[line - 1]) : ""
    return ConfigurationError(
      file: text.name, line: line, column: column, problem: problem, sourceLine: sourceLine, advice: advice)
  }
}
