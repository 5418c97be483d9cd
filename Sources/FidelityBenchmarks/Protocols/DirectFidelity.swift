import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness

/// Direct fidelity estimation: the fidelity of a prepared state from few Pauli words, however many qubits there are.
///
/// `F = Σ_P χ(P)^2 <P>/χ(P)` over Pauli words P with `χ(P) = <ψ|P|ψ>/sqrt d`. Words are drawn with probability χ(P)^2, each is
/// measured, and the mean of `<P>/<ψ|P|ψ>` is F. For stabilizer states every word drawn counts alike; other states may draw words
/// with small expectations, whose shots are then multiplied up: the spread over words shows it in the interval.
///
/// Words are drawn from the list of all 4^n with their simulated expectations, hence up to 8 qubits.
///
/// Source: Flammia, Liu, "Direct fidelity estimation from few Pauli measurements", 2011.
public struct DirectFidelity: FidelityProtocol {
  public static var word: String { "direct-fidelity" }
  /// What prepares the state.
  public let preparation: Circuit
  /// How many Pauli words are drawn.
  public let words: Int
  public let shots: Int
  /// A word with the probability χ².
  private let choice: WeightedChoice
  private let ideal: [Double]

  public var width: Int { preparation.qubitCount }

  /// - Throws: `BenchmarkError.settings` for a circuit that is not made of gates on 1 to 8 qubits.
  public init(of preparation: Circuit, words: Int = 100, shots: Int = 1000) throws(BenchmarkError) {
    try PreparationSettings(circuit: preparation, shots: shots).check(for: "Direct fidelity estimation", qubits: 1...8)
    guard words >= 2 else { throw .settings("Direct fidelity estimation takes at least 2 words, not \(words).") }
    (self.preparation, self.words, self.shots) = (preparation, words, shots)
    let state = preparation.idealState
    ideal = Expectations.words(preparation.qubitCount).map { $0.expectation(of: state) }
    choice = WeightedChoice(weights: ideal.map { $0 * $0 })
  }

  public var circuitNames: [String] { (0..<words).map { "direct-fidelity-\($0)" } }

  /// The word that a circuit measures, by its place in `Expectations.words`.
  private func word(_ index: Int, seed: UInt64) -> (word: PauliWord, ideal: Double) {
    var source = RandomSource(seed: seed, stream: 0xDFE, index: UInt64(index))
    let place = choice.draw(using: &source)
    return (Expectations.word(place, qubits: width), ideal[place])
  }

  public func circuit(_ index: Int, seed: UInt64) -> Circuit {
    let word = word(index, seed: seed).word
    var circuit = preparation
    circuit.append(Barrier())
    circuit.appendBases((0..<width).map { word[$0] ?? .z })
    return circuit.measuredInto()
  }

  public func report(_ data: BenchmarkData, seed: UInt64) throws(BenchmarkError) -> BenchmarkReport {
    var (values, errors, shotVariance): ([Double], [Double], Double) = ([], [], 0)
    for (index, name) in circuitNames.enumerated() {
      let (word, ideal) = word(index, seed: seed)
      let mean = data[name].meanParity(Int(word.xMask | word.zMask))
      values.append(mean.value / ideal)
      errors.append(((1 - mean.value * mean.value) / Double(data.shots)).squareRoot() / abs(ideal))
      shotVariance += mean.variance / (ideal * ideal * Double(words * words))
    }
    // Words may all agree by chance where there are few errors; shots then say how surely.
    let error = values.allSatisfy { $0 == values[0] } ? shotVariance.squareRoot() : values.standardError
    return BenchmarkReport(
      name: name,
      estimates: [
        BenchmarkEstimate(
          "fidelity", values.mean, standardError: error, freedom: words - 1,
          reason: "\(words) Pauli words, \(data.shots) shots each")
      ],
      curves: [
        BenchmarkCurve(
          name: "expectation over ideal one", xLabel: "word", x: values.indices.map(Double.init), y: values,
          errors: errors)
      ])
  }
}

extension DirectFidelity {
  private enum CodingKeys: CodingKey { case preparation, words, shots }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      of: container.decodeCircuit(forKey: .preparation), words: container.decode(Int.self, forKey: .words),
      shots: container.decode(Int.self, forKey: .shots))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(preparation, forKey: .preparation)
    try container.encode(words, forKey: .words)
    try container.encode(shots, forKey: .shots)
  }
}
