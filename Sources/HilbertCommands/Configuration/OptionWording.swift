extension ConfigurationError {
  /// The mistake in the words of `train --circuit`, whose options were made into a configuration.
  var inOptions: String {
    // A mistake in the circuit file shows its own place.
    if problem.contains("\n") { return option == "--circuit" ? problem : "\(option): \(problem)" }
    if problem.contains("'circuit' and 'observables' together") {
      return "the circuit file names no observables; give one for each class, for example --observable Z0 --observable Z1"
    }
    return "\(option): \(Self.reworded(problem)); \(Self.reworded(advice))"
  }

  /// The option that the place in the configuration was made from.
  private var option: String {
    let line = String(sourceLine.drop { $0 == " " })
    let before = sourceLine.unicodeScalars.prefix(max(0, column - 1))
    if line.hasPrefix("data") { return "--data" }
    if line.hasPrefix("observables") { return "--observable" }
    return String(String.UnicodeScalarView(before)).contains("features: ") ? "--features" : "--circuit"
  }

  private static func reworded(_ text: String) -> String {
    var text = text
    if let place = text.firstRange(of: " in 'model."), let end = text[place.upperBound...].firstIndex(of: "'") {
      text.removeSubrange(place.lowerBound...end)
    }
    for (key, write) in [
      ("features: [", { (names: [Substring]) in "--features " + names.joined(separator: ",") }),
      ("observables: [", { (names: [Substring]) in names.map { "--observable \($0)" }.joined(separator: " ") }),
    ] {
      guard let start = text.firstRange(of: key), let end = text[start.upperBound...].firstIndex(of: "]") else { continue }
      let names = text[start.upperBound..<end].split(separator: ",").map { $0.drop { $0 == " " } }
      text.replaceSubrange(start.lowerBound...end, with: write(names))
    }
    return text.replacing("set data.pca:", with: "take a configuration with data.pca:")
  }
}
