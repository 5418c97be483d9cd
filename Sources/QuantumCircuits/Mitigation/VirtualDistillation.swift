import LinearAlgebra
import QuantumStates
import Randomness

// Virtual distillation: expectation values in ρ^M / Tr ρ^M, in which the errors of ρ are suppressed exponentially with the copies
// M.
//
// Source: Huggins et al., "Virtual distillation for quantum error mitigation", 2021; Koczor, "Exponential error suppression for
// near-term quantum devices", 2021.

extension DensityMatrix {
  /// `Tr(O ρ^M) / Tr(ρ^M)`: what M copies would give, exactly.
  ///
  /// - Parameters:
  ///   - copies: M, at least 1.
  /// - Complexity: O(M 8^n).
  public func distilledExpectation(of observable: some PauliExpression, copies: Int) -> Double {
    precondition(copies >= 1, "DensityMatrix.distilledExpectation: \(copies) copies, at least 1")
    let matrix = self.matrix(.littleEndian)
    var power = matrix
    for _ in 1..<copies { power = power * matrix }
    return (observable.pauliSum.matrix(qubits: qubitCount) * power).trace.real / power.trace.real
  }
}

extension Circuit {
  /// Virtual distillation with two copies from shots, as a device does it: `Tr(O ρ²) / Tr(ρ²)`.
  ///
  /// The circuit is run on two registers side by side. For each word of the observable a Clifford circuit on both turns the word
  /// into Z of one qubit, a gate on every pair of qubits then diagonalizes their exchange, and the outcomes of all pairs give
  /// numerator and denominator of the same shots. These gates have no noise here.
  ///
  /// - Parameters:
  ///   - observable: its constant costs no shots.
  ///   - shots: all words together, at least two each.
  ///   - source: gives one number for each word.
  /// - Returns: the ratio, with a standard error to first order; its bias falls as 1/shots.
  /// - Throws: `MitigationError.compilation` as `run(shots:)` does, `.purity` where the denominator is lost in its noise.
  /// - Complexity: runs of circuits on twice as many qubits.
  public func estimateDistilled(
    of observable: PauliSum, shots: Int, parameters: [Double] = [], features: [Double] = [], using source: inout RandomSource,
    settings: TrajectorySettings = TrajectorySettings()
  ) throws(MitigationError) -> Estimate {
    let words = observable.terms.filter { !$0.word.isIdentity }
    precondition(
      observable.qubitCount <= qubitCount && shots >= 2 * words.count,
      "Circuit.estimateDistilled: \(shots) shots for \(words.count) words on \(observable.qubitCount) of \(qubitCount) qubits")
    let base = removingFinalMeasurements
    let shares = ShotAllocation.shares(of: shots, weights: words.map(\.coefficient.magnitude), atLeast: 2)
    var (sum, variance) = (observable.constant, 0.0)
    for (term, share) in zip(words, shares) {
      let (pair, register, place) = base.copiesForExchange(term.word)
      let result: ShotResult
      do {
        result = try pair.run(
          shots: share, parameters: parameters, features: features, using: &source, settings: settings)
      } catch {
        throw .compilation(error)
      }
      let ratio = try Self.ratio(result.marginal(register), qubits: qubitCount, place: place)
      sum += term.coefficient * place.sign * ratio.value
      variance += term.coefficient * term.coefficient * ratio.standardError * ratio.standardError
    }
    return Estimate(sum, standardError: variance.squareRoot())
  }

  /// Two copies, in each of which the word has become ±Z of one qubit, with every pair's exchange diagonalized, measured.
  private func copiesForExchange(
    _ word: PauliWord
  ) -> (circuit: Circuit, register: String, place: (qubit: Int, sign: Double)) {
    let group = PauliSum(1, word).measurementGroups(.none, qubits: qubitCount)[0]
    var copy = Circuit(qubits: qubitCount, registers: registers)
    copy.append(instructions)
    copy.append(group.rotation)
    // CX gathers the parity of the word's qubits on the last of them.
    let support = (0..<qubitCount).filter { group.masks[0] >> UInt64($0) & 1 == 1 }
    for qubit in support.dropLast() { copy.append(CX(qubit, support[support.count - 1])) }
    let bits = bitCount
    var pair = Circuit(qubits: 2 * qubitCount, registers: registers)
    for register in registers { pair.addRegister(pair.freeName("\(register.name)_copy"), size: register.size) }
    pair.append(copy.instructions)
    pair.append(copy.instructions.map { $0.mapped(to: Array(qubitCount..<2 * qubitCount)).mappingBits { $0 + bits } })
    let half = Complex(0.5.squareRoot())
    // |01> and |10> become their sum and their difference; the first qubit is the lower bit.
    let exchange: ComplexMatrix = [[1, 0, 0, 0], [0, half, half, 0], [0, -half, half, 0], [0, 0, 0, 1]]
    for qubit in 0..<qubitCount { pair.append(Instruction.unitary(exchange, on: qubit, qubitCount + qubit)) }
    let register = pair.freeName("copies")
    return (pair.measured(into: register), register, (support[support.count - 1], group.signs[0]))
  }

  /// The ratio of the means of numerator and denominator over outcomes, its error by the delta method.
  private static func ratio(
    _ counts: OutcomeCounts, qubits: Int, place: (qubit: Int, sign: Double)
  ) throws(MitigationError) -> Estimate {
    var (a, b, aa, ab, bb) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for (outcome, occurrences) in counts.occurrences.sorted(by: { $0.key < $1.key }) {
      var (numerator, denominator) = (1.0, 1.0)
      for qubit in 0..<qubits {
        let (first, second) = (outcome >> qubit & 1, outcome >> (qubits + qubit) & 1)
        // The difference of |01> and |10> went to the second qubit's 1: exchange gives -1 there.
        let exchange: Double = first == 0 && second == 1 ? -1 : 1
        denominator *= exchange
        // (Z ⊗ 1 + 1 ⊗ Z)/2 times the exchange: 1 on 00, -1 on 11, 0 between.
        numerator *= qubit == place.qubit ? (first == second ? (first == 0 ? 1 : -1) : 0) : exchange
      }
      let count = Double(occurrences)
      (a, b) = (a + count * numerator, b + count * denominator)
      (aa, ab, bb) = (
        aa + count * numerator * numerator, ab + count * numerator * denominator, bb + count * denominator * denominator
      )
    }
    let n = Double(counts.shots)
    (a, b, aa, ab, bb) = (a / n, b / n, aa / n, ab / n, bb / n)
    let purityError = (max(0, bb - b * b) / (n - 1)).squareRoot()
    guard b > 4 * purityError else { throw .purity(Estimate(b, standardError: purityError)) }
    let ratio = a / b
    let spread = (aa - a * a) - 2 * ratio * (ab - a * b) + ratio * ratio * (bb - b * b)
    return Estimate(ratio, standardError: (max(0, spread) / (n - 1)).squareRoot() / b)
  }
}
