import LinearAlgebra
import QuantumStates

extension Instruction {
  /// The instruction that undoes this one. State preparations and what is no unitary gate have none: the program stops.
  public var inverse: Instruction {
    var result = self
    switch kind {
    case .gate(let gate, let angles):
      let inverse = gate.inverse(angles: angles)
      result.kind = .gate(inverse.gate, angles: inverse.angles)
    case .unitary(let matrix): result.kind = .unitary(matrix.adjoint)
    case .diagonal(let entries): result.kind = .diagonal(entries.map(\.conjugate))
    case .permutation(let images):
      var preimages = images
      for (index, image) in images.enumerated() { preimages[image] = index }
      result.kind = .permutation(preimages)
    case .pauliRotation(let word, let angle): result.kind = .pauliRotation(word, -angle)
    case .preparation, .channel, .measurement, .reset, .assignment, .conditional, .loop:
      fatalError("\(self)\(source.map { " at \($0)" } ?? "") has no inverse: it is no unitary gate")
    case .barrier, .snapshot: break
    }
    return result
  }

  /// The instruction where all the given qubits are 1.
  public func controlled(by qubits: Int...) -> Instruction { controlled(by: qubits.map { Control($0) }) }

  /// The instruction where the given qubits have the given values: `.controlled(by: [0: 1, 3: 0])`.
  public func controlled(by values: KeyValuePairs<Int, Int>) -> Instruction {
    controlled(
      by: values.map { qubit, value in
        precondition(value == 0 || value == 1, "controlled(by: [\(qubit): \(value)]): a control is on 0 or on 1")
        return Control(qubit, isOne: value == 1)
      })
  }

  /// The instruction under more controls. A barrier stays as it is; in blocks each instruction takes the controls.
  public func controlled(by more: [Control]) -> Instruction {
    if !blocks.isEmpty { return mappingBlocks { $0.controlled(by: more) } }
    var result = self
    if actsOnState { result.controls += more }
    return result
  }

  /// The instruction with qubit q moved to `qubits[q]`.
  public func mapped(to qubits: [Int]) -> Instruction {
    if !blocks.isEmpty { return mappingBlocks { $0.mapped(to: qubits) } }
    var result = self
    result.targets = targets.map { qubits[$0] }
    result.controls = controls.map { Control(qubits[$0.qubit], isOne: $0.isOne) }
    return result
  }

  /// The instruction with every symbol of its angles replaced.
  public func substituting(_ replacement: (Angle.Symbol) -> Angle) -> Instruction {
    var result = self
    switch kind {
    case .gate(let gate, let angles): result.kind = .gate(gate, angles: angles.map { $0.substituting(replacement) })
    case .pauliRotation(let word, let angle): result.kind = .pauliRotation(word, angle.substituting(replacement))
    case .preparation(let preparation):
      result.kind = .preparation(
        AmplitudePreparation(
          real: preparation.real.map { $0.substituting(replacement) },
          imaginary: preparation.imaginary.map { $0.substituting(replacement) }))
    case .channel(let channel): result.kind = .channel(channel.substituting(replacement))
    case .conditional, .loop: return mappingBlocks { $0.substituting(replacement) }
    case .unitary, .diagonal, .permutation, .barrier, .measurement, .reset, .assignment, .snapshot: break
    }
    return result
  }
}

extension PauliFactor {
  /// The Pauli gate where all the given qubits are 1.
  public func controlled(by qubits: Int...) -> Instruction { instruction.controlled(by: qubits.map { Control($0) }) }

  /// The Pauli gate where the given qubits have the given values: `X(2).controlled(by: [0: 1, 1: 0])`.
  public func controlled(by values: KeyValuePairs<Int, Int>) -> Instruction { instruction.controlled(by: values) }
}
