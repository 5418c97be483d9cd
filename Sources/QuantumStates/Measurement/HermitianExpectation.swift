import LinearAlgebra

extension StateVector {
  /// <psi|A|psi> of a Hermitian matrix on few qubits, Tr(A rho_A) with the reduced state of these qubits.
  ///
  /// - Parameters:
  ///   - observable: 2^k x 2^k; the first target is the least significant bit of its index.
  ///   - targets: k different qubits.
  /// - Throws: `StateError.invalidMatrix` unless it is Hermitian to 1e-10 of its largest entry.
  /// - Complexity: O(2^(n + k)).
  public func expectation(of observable: ComplexMatrix, targets: [Int]) throws(StateError) -> Double {
    try requireHermitian(observable, on: targets)
    return traceOfProduct(observable, reducedMatrix(of: targets))
  }
}

extension DensityMatrix {
  /// Tr(A rho) of a Hermitian matrix on few qubits.
  ///
  /// - Parameters:
  ///   - observable: 2^k x 2^k; the first target is the least significant bit of its index.
  ///   - targets: k different qubits.
  /// - Throws: `StateError.invalidMatrix` unless it is Hermitian to 1e-10 of its largest entry.
  /// - Complexity: O(2^(n + k)).
  public func expectation(of observable: ComplexMatrix, targets: [Int]) throws(StateError) -> Double {
    try requireHermitian(observable, on: targets)
    return traceOfProduct(observable, reducedMatrix(of: targets))
  }
}

private func requireHermitian(_ observable: ComplexMatrix, on targets: [Int]) throws(StateError) {
  precondition(
    observable.rows == 1 << targets.count && observable.isSquare,
    "expectation: a \(observable.rows) x \(observable.columns) matrix on \(targets.count) qubits")
  if let bad = observable.elements.firstIndex(where: { !$0.isFinite }) { throw .nonFinite(index: bad) }
  let defect = (observable - observable.adjoint).maximumMagnitude
  let tolerance = 1e-10 * observable.maximumMagnitude
  guard defect <= tolerance else { throw .invalidMatrix(property: "Hermitian", defect: defect, tolerance: tolerance) }
}

/// Re Tr(A B).
private func traceOfProduct(_ left: ComplexMatrix, _ right: ComplexMatrix) -> Double {
  var sum = 0.0
  for row in 0..<left.rows {
    for column in 0..<left.columns { sum += (left[row, column] * right[column, row]).real }
  }
  return sum
}
