import LinearAlgebra
import QuantumCircuits
import TestSupport

/// The circuit's whole matrix by Kronecker products, from the matrices of whole instructions and not from their factors.
func fullUnitary(_ circuit: Circuit, parameters: [Double] = [], features: [Double] = []) -> ComplexMatrix {
  circuit.instructions.reduce(.identity(1 << circuit.qubitCount)) { product, instruction in
    func value(_ angle: Angle) -> Double { angle.value(parameters: parameters, features: features) }
    var controls = instruction.controls[...]
    var targets = instruction.targets
    let matrix: ComplexMatrix
    switch instruction.kind {
    case .gate(let gate, let angles):
      // The gate's own controls are part of its matrix.
      matrix = gate.matrix(angles: angles.map(value))
      targets = Array(instruction.qubits.prefix(gate.row.controlCount)) + targets
      controls = controls.dropFirst(gate.row.controlCount)
    case .unitary(let given): matrix = given
    case .diagonal(let entries): matrix = .diagonal(entries)
    case .permutation(let images):
      matrix = ComplexMatrix(
        images.indices.map { row in images.indices.map { images[$0] == row ? 1 : 0 } })
    case .pauliRotation(let word, let angle):
      let half = value(angle) / 2
      let word = word.matrix(qubits: targets.count)
      matrix = Complex(.cos(half)) * .identity(word.rows) + Complex(0, -.sin(half)) * word
    case .preparation, .barrier: return product
    }
    let values = Dictionary(uniqueKeysWithValues: controls.map { ($0.qubit, $0.isOne ? 1 : 0) })
    return ReferenceOperators.embedded(matrix, targets: targets, controls: values, qubitCount: circuit.qubitCount) * product
  }
}
