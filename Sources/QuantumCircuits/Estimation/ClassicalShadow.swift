import QuantumStates
import Randomness

/// Outcomes of a state in random Pauli bases, from which many observables are estimated afterwards.
///
/// ```swift
/// let shadow = try ClassicalShadow(of: circuit, shots: 5000, using: &source)
/// shadow.estimate(of: Z(0) * Z(1))
/// ```
/// Of each shot the estimate of a word is 3^weight times the product of its outcomes where the bases match, else 0; so the number
/// of shots that a word needs grows with 3^weight, whatever the number of qubits and of words.
///
/// Source: Huang, Kueng, Preskill, "Predicting many properties of a quantum system from very few measurements", 2020.
public struct ClassicalShadow: Sendable {
  /// The number of qubits.
  public let qubitCount: Int
  /// For each shot the word that was measured, one matrix on every qubit.
  public let bases: [PauliWord]
  /// For each shot the outcome of every qubit.
  public let outcomes: [Int]

  /// Measures a circuit in random bases.
  ///
  /// - Parameter source: draws the bases, and gives one number for each basis.
  /// - Throws: `CompilationError` as `Circuit.run(shots:)` does.
  /// - Complexity: one run of the circuit for each different basis.
  public init(
    of circuit: Circuit, shots: Int, parameters: [Double] = [], features: [Double] = [], using source: inout RandomSource,
    settings: TrajectorySettings = TrajectorySettings()
  ) throws(CompilationError) {
    precondition(circuit.qubitCount <= 62, "ClassicalShadow: \(circuit.qubitCount) qubits, at most 62")
    let count = circuit.qubitCount
    let drawn = (0..<shots).map { _ in
      PauliWord((0..<count).map { PauliFactor(Pauli.allCases[source.integer(below: 3)], $0) })
    }
    var outcomes = Array(repeating: 0, count: shots)
    let (base, register) = (circuit.removingFinalMeasurements, circuit.freeName("shadow"))
    for (basis, members) in Dictionary(grouping: drawn.indices, by: { drawn[$0] }).sorted(by: { $0.key < $1.key }) {
      var turned = base
      for factor in basis.factors {
        if factor.pauli == .y { turned.append(Sdg(factor.qubit)) }
        if factor.pauli != .z { turned.append(H(factor.qubit)) }
      }
      let result = try turned.measured(into: register).run(
        shots: members.count, parameters: parameters, features: features, using: &source, settings: settings)
      for (shot, member) in members.enumerated() { outcomes[member] = result.memory(of: register, ofShot: shot).value }
    }
    (qubitCount, bases, self.outcomes) = (count, drawn, outcomes)
  }

  /// The estimate of an observable.
  ///
  /// - Parameters:
  ///   - observable: a sum of words of low weight.
  ///   - batches: means are taken of so many batches and the median of them, which bounds the chance of a large error; 1 is the
  ///     mean.
  /// - Returns: the median of means, with the standard error of the median of normal means, `sqrt(pi/2)` times that of the mean.
  public func estimate(of observable: some PauliExpression, batches: Int = 1) -> Estimate {
    let sum = observable.pauliSum
    precondition(
      batches >= 1 && 2 * batches <= bases.count && sum.qubitCount <= qubitCount,
      "ClassicalShadow: \(batches) batches of \(bases.count) shots for an observable of \(sum.qubitCount) qubits on \(qubitCount)")
    let values = bases.indices.map { value(of: sum, shot: $0) }
    let whole = Estimate(
      count: values.count, sum: values.reduce(0, +), squares: values.reduce(0) { $0 + $1 * $1 })
    guard batches > 1 else { return whole }
    let means = (0..<batches).map { batch in
      let range = batch * values.count / batches..<(batch + 1) * values.count / batches
      return values[range].reduce(0, +) / Double(range.count)
    }.sorted()
    let median = (means[(batches - 1) / 2] + means[batches / 2]) / 2
    return Estimate(median, standardError: whole.standardError * (Double.pi / 2).squareRoot())
  }

  private func value(of sum: PauliSum, shot: Int) -> Double {
    let basis = bases[shot]
    return sum.terms.reduce(0) { total, term in
      let support = term.word.xMask | term.word.zMask
      guard (basis.xMask ^ term.word.xMask) & support == 0, (basis.zMask ^ term.word.zMask) & support == 0 else { return total }
      let isEven = (UInt64(outcomes[shot]) & support).nonzeroBitCount.isMultiple(of: 2)
      let scale = (0..<term.word.weight).reduce(1.0) { value, _ in 3 * value }
      return total + term.coefficient * scale * (isEven ? 1 : -1)
    }
  }
}
