import ArgumentParser

/// What a command writes to standard output.
enum OutputFormat: String, CaseIterable, Sendable, ExpressibleByArgument {
  /// Lines for people.
  case text
  /// One JSON object for programs.
  case json
}
