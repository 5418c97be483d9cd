import LinearAlgebra
import Randomness

/// A state of qubits that gates act on: the seam for new kinds of state.
///
/// It speaks matrices and qubits, never gate names. Conventions: qubit 0 is the least significant bit of a basis index;
/// the first target is the least significant bit of a matrix index.
public protocol QuantumState: ~Copyable {
  var qubitCount: Int { get }
  var precision: Precision { get }

  /// Applies a unitary 2^k x 2^k matrix to k targets where every control holds.
  mutating func apply(_ matrix: ComplexMatrix, targets: [Int], controls: [Control])
  /// Applies diag(entries), 2^k entries of modulus 1, to k targets.
  mutating func apply(diagonal entries: [Complex<Double>], targets: [Int], controls: [Control])
  /// Basis state k of the targets becomes basis state `permutation[k]`.
  mutating func apply(permutation: [Int], targets: [Int], controls: [Control])
  /// Applies `exp(-i angle/2 P)` for a Pauli word P.
  mutating func apply(rotation word: PauliWord, angle: Double, controls: [Control])

  /// <P> for a Pauli word P.
  func expectation(of word: PauliWord) -> Double
  /// The probability of every basis state, by basis index.
  func probabilities() -> [Double]
  /// The distribution of some qubits; bit j of an outcome belongs to `qubits[j]`.
  func probabilities(of qubits: [Int]) -> [Double]
  /// Outcomes of measuring all (nil) or some qubits of `shots` copies; the state stays as it is.
  func sample(shots: Int, of qubits: [Int]?, using source: inout RandomSource) -> [Int]
  /// Measures some qubits and leaves the normalized state that the outcome announces.
  mutating func measure(_ qubits: [Int], using source: inout RandomSource) -> BitString
}
