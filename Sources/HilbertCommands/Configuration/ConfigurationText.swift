import Yams

/// A YAML text with its name, from which every error message takes the line it quotes.
struct ConfigurationText: Hashable, Sendable {
  /// What error messages call it: the path as the user gave it, or "preset NAME".
  let name: String
  let yaml: String

  init(name: String, yaml: String) {
    self.name = name
    self.yaml = yaml
  }

  /// The text of a file.
  /// - Throws: `Failure` with status 74 for a file that cannot be read, 65 for one that is not UTF-8 text.
  init(reading path: String) throws(Failure) {
    self.init(name: path, yaml: try TextFile.read(path))
  }

  /// The root of the document.
  ///
  /// - Parameter help: the command whose help shows an example.
  /// - Throws: `ConfigurationError` for text that is not YAML, an empty text, or a key given twice.
  func root(help: String = "train") throws(ConfigurationError) -> ConfigurationNode {
    do {
      guard let node = try Yams.compose(yaml: yaml) else {
        throw error(line: 1, column: 1, "the file is empty", advice: "start from the example of hilbert help \(help)")
      }
      return ConfigurationNode(node, path: "", text: self)
    } catch let failure as ConfigurationError {
      throw failure
    } catch {
      throw syntaxError(error)
    }
  }

  /// The text with another value for a key of its outermost section; comments are lost.
  func setting(_ key: String, to value: String) throws(ConfigurationError) -> String {
    do {
      guard var section = try Yams.compose(yaml: yaml)?.mapping else { return yaml }
      section[Node(key)] = Node(value, .implicit, .doubleQuoted)
      return try Yams.serialize(node: .mapping(section))
    } catch {
      throw syntaxError(error)
    }
  }

  private func error(line: Int, column: Int, _ problem: String, advice: String) -> ConfigurationError {
    ConfigurationPlace(text: self, line: line, column: column).error(problem, advice: advice)
  }

  /// libyaml's own message, at the place where it stopped.
  private func syntaxError(_ failure: any Error) -> ConfigurationError {
    let advice = "YAML wants 'key: value', nested keys indented by spaces, lists as [a, b]"
    switch failure as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
      return error(line: mark.line, column: mark.column, problem, advice: advice)
    case .duplicatedKeysInMapping(let duplicates, let context):
      let keys = duplicates.sorted().map { "'\($0)'" }.joined(separator: ", ")
      return error(
        line: context.mark.line, column: context.mark.column, "key given twice: \(keys)", advice: "keep one of them")
    case .reader(let problem, let offset, _, _):
      let before = yaml.prefix(offset ?? 0)
      let line = before.split(separator: "\n", omittingEmptySubsequences: false).count
      return error(line: max(1, line), column: 1, problem, advice: "save the file as UTF-8 text")
    default:
      return error(line: 1, column: 1, "not readable as YAML", advice: advice)
    }
  }
}
