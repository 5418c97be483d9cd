import Execution
import LinearAlgebra

extension DensityMatrix {
  /// The state with the given matrix.
  ///
  /// - Parameters:
  ///   - matrix: 2^n x 2^n, Hermitian, without negative eigenvalues, of trace 1.
  ///   - order: which end of a row or column index qubit 0 is.
  ///   - tolerance: how far each property may be violated; the Hermitian part is taken and the trace is made exactly 1.
  /// - Throws: `StateError` with the property, the defect and the tolerance.
  public init(
    _ matrix: ComplexMatrix, order: BitOrder, tolerance: Double = 1e-6, precision: Precision = .double,
    loop: ParallelLoop = ParallelLoop(), level: SIMDLevel = .current
  ) throws(StateError) {
    guard matrix.isSquare, matrix.rows.nonzeroBitCount == 1 else {
      throw .matrixShape(rows: matrix.rows, columns: matrix.columns)
    }
    if let bad = matrix.elements.firstIndex(where: { !$0.isFinite }) { throw .nonFinite(index: bad) }
    let asymmetry = (matrix - matrix.adjoint).maximumMagnitude
    guard asymmetry <= tolerance else {
      throw .invalidMatrix(property: "Hermitian", defect: asymmetry, tolerance: tolerance)
    }
    let hermitian = hermitianPart(of: matrix)
    let trace = hermitian.trace.real
    guard abs(trace - 1) <= tolerance else { throw .notNormalized(found: trace, tolerance: tolerance) }
    let least = try eigenvalues(of: hermitian)[0]
    guard least >= -tolerance else {
      throw .invalidMatrix(property: "positive semidefinite", defect: -least, tolerance: tolerance)
    }
    let qubits = matrix.rows.trailingZeroBitCount
    try self.init(zeroOf: qubits, precision: precision, loop: loop, level: level)
    let indices = (0..<matrix.rows).map { order.littleEndianIndex($0, qubits: qubits) }
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns {
        self[indices[row], indices[column]] = hermitian[row, column] / Complex(trace)
      }
    }
  }

  /// sum_k p_k |psi_k><psi_k|.
  ///
  /// - Parameters:
  ///   - ensemble: probabilities that add up to 1 and amplitudes of one length; each state is normalized within `tolerance`.
  ///   - order: which end of a basis index qubit 0 is.
  /// - Throws: `StateError`.
  public init(
    ensemble: [(probability: Double, amplitudes: [Complex<Double>])], order: BitOrder, tolerance: Double = 1e-6,
    precision: Precision = .double, loop: ParallelLoop = ParallelLoop(), level: SIMDLevel = .current
  ) throws(StateError) {
    if let index = ensemble.firstIndex(where: { !($0.probability >= 0 && $0.probability.isFinite) }) {
      throw .probability(ensemble[index].probability, index: index)
    }
    let total = ensemble.reduce(0) { $0 + $1.probability }
    guard abs(total - 1) <= tolerance, let length = ensemble.first?.amplitudes.count else {
      throw .probabilitySum(total, tolerance: tolerance)
    }
    guard length.nonzeroBitCount == 1 else { throw .amplitudeCount(length) }
    let mixture = try DensityMatrix(zeroOf: length.trailingZeroBitCount, precision: precision, loop: loop, level: level)
    for (index, part) in ensemble.enumerated() {
      guard part.amplitudes.count == length else {
        throw .mixedLengths(found: part.amplitudes.count, index: index, expected: length)
      }
      let state = try StateVector(
        part.amplitudes, order: order, tolerance: tolerance, precision: precision, loop: loop, level: level)
      mixture.add(state, weight: part.probability / total)
    }
    self = mixture
  }

  /// `rho <- (1 - probability) rho + probability other`.
  public mutating func mix(with other: borrowing DensityMatrix, probability: Double) {
    requireMixable(other.qubitCount, probability)
    vector.scale(by: Complex(1 - probability))
    for index in 0..<1 << (2 * qubitCount) {
      vector.amplitudes[index] += Complex(probability) * other.vector.amplitudes[index]
    }
  }

  /// `rho <- (1 - probability) rho + probability |psi><psi|`.
  public mutating func mix(with state: borrowing StateVector, probability: Double) {
    requireMixable(state.qubitCount, probability)
    vector.scale(by: Complex(1 - probability))
    add(state, weight: probability)
  }

  /// `rho <- rho + weight |psi><psi|`.
  func add(_ state: borrowing StateVector, weight: Double) {
    let amplitudes = state.amplitudes(.littleEndian)
    for row in amplitudes.indices {
      let factor = Complex(weight) * amplitudes[row]
      for column in amplitudes.indices { self[row, column] += factor * amplitudes[column].conjugate }
    }
  }

  private func requireMixable(_ otherQubits: Int, _ probability: Double) {
    precondition(
      otherQubits == qubitCount && 0...1 ~= probability,
      "mix: \(otherQubits) qubits into \(qubitCount) with probability \(probability), which must be in 0...1")
  }
}
