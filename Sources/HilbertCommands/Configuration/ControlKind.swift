/// What is trained beside a model, to be compared with it: the value of `control`.
enum ControlKind: String, CaseIterable, Sendable {
  /// Classical layers with as many parameters in place of each circuit; also spelled `true`.
  case dense
  /// The same network without its circuits.
  case removed
  /// The circuits with their random first weights, which stay.
  case frozen

  /// For the report.
  var explanation: String {
    let beginning =
      switch self {
      case .dense:
        """
        The control has the model's layers, with each circuit replaced by two dense layers of as nearly as possible the same number of \
        parameters (a quanvolution by a convolution of its shape, a layer that has crept in by the one whose place it took).
        """
      case .removed: "The control has the model's layers without the circuits: what they read goes straight to the layers behind."
      case .frozen: "The control is the model itself, except that its circuits keep the random weights they start with."
      }
    return beginning + """
       Both saw the same samples in the same order, with the same optimizer, schedule and number of epochs, and started from the same \
      weights wherever they have the same layers. One seed is one draw: repeat with others before a difference counts.
      """
  }

  /// The value of the `control` key; nil for `false`.
  static func read(_ node: ConfigurationNode) throws(ConfigurationError) -> ControlKind? {
    guard let word = node.scalar, !["true", "false"].contains(word) else { return try node.boolean() ? .dense : nil }
    guard let kind = ControlKind(rawValue: word) else {
      throw node.unknown("value", word, known: ["true", "false"] + allCases.map(\.rawValue))
    }
    return kind
  }
}
