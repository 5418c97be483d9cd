import Execution
import LinearAlgebra

/// A mixed state of n qubits: the 2^n x 2^n matrix rho, Hermitian, positive, of trace 1.
///
/// Kept as a vector of 2n qubits, so that the kernels of pure states act on it: entry (r, c) is amplitude r * 2^n + c, and
/// `U rho U^+` is U on qubit q + n (the row) and its conjugate on qubit q (the column). One owner; `copy()` is explicit.
///
/// ```swift
/// var rho = try DensityMatrix(qubits: 2)
/// rho.apply(ComplexMatrix([[0.6, -0.8], [0.8, 0.6]]), targets: [0])
/// rho.purity   // 1
/// ```
///
/// Complexity: an operation is two passes over 4^n entries; memory is 16 * 4^n bytes (8 * 4^n in single precision).
public struct DensityMatrix: ~Copyable, Sendable {
  public let qubitCount: Int
  /// rho row by row, as the amplitudes of 2n qubits; not normalized as a vector.
  package var vector: StateVector

  public var precision: Precision { vector.precision }

  /// |0...0><0...0|.
  ///
  /// - Throws: `StateError.tooLarge` before memory is taken, with the largest register that fits.
  public init(
    qubits qubitCount: Int, precision: Precision = .double, loop: ParallelLoop = ParallelLoop(), level: SIMDLevel = .current
  ) throws(StateError) {
    try self.init(zeroOf: qubitCount, precision: precision, loop: loop, level: level)
    vector.amplitudes[0] = 1
  }

  /// |psi><psi|.
  ///
  /// - Throws: `StateError.tooLarge`.
  public init(_ state: borrowing StateVector) throws(StateError) {
    try self.init(zeroOf: state.qubitCount, precision: state.precision, loop: state.loop, level: state.level)
    add(state, weight: 1)
  }

  /// The state I / 2^n of which nothing is known.
  ///
  /// - Throws: `StateError.tooLarge`.
  public static func maximallyMixed(
    qubits qubitCount: Int, precision: Precision = .double, loop: ParallelLoop = ParallelLoop(), level: SIMDLevel = .current
  ) throws(StateError) -> DensityMatrix {
    let result = try DensityMatrix(zeroOf: qubitCount, precision: precision, loop: loop, level: level)
    let dimension = 1 << qubitCount
    for index in 0..<dimension { result[index, index] = Complex(1 / Double(dimension)) }
    return result
  }

  /// The zero matrix, for a caller that fills it.
  init(zeroOf qubitCount: Int, precision: Precision, loop: ParallelLoop, level: SIMDLevel) throws(StateError) {
    precondition(qubitCount >= 0, "DensityMatrix: \(qubitCount) qubits, must not be negative")
    try Self.checkMemory(qubits: qubitCount, precision: precision)
    self.qubitCount = qubitCount
    vector = StateVector(uncheckedQubits: 2 * qubitCount, precision: precision, loop: loop, level: level)
  }

  /// The state with a matrix that is known to be one, in little-endian order.
  package init(
    unchecked matrix: ComplexMatrix, precision: Precision, loop: ParallelLoop, level: SIMDLevel
  ) throws(StateError) {
    try self.init(zeroOf: matrix.rows.trailingZeroBitCount, precision: precision, loop: loop, level: level)
    fill(with: matrix)
  }

  private init(copying other: borrowing DensityMatrix) {
    qubitCount = other.qubitCount
    vector = other.vector.copy()
  }

  /// A second state with the same entries, in memory of its own.
  public borrowing func copy() -> DensityMatrix { DensityMatrix(copying: self) }

  /// Throws unless 4^n entries fit into memory; speaks of qubits of the register, not of the vector.
  static func checkMemory(qubits qubitCount: Int, precision: Precision) throws(StateError) {
    do {
      try AmplitudeLayout.check(
        qubitCount: 2 * qubitCount, precision: precision, purpose: "A density matrix of \(qubitCount) qubits")
    } catch .tooLarge(let bytes, let purpose, let available, let largest) {
      throw .tooLarge(bytes: bytes, purpose: purpose, available: available, largestQubitCount: largest / 2)
    }
  }

  /// <row|rho|column>.
  public internal(set) subscript(row: Int, column: Int) -> Complex<Double> {
    get {
      precondition(
        0..<1 << qubitCount ~= row && 0..<1 << qubitCount ~= column,
        "DensityMatrix: no entry (\(row), \(column)) for \(qubitCount) qubits")
      return vector.amplitudes[row << qubitCount | column]
    }
    nonmutating set { vector.amplitudes[row << qubitCount | column] = newValue }
  }

  /// All entries, rows and columns in a labelled order.
  public func matrix(_ order: BitOrder) -> ComplexMatrix {
    let dimension = 1 << qubitCount
    let indices = (0..<dimension).map { order.littleEndianIndex($0, qubits: qubitCount) }
    var result = ComplexMatrix(rows: dimension, columns: dimension)
    for row in 0..<dimension {
      for column in 0..<dimension { result[row, column] = self[indices[row], indices[column]] }
    }
    return result
  }

  /// Tr rho, 1 up to rounding.
  public var trace: Double { (0..<1 << qubitCount).reduce(0) { $0 + self[$1, $1].real } }

  /// Tr rho^2, from 2^-n (maximally mixed) to 1 (pure).
  public var purity: Double { vector.squaredNorm }
}
