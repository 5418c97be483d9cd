import Randomness

/// Noise that applies one of some Pauli products, each with its probability, and otherwise nothing.
public struct PauliNoise: Sendable, Hashable {
  /// How many qubits the products are on.
  public let qubitCount: Int
  /// The products, none of them the identity; their signs mean nothing.
  public let products: [SignedPauli]
  /// The probability of each.
  public let probabilities: [Double]
  private let choice: WeightedChoice

  /// The probability that something happens.
  public var total: Double { choice.total }

  /// - Parameter terms: products on the qubits 0..<`qubits` and probabilities, which are in 0...1 and sum to at most 1; the
  ///   identity may be among them and is left out.
  public init(qubits count: Int, _ terms: [(product: SignedPauli, probability: Double)]) {
    precondition((1...64).contains(count), "PauliNoise: \(count) qubits, must be 1 to 64")
    let kept = terms.filter { !$0.product.isIdentity && $0.probability != 0 }
    qubitCount = count
    products = kept.map(\.product)
    probabilities = kept.map(\.probability)
    choice = WeightedChoice(weights: probabilities)
    precondition(
      terms.allSatisfy { $0.probability >= 0 } && choice.total <= 1 + 1e-12,
      "PauliNoise: probabilities \(terms.map(\.probability))")
  }

  /// One of the 4^n - 1 products other than the identity, each with probability p / (4^n - 1).
  public static func depolarizing(qubits count: Int, errorProbability: Double) -> PauliNoise {
    precondition((1...6).contains(count), "PauliNoise.depolarizing: \(count) qubits, must be 1 to 6")
    let words = UInt64(1) << UInt64(2 * count)
    return PauliNoise(
      qubits: count,
      (1..<words).map { (SignedPauli(x: $0 & (.bit(count) - 1), z: $0 >> UInt64(count)), errorProbability / Double(words - 1)) })
  }

  /// X with a probability.
  public static func bitFlip(probability: Double) -> PauliNoise { PauliNoise(qubits: 1, [(.x(0), probability)]) }
  /// Z with a probability.
  public static func phaseFlip(probability: Double) -> PauliNoise { PauliNoise(qubits: 1, [(.z(0), probability)]) }

  /// Given that something happens, what: the index of a product.
  func draw(_ source: inout RandomSource) -> Int { choice.draw(using: &source) }
}
