import LinearAlgebra
import QuantumCircuits
import TestSupport

/// The circuit's whole matrix by Kronecker products, from the matrices of whole instructions and not from their factors.
func fullUnitary(_ circuit: Circuit, parameters: [Double] = [], features: [Double] = []) -> ComplexMatrix {
  circuit.instructions.reduce(.identity(1 << circuit.qubitCount)) { product, instruction in
    guard let action = instruction.referenceAction(parameters, features) else { return product }
    return ReferenceOperators.embedded(
      action.matrix, targets: action.targets, controls: action.controls, qubitCount: circuit.qubitCount) * product
  }
}

extension ReferenceState {
  /// The state after the circuit, instruction by instruction.
  init(after circuit: Circuit, parameters: [Double] = [], features: [Double] = []) {
    self = circuit.instructions.reduce(ReferenceState(qubitCount: circuit.qubitCount)) { state, instruction in
      if case .preparation(let preparation) = instruction.kind {
        let value = { (angles: [Angle], place: Int) in
          place < angles.count ? angles[place].value(parameters: parameters, features: features) : 0
        }
        let values = (0..<1 << instruction.targets.count).map {
          Complex(value(preparation.real, $0), value(preparation.imaginary, $0))
        }
        let norm = values.reduce(0) { $0 + $1.lengthSquared }.squareRoot()
        // Targets are in |0...0>: only the first column of the preparing matrix matters.
        var matrix = ComplexMatrix(rows: values.count, columns: values.count)
        for (row, amplitude) in values.enumerated() { matrix[row, 0] = amplitude / Complex(norm) }
        return state.applying(matrix, targets: instruction.targets)
      }
      guard let action = instruction.referenceAction(parameters, features) else { return state }
      return state.applying(action.matrix, targets: action.targets, controls: action.controls)
    }
  }
}

extension Instruction {
  /// The matrix of the whole instruction with its targets and controls; nil for what has none.
  func referenceAction(
    _ parameters: [Double], _ features: [Double]
  ) -> (matrix: ComplexMatrix, targets: [Int], controls: [Int: Int])? {
    func value(_ angle: Angle) -> Double { angle.value(parameters: parameters, features: features) }
    var outer = controls[...]
    var places = targets
    let matrix: ComplexMatrix
    switch kind {
    case .gate(let gate, let angles):
      // The gate's own controls are part of its matrix.
      matrix = gate.matrix(angles: angles.map(value))
      places = Array(qubits.prefix(gate.row.controlCount)) + targets
      outer = outer.dropFirst(gate.row.controlCount)
    case .unitary(let given): matrix = given
    case .diagonal(let entries): matrix = .diagonal(entries)
    case .permutation(let images):
      matrix = ComplexMatrix(images.indices.map { row in images.indices.map { images[$0] == row ? 1 : 0 } })
    case .pauliRotation(let word, let angle):
      let half = value(angle) / 2
      let word = word.matrix(qubits: targets.count)
      matrix = Complex(.cos(half)) * .identity(word.rows) + Complex(0, -.sin(half)) * word
    case .preparation, .barrier, .snapshot: return nil
    case .channel, .measurement, .reset, .assignment, .conditional, .loop: preconditionFailure("\(self) has no matrix")
    }
    return (matrix, places, Dictionary(uniqueKeysWithValues: outer.map { ($0.qubit, $0.isOne ? 1 : 0) }))
  }
}
