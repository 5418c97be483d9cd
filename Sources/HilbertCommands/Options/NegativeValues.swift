extension Sequence<String> {
  /// The arguments with `--shots -5` written as `--shots=-5`: ArgumentParser takes what begins with a minus for an option, and says
  /// that the value is missing. So the command sees the number, and takes it or says what is wrong with it.
  var joiningNegativeValues: [String] {
    var result: [String] = []
    var isOver = false
    for argument in self {
      if argument == "--" { isOver = true }
      if !isOver, argument.isNegativeValue, let option = result.last, option.hasPrefix("--"), !option.contains("=") {
        result[result.count - 1] += "=" + argument
      } else {
        result.append(argument)
      }
    }
    return result
  }
}

extension String {
  /// Whether the text begins like a negative number, or like an observable with a minus.
  fileprivate var isNegativeValue: Bool {
    guard first == "-", let next = dropFirst().first(where: { $0 != " " }) else { return false }
    return next.isNumber || next == "." || "XYZI".contains(next)
  }
}
