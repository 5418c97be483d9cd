import QuantumStates

/// An observable of `--expectation`, or one that a circuit file names.
struct ObservableRequest {
  let text: String
  let sum: PauliSum

  init(_ sum: PauliSum) { (text, self.sum) = ("\(sum)", sum) }

  /// - Throws: `Failure` with status 64, the text and a mark where it is wrong.
  init(_ text: String) throws(Failure) {
    self.text = text
    do {
      sum = try PauliSum(text)
    } catch {
      throw Failure(.usage, "--expectation: \(error)")
    }
  }
}
