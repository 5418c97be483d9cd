import LinearAlgebra
import RealModule

// Entropies are in nats unless the name says bits.

extension DensityMatrix {
  /// The von Neumann entropy `S = -Tr rho ln rho` in nats, from 0 (pure) to n ln 2 (maximally mixed).
  ///
  /// - Throws: `StateError.nonFinite`.
  /// - Complexity: O(8^n).
  public func vonNeumannEntropy() throws(StateError) -> Double { try entropy(of: matrix(.littleEndian)) }

  /// The von Neumann entropy in bits, from 0 to n.
  ///
  /// - Throws: `StateError.nonFinite`.
  public func vonNeumannEntropyInBits() throws(StateError) -> Double { try vonNeumannEntropy() / .log(2) }

  /// The Renyi-2 entropy `-ln Tr rho^2` in nats, from 0 (pure) to n ln 2 (maximally mixed).
  ///
  /// - Complexity: O(4^n), without eigenvalues.
  public func renyi2Entropy() -> Double { max(0, -.log(purity)) }

  /// The mutual information `S(A) + S(B) - S(AB)` of two groups of qubits, in nats.
  ///
  /// - Returns: 0 for a product state, at most 2 ln 2 for each qubit of the smaller group.
  /// - Throws: `StateError.nonFinite`.
  public func mutualInformation(between first: [Int], and second: [Int]) throws(StateError) -> Double {
    let parts = try entropy(of: reducedMatrix(of: first)) + entropy(of: reducedMatrix(of: second))
    return max(0, parts - (try entropy(of: reducedMatrix(of: first + second))))
  }

  /// The negativity `(||rho^T_A||_1 - 1) / 2`, the sum of the absolute negative eigenvalues of the partial transpose.
  ///
  /// - Parameter qubits: the group A; the answer is the same for its complement.
  /// - Returns: 0 for separable states, 1/2 for a Bell pair.
  /// - Throws: `StateError.nonFinite`.
  /// - Complexity: O(8^n).
  public func negativity(of qubits: [Int]) throws(StateError) -> Double {
    let mask = QubitSelection(qubits, of: qubitCount, "negativity").mask
    let dimension = 1 << qubitCount
    var transposed = ComplexMatrix(rows: dimension, columns: dimension)
    for row in 0..<dimension {
      for column in 0..<dimension {
        transposed[row & ~mask | column & mask, column & ~mask | row & mask] = self[row, column]
      }
    }
    return try eigenvalues(of: hermitianPart(of: transposed)).reduce(0) { $0 + max(0, -$1) }
  }
}

extension StateVector {
  /// The Schmidt coefficients of a cut, in descending order: `|psi> = sum_k s_k |a_k>|b_k>` with orthonormal sets.
  ///
  /// - Parameter qubits: one side of the cut; the other is the rest.
  /// - Returns: min(2^k, 2^(n-k)) numbers >= 0 whose squares add up to 1.
  /// - Throws: `StateError.tooLarge` if a second copy of the amplitudes does not fit into memory, `StateError.nonFinite`.
  /// - Complexity: O(2^n 2^min(k, n-k)).
  public func schmidtCoefficients(of qubits: [Int]) throws(StateError) -> [Double] {
    try AmplitudeLayout.check(
      qubitCount: qubitCount, precision: .double, copies: 2, purpose: "A Schmidt decomposition of \(qubitCount) qubits")
    var selection = QubitSelection(qubits, of: qubitCount, "schmidtCoefficients")
    if 2 * selection.count > qubitCount {
      selection = QubitSelection(selection.complement(in: qubitCount), of: qubitCount, "schmidtCoefficients")
    }
    return try singularValues(of: amplitudeMatrix(rows: selection))
  }

  /// The entanglement entropy of a cut: the von Neumann entropy of either side, in nats.
  ///
  /// - Returns: 0 for a product state, at most ln 2 for each qubit of the smaller side.
  /// - Throws: as `schmidtCoefficients`.
  public func entanglementEntropy(of qubits: [Int]) throws(StateError) -> Double {
    shannonEntropy(try schmidtCoefficients(of: qubits).map { $0 * $0 })
  }

  /// The entanglement entropy in bits.
  ///
  /// - Throws: as `schmidtCoefficients`.
  public func entanglementEntropyInBits(of qubits: [Int]) throws(StateError) -> Double {
    try entanglementEntropy(of: qubits) / .log(2)
  }

  /// The mutual information `S(A) + S(B) - S(AB)` of two groups of qubits, in nats.
  ///
  /// - Returns: 0 for a product state, at most 2 ln 2 for each qubit of the smaller group.
  /// - Throws: as `schmidtCoefficients`.
  public func mutualInformation(between first: [Int], and second: [Int]) throws(StateError) -> Double {
    let parts = try entanglementEntropy(of: first) + entanglementEntropy(of: second)
    return max(0, parts - (try entanglementEntropy(of: first + second)))
  }

  /// The negativity of a cut, `((sum_k s_k)^2 - 1) / 2` of its Schmidt coefficients.
  ///
  /// - Returns: 0 for a product state, 1/2 for a Bell pair.
  /// - Throws: as `schmidtCoefficients`.
  public func negativity(of qubits: [Int]) throws(StateError) -> Double {
    let sum = try schmidtCoefficients(of: qubits).reduce(0, +)
    return max(0, (sum * sum - 1) / 2)
  }
}

private func entropy(of matrix: ComplexMatrix) throws(StateError) -> Double {
  shannonEntropy(try eigenvalues(of: hermitianPart(of: matrix)))
}
