import LinearAlgebra
import Randomness

extension DensityMatrix: QuantumState {
  public mutating func apply(_ matrix: ComplexMatrix, targets: [Int], controls: [Control] = []) {
    vector.apply(matrix, targets: rows(targets), controls: rows(controls))
    vector.apply(matrix.conjugate, targets: targets, controls: controls)
  }

  public mutating func apply(diagonal entries: [Complex<Double>], targets: [Int], controls: [Control] = []) {
    vector.apply(diagonal: entries, targets: rows(targets), controls: rows(controls))
    vector.apply(diagonal: entries.map(\.conjugate), targets: targets, controls: controls)
  }

  public mutating func apply(permutation: [Int], targets: [Int], controls: [Control] = []) {
    vector.apply(permutation: permutation, targets: rows(targets), controls: rows(controls))
    vector.apply(permutation: permutation, targets: targets, controls: controls)
  }

  public mutating func apply(rotation word: PauliWord, angle: Double, controls: [Control] = []) {
    precondition(word.qubitCount <= qubitCount, "apply: \(word) acts beyond the \(qubitCount) qubits of the state")
    let shift = UInt64(qubitCount)
    let row = PauliWord(xMask: word.xMask << shift, zMask: word.zMask << shift)
    vector.apply(rotation: row, angle: angle, controls: rows(controls))
    // The conjugate of exp(-i angle/2 P) is exp(+i angle/2 P*), and P* = -P for an odd number of Y.
    vector.apply(rotation: word, angle: word.yCount % 2 == 0 ? -angle : angle, controls: controls)
  }

  /// Tr(P rho) of a Pauli word P.
  ///
  /// - Complexity: O(2^n), of the 4^n entries only those that P couples.
  public func expectation(of word: PauliWord) -> Double {
    precondition(word.qubitCount <= qubitCount, "expectation: \(word) acts beyond the \(qubitCount) qubits of the state")
    // P|c> = i^yCount (-1)^parity(z & c) |c xor x>, so Tr(P rho) = sum over c of that factor times <c|rho|c xor x>.
    let (x, z) = (Int(word.xMask), Int(word.zMask))
    var sum = Complex<Double>.zero
    for column in 0..<1 << qubitCount {
      let entry = self[column, column ^ x]
      sum += (z & column).nonzeroBitCount % 2 == 0 ? entry : -entry
    }
    return [sum.real, -sum.imaginary, -sum.real, sum.imaginary][word.yCount % 4]
  }

  public func probabilities() -> [Double] { (0..<1 << qubitCount).map { self[$0, $0].real } }

  public func probabilities(of qubits: [Int]) -> [Double] {
    let selection = QubitSelection(qubits, of: qubitCount, "probabilities")
    var result = Array(repeating: 0.0, count: selection.outcomeCount)
    for index in 0..<1 << qubitCount { result[selection.gather(index)] += self[index, index].real }
    return result
  }

  public func sample(shots: Int, of qubits: [Int]? = nil, using source: inout RandomSource) -> [Int] {
    // A diagonal entry that rounding pushed below zero has probability zero.
    let probabilities = (qubits.map { self.probabilities(of: $0) } ?? self.probabilities()).map { max(0, $0) }
    return OutcomeSampler.sample(shots: shots, probabilities: probabilities, using: &source)
  }

  @discardableResult
  public mutating func measure(_ qubits: [Int], using source: inout RandomSource) -> BitString {
    let outcome = BitString(sample(shots: 1, of: qubits, using: &source)[0], width: qubits.count)
    collapse(qubits, onto: outcome)
    return outcome
  }

  /// Projects onto an outcome of some qubits and normalises.
  ///
  /// - Returns: the probability that the outcome had.
  /// - Throws: `StateError.impossibleOutcome` when it was 0; the state then stands as before.
  @discardableResult
  public mutating func project(_ qubits: [Int], onto outcome: BitString) throws(StateError) -> Double {
    QubitSelection(qubits, of: qubitCount, "project").requireOutcome(outcome, "project")
    let probability = probabilities(of: qubits)[outcome.value]
    guard probability > 0 else { throw .impossibleOutcome(outcome, qubits: qubits) }
    collapse(qubits, onto: outcome)
    return probability
  }

  /// Pi rho Pi / Tr(Pi rho): rows and columns that differ from the outcome vanish.
  private mutating func collapse(_ qubits: [Int], onto outcome: BitString) {
    let selection = QubitSelection(qubits, of: qubitCount, "collapse")
    let value = selection.scatter(outcome.value)
    vector.amplitudes.clear(
      exceptWhere: selection.mask << qubitCount | selection.mask, is: value << qubitCount | value, loop: vector.loop)
    vector.scale(by: Complex(1 / trace))
  }

  private func rows(_ targets: [Int]) -> [Int] { targets.map { $0 + qubitCount } }

  private func rows(_ controls: [Control]) -> [Control] {
    controls.map { Control($0.qubit + qubitCount, isOne: $0.isOne) }
  }
}
