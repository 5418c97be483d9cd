/// Why a text or a product is no observable.
public enum PauliError: Error, Sendable, Hashable {
  /// The product of two sums has a coefficient that is not real.
  case notHermitian(left: PauliSum, right: PauliSum, word: PauliWord, imaginary: Double)
  /// A coefficient that is not a number, or too large for one.
  case notFinite(word: PauliWord, coefficient: Double)
  /// A text does not follow the grammar, at the character with the given offset.
  case syntax(text: String, offset: Int, expected: String)
}

extension PauliError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notHermitian(let left, let right, let word, let imaginary):
      "(\(left)) * (\(right)) is not Hermitian: the coefficient of \(word) is \(imaginary)i; multiply observables that commute"
    case .notFinite(let word, let coefficient):
      "the coefficient of \(word) is \(coefficient), which is not a finite number; check the numbers that are added or multiplied"
    case .syntax(let text, let offset, let expected):
      "observable, column \(offset + 1): expected \(expected)\n  \(text)\n  \(String(repeating: " ", count: offset))^"
    }
  }
}
