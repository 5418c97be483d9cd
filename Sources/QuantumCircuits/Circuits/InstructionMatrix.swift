import LinearAlgebra

extension Instruction {
  /// The matrix of a gate on all its qubits, in the order of `qubits` with the first as the least significant bit; the identity of
  /// what is no unitary gate.
  ///
  /// - Complexity: O(8^k) on k qubits.
  func matrix(parameters: [Double] = [], features: [Double] = []) -> ComplexMatrix {
    let (qubits, places) = (qubits, Array(controls.indices))
    var result = ComplexMatrix.identity(1 << qubits.count)
    // A control on |0> is one on |1> between two X.
    let flips = places.filter { !controls[$0].isOne }.reduce(0) { $0 | 1 << $1 }
    for factor in factors {
      let matrix = factor.matrix { $0.value(parameters: parameters, features: features) }
      let targets = factor.targets.map { target in qubits.firstIndex(of: target)! }
      result = matrix.extended(to: qubits.count, targets: targets, controls: places) * result
    }
    guard flips != 0 else { return result }
    let unflipped = result
    for row in 0..<result.rows { for column in 0..<result.columns { result[row, column] = unflipped[row ^ flips, column ^ flips] } }
    return result
  }
}
