import LinearAlgebra

/// A pure state as a plain array of 2^n amplitudes, qubit 0 the least significant bit of the index.
///
/// The slow, independent simulator that every law compares with: one loop over the basis states, no trick. Not for use outside
/// tests.
public struct ReferenceState: Sendable, Hashable {
  public let qubitCount: Int
  public var amplitudes: [Complex<Double>]

  /// The basis state |basis>.
  public init(qubitCount: Int, basis: Int = 0) {
    self.qubitCount = qubitCount
    amplitudes = Array(repeating: .zero, count: 1 << qubitCount)
    amplitudes[basis] = Complex(1)
  }

  /// A state with the given amplitudes, taken as they are.
  public init(amplitudes: [Complex<Double>]) {
    precondition(amplitudes.count.nonzeroBitCount == 1, "\(amplitudes.count) amplitudes: not a power of two")
    qubitCount = amplitudes.count.trailingZeroBitCount
    self.amplitudes = amplitudes
  }

  /// The state after `matrix` acts on `targets` (first target = least significant bit) where every control qubit has its value.
  public func applying(_ matrix: ComplexMatrix, targets: [Int], controls: [Int: Int] = [:]) -> ReferenceState {
    let order = 1 << targets.count
    precondition(matrix.rows == order && matrix.columns == order, "\(matrix.rows) x \(matrix.columns) for \(targets.count) targets")
    precondition(Set(targets + controls.keys).count == targets.count + controls.count, "repeated qubit in \(targets), \(controls)")
    var result = self
    for row in amplitudes.indices where ReferenceOperators.holds(controls, at: row) {
      let matrixRow = ReferenceOperators.bits(of: row, at: targets)
      var sum = Complex<Double>.zero
      for matrixColumn in 0..<order {
        var source = row
        for (position, target) in targets.enumerated() {
          source = (source & ~(1 << target)) | (((matrixColumn >> position) & 1) << target)
        }
        sum += matrix[matrixRow, matrixColumn] * amplitudes[source]
      }
      result.amplitudes[row] = sum
    }
    return result
  }

  /// The state after a full 2^n x 2^n matrix.
  public func applying(full matrix: ComplexMatrix) -> ReferenceState {
    applying(matrix, targets: Array(0..<qubitCount))
  }

  /// <self|other>.
  public func innerProduct(_ other: ReferenceState) -> Complex<Double> {
    zip(amplitudes, other.amplitudes).reduce(.zero) { $0 + $1.0.conjugate * $1.1 }
  }

  /// <psi|A|psi> of a full 2^n x 2^n matrix A.
  public func expectation(full matrix: ComplexMatrix) -> Complex<Double> {
    innerProduct(applying(full: matrix))
  }

  /// <psi|A|psi> of a matrix on few qubits.
  public func expectation(_ matrix: ComplexMatrix, targets: [Int]) -> Complex<Double> {
    innerProduct(applying(matrix, targets: targets))
  }

  /// <psi|P|psi> of a Pauli word by its full matrix.
  public func expectation(pauli letters: [Int: Character]) -> Double {
    expectation(full: ReferenceOperators.pauliWord(letters, qubitCount: qubitCount)).real
  }

  /// |amplitude|^2 by basis index.
  public var probabilities: [Double] { amplitudes.map(\.lengthSquared) }

  /// The distribution of the bits at `qubits`; bit j of the outcome is qubit `qubits[j]`.
  public func probabilities(of qubits: [Int]) -> [Double] {
    var result = Array(repeating: 0.0, count: 1 << qubits.count)
    for (index, amplitude) in amplitudes.enumerated() {
      result[ReferenceOperators.bits(of: index, at: qubits)] += amplitude.lengthSquared
    }
    return result
  }

  /// The normalised state after the bits at `qubits` were found to be `outcome` (bit j belongs to `qubits[j]`).
  public func collapsed(qubits: [Int], outcome: Int) -> ReferenceState {
    let probability = probabilities(of: qubits)[outcome]
    precondition(probability > 0, "outcome \(outcome) of \(qubits) has probability 0")
    var result = self
    for index in amplitudes.indices {
      let kept = ReferenceOperators.bits(of: index, at: qubits) == outcome
      result.amplitudes[index] = kept ? amplitudes[index] / Complex(probability.squareRoot()) : .zero
    }
    return result
  }

  /// |psi><psi|.
  public var density: ReferenceDensity {
    var matrix = ComplexMatrix(rows: amplitudes.count, columns: amplitudes.count)
    for row in amplitudes.indices {
      for column in amplitudes.indices { matrix[row, column] = amplitudes[row] * amplitudes[column].conjugate }
    }
    return ReferenceDensity(matrix: matrix)
  }
}
