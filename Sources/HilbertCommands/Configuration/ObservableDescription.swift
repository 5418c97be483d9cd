import QuantumStates

/// An observable as a configuration writes it, "0.5 X0 Z2 - Y1 + 1.2".
struct ObservableDescription: Hashable, Sendable {
  let text: String
  let sum: PauliSum
  /// Where it is written; nil for one that a circuit brings with it.
  let place: ConfigurationPlace?

  init(_ sum: PauliSum) { (text, self.sum, place) = ("\(sum)", sum, nil) }

  init(_ node: ConfigurationNode) throws(ConfigurationError) {
    place = node.place
    text = try node.string(wanted: "an observable such as 0.5 X0 Z2 - Y1")
    do {
      sum = try PauliSum(text)
    } catch {
      throw node.error("\(error)", advice: "write sums of products such as 0.5 X0 Z2 - Y1 + 1.2")
    }
  }
}
