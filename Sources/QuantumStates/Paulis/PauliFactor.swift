import LinearAlgebra

/// One of the three Pauli matrices.
///
/// X = [[0, 1], [1, 0]], Y = [[0, -i], [i, 0]], Z = diag(1, -1).
public enum Pauli: String, CaseIterable, Sendable {
  case x = "X"
  case y = "Y"
  case z = "Z"

  /// The 2 x 2 matrix.
  public var matrix: ComplexMatrix {
    switch self {
    case .x: [[0, 1], [1, 0]]
    case .y: [[0, Complex(0, -1)], [Complex(0, 1), 0]]
    case .z: [[1, 0], [0, -1]]
    }
  }
}

/// A Pauli matrix on one qubit: a factor of an observable, which a circuit also accepts as a gate.
///
/// ```swift
/// let observable = 0.5 * X(0) * Z(2) - Y(1) + 1.2
/// ```
public struct PauliFactor: Sendable, Hashable {
  /// Which matrix.
  public let pauli: Pauli
  /// On which qubit.
  public let qubit: Int

  /// The Pauli matrix on a qubit in 0..<64.
  public init(_ pauli: Pauli, _ qubit: Int) {
    precondition(
      PauliWord.qubitRange.contains(qubit), "\(pauli.rawValue)(\(qubit)): a Pauli word acts on qubits \(PauliWord.qubitRange)")
    self.pauli = pauli
    self.qubit = qubit
  }
}

/// Pauli X on a qubit, as an observable or as a gate.
public func X(_ qubit: Int) -> PauliFactor { PauliFactor(.x, qubit) }
/// Pauli Y on a qubit, as an observable or as a gate.
public func Y(_ qubit: Int) -> PauliFactor { PauliFactor(.y, qubit) }
/// Pauli Z on a qubit, as an observable or as a gate.
public func Z(_ qubit: Int) -> PauliFactor { PauliFactor(.z, qubit) }

extension PauliFactor: CustomStringConvertible {
  /// For example `X(3)`.
  public var description: String { "\(pauli.rawValue)(\(qubit))" }
}
