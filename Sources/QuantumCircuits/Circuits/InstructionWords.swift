import LinearAlgebra
import QuantumStates

// Instructions beside the gate table: the words that take matrices, permutations, Pauli words.

extension Instruction {
  /// A gate of the table; its qubits are listed controls first.
  public static func gate(_ gate: Gate, _ angles: Angle..., on qubits: Int...) -> Instruction {
    .gate(gate, angles: angles, qubits: qubits)
  }

  /// A gate of the table; its qubits are listed controls first.
  public static func gate(_ gate: Gate, angles: [Angle], qubits: [Int]) -> Instruction {
    let controlCount = gate.row.controlCount
    return Instruction(
      .gate(gate, angles: angles), targets: Array(qubits.dropFirst(controlCount)),
      controls: qubits.prefix(controlCount).map { Control($0) })
  }

  /// A unitary matrix on any qubits, the first as the least significant bit.
  public static func unitary(_ matrix: ComplexMatrix, on qubits: Int...) -> Instruction { .unitary(matrix, qubits: qubits) }

  /// A unitary matrix on any qubits, the first as the least significant bit.
  public static func unitary(_ matrix: ComplexMatrix, qubits: [Int]) -> Instruction {
    Instruction(.unitary(matrix), targets: qubits)
  }

  /// A diagonal unitary matrix, given by its 2^k entries of magnitude 1.
  public static func diagonal(_ entries: [Complex<Double>], on qubits: Int...) -> Instruction {
    Instruction(.diagonal(entries), targets: qubits)
  }

  /// The reversible function that takes basis state k of the qubits to `images[k]`.
  public static func permutation(_ images: [Int], on qubits: Int...) -> Instruction {
    Instruction(.permutation(images), targets: qubits)
  }

  /// The given real values, normalised, as amplitudes of qubits that are in |0...0>.
  public static func amplitudeEncoding(_ values: some Sequence<Angle>, qubits: [Int]) -> Instruction {
    Instruction(.preparation(AmplitudePreparation(real: Array(values))), targets: qubits)
  }

  /// `exp(-i angle/2 P)` for a product P of Pauli matrices on qubits of the circuit, any number of them.
  ///
  /// ```swift
  /// PauliRotation(weights[0], X(0), Y(1), Z(3))
  /// ```
  public static func pauliRotation(_ angle: Angle, _ word: PauliWord) -> Instruction {
    let qubits = word.qubits
    let local = PauliWord(qubits.indices.map { PauliFactor(word[qubits[$0]]!, $0) })
    return Instruction(.pauliRotation(local, angle), targets: qubits)
  }
}

/// `exp(-i angle/2 P)` for the product P of the given Pauli matrices.
public func PauliRotation(_ angle: Angle, _ factors: PauliFactor...) -> Instruction { .pauliRotation(angle, PauliWord(factors)) }

/// `exp(-i angle/2 Z...Z)` on the given qubits.
public func MultiRZ(_ angle: Angle, _ qubits: Int...) -> Instruction { .pauliRotation(angle, PauliWord(qubits.map { Z($0) })) }

/// A barrier on the given qubits; without qubits a barrier on all.
public func Barrier(_ qubits: Int...) -> Instruction { Instruction(.barrier, targets: qubits) }

/// Sets qubits in |0...0> to the state whose amplitudes are proportional to the given real values, zeros after the last.
///
/// ```swift
/// AmplitudeEncoding(features, on: 0, 1)   // four features, normalised for each sample
/// ```
public func AmplitudeEncoding(_ values: some Sequence<Angle>, on qubits: Int...) -> Instruction {
  .amplitudeEncoding(values, qubits: qubits)
}

/// Sets qubits in |0...0> to the state with the given amplitudes, which are normalised.
public func StatePreparation(_ amplitudes: [Complex<Double>], on qubits: Int...) -> Instruction {
  Instruction(
    .preparation(AmplitudePreparation(real: amplitudes.map { Angle($0.real) }, imaginary: amplitudes.map { Angle($0.imaginary) })),
    targets: qubits)
}
