import Randomness

extension StateVector {
  /// Outcomes of measuring all or some qubits of `shots` copies of the state; the state stays as it is.
  ///
  /// - Parameters:
  ///   - qubits: bit j of an outcome belongs to `qubits[j]`; nil means all qubits, an outcome then is a basis index.
  /// - Returns: `shots` independent outcomes.
  /// - Complexity: O(2^n + shots).
  public func sample(shots: Int, of qubits: [Int]? = nil, using source: inout RandomSource) -> [Int] {
    let selection = qubits.map { QubitSelection($0, of: qubitCount, "sample") }
    let probabilities = ProbabilitySource(base: amplitudes.base, kernels: kernels, precision: precision)
    let outcomes = OutcomeSampler.sample(
      shots: shots, outcomeCount: 1 << qubitCount, pieceSums: pieceSums(), using: &source, loop: loop
    ) { outcomes, destination in probabilities.fill(outcomes, into: destination) }
    return selection.map { outcomes.map($0.gather) } ?? outcomes
  }
}

extension QuantumState where Self: ~Copyable {
  /// How often each outcome occurs in `shots` measurements of all (nil) or some qubits; the state stays as it is.
  public func counts(shots: Int, of qubits: [Int]? = nil, using source: inout RandomSource) -> OutcomeCounts {
    OutcomeCounts(sample(shots: shots, of: qubits, using: &source), width: qubits?.count ?? qubitCount)
  }
}
