import LinearAlgebra

/// A real linear combination of Pauli words: a Hermitian observable such as `0.5 X0 Z2 - Y1 + 1.2`.
///
/// A sum is always simplified: words are distinct, in a fixed order, and no coefficient is zero.
public struct PauliSum: Sendable, Hashable {
  /// One term `coefficient * word`.
  public struct Term: Sendable, Hashable {
    /// The real factor.
    public let coefficient: Double
    /// The Pauli word.
    public let word: PauliWord

    public init(_ coefficient: Double, _ word: PauliWord) {
      self.coefficient = coefficient
      self.word = word
    }
  }

  /// The terms, words ascending.
  public let terms: [Term]

  /// The sum of the given terms; equal words are added up.
  ///
  /// A coefficient that is not finite stops the program; `init(adding:)` throws instead.
  public init(_ terms: some Sequence<Term>) {
    do {
      try self.init(adding: terms)
    } catch {
      // Not preconditionFailure: its message is lost in release builds.
      fatalError("PauliSum: \(error)")
    }
  }

  /// The sum of the given terms; equal words are added up.
  ///
  /// - Throws: `PauliError.notFinite` for a coefficient that is not finite, alone or added up.
  public init(adding terms: some Sequence<Term>) throws(PauliError) {
    var coefficients: [PauliWord: Double] = [:]
    for term in terms { coefficients[term.word, default: 0] += term.coefficient }
    if let (word, coefficient) = coefficients.filter({ !$0.value.isFinite }).min(by: { $0.key < $1.key }) {
      throw .notFinite(word: word, coefficient: coefficient)
    }
    self.terms = coefficients.filter { $0.value != 0 }.sorted { $0.key < $1.key }.map { Term($0.value, $0.key) }
  }

  /// The sum with the single term `coefficient * word`.
  public init(_ coefficient: Double, _ word: PauliWord) { self.init([Term(coefficient, word)]) }

  /// One more than the highest qubit that any term acts on.
  public var qubitCount: Int { terms.map(\.word.qubitCount).max() ?? 0 }
  /// Whether every term is a product of Z alone, so that one pass over probabilities measures the sum.
  public var isDiagonal: Bool { terms.allSatisfy(\.word.isDiagonal) }
  /// The coefficient of a word; 0 when it is absent.
  public func coefficient(of word: PauliWord) -> Double { terms.first { $0.word == word }?.coefficient ?? 0 }
  /// The coefficient of the identity: the mean of all eigenvalues.
  public var constant: Double { coefficient(of: .identity) }

  /// The sum with qubit q moved to `qubits[q]`.
  public func mapped(to qubits: [Int]) -> PauliSum {
    PauliSum(terms.map { Term($0.coefficient, $0.word.mapped(to: qubits)) })
  }

  /// The 2^n x 2^n matrix on the given number of qubits.
  public func matrix(qubits count: Int) -> ComplexMatrix {
    var result = ComplexMatrix(rows: 1 << count, columns: 1 << count)
    for term in terms { result = result + Complex(term.coefficient) * term.word.matrix(qubits: count) }
    return result
  }

  /// The product of two sums.
  ///
  /// The product of Hermitian operators is Hermitian only when they commute: `X(0) * Y(0)` is iZ.
  /// - Throws: `PauliError` when a coefficient of the product is not real, or too large.
  public func multiplied(by other: PauliSum) throws(PauliError) -> PauliSum {
    var products: [PauliWord: (real: Double, imaginary: Double)] = [:]
    for left in terms {
      for right in other.terms {
        let (word, turns) = left.word.product(with: right.word)
        let value = left.coefficient * right.coefficient * (turns < 2 ? 1 : -1)
        if turns % 2 == 0 {
          products[word, default: (0, 0)].real += value
        } else {
          products[word, default: (0, 0)].imaginary += value
        }
      }
    }
    // Parts that cancel leave rounding errors of the size of one product.
    let largest = (terms.map(\.coefficient.magnitude).max() ?? 0) * (other.terms.map(\.coefficient.magnitude).max() ?? 0)
    let imaginary = products.filter { $0.value.imaginary.magnitude > 1e-14 * largest }
    if let (word, value) = imaginary.min(by: { $0.key < $1.key }) {
      throw .notHermitian(left: self, right: other, word: word, imaginary: value.imaginary)
    }
    return try PauliSum(adding: products.map { Term($0.value.real, $0.key) })
  }
}

extension PauliSum: CustomStringConvertible {
  /// For example `0.5 X0 Z2 - Y1 + 1.2`; reading it back gives the same sum, digit for digit.
  public var description: String {
    if terms.isEmpty { return "0" }
    // The constant comes last, as in print.
    let ordered = terms.filter { !$0.word.isIdentity } + terms.filter { $0.word.isIdentity }
    var text = ""
    for term in ordered {
      let isNegative = term.coefficient < 0
      text += text.isEmpty ? (isNegative ? "-" : "") : (isNegative ? " - " : " + ")
      let magnitude = shortText(term.coefficient.magnitude)
      if term.word.isIdentity {
        text += magnitude
      } else {
        text += magnitude == "1" ? "\(term.word)" : "\(magnitude) \(term.word)"
      }
    }
    return text
  }
}

/// The shortest decimal that reads back as the same number, whole numbers without their fraction.
private func shortText(_ value: Double) -> String {
  let text = "\(value)"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
