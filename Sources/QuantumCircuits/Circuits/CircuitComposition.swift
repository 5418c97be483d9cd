import QuantumStates

extension Circuit {
  /// The circuit that undoes this one: inverses in reverse order.
  public var inverse: Circuit { transformed { $0.reversed().map(\.inverse) } }

  /// This circuit, then another on the same or fewer qubits.
  public static func + (left: Circuit, right: Circuit) -> Circuit {
    var result = left
    result.append(right)
    return result
  }

  /// The circuit repeated a number of times, with the same parameters each time.
  public func repeated(_ times: Int) -> Circuit {
    precondition(times >= 0, "Circuit.repeated(\(times)): a count is at least 0")
    return transformed { instructions in (0..<times).flatMap { _ in instructions } }
  }

  /// The power of the circuit as an operator; negative powers repeat the inverse.
  public func power(_ exponent: Int) -> Circuit { exponent < 0 ? inverse.repeated(-exponent) : repeated(exponent) }

  /// The circuit where all the given qubits are 1; controls beyond the last qubit widen the circuit.
  public func controlled(by qubits: Int...) -> Circuit { controlled(by: qubits.map { Control($0) }) }

  /// The circuit where the given qubits have the given values: `.controlled(by: [3: 0])`.
  public func controlled(by values: KeyValuePairs<Int, Int>) -> Circuit {
    controlled(
      by: values.map { qubit, value in
        precondition(value == 0 || value == 1, "controlled(by: [\(qubit): \(value)]): a control is on 0 or on 1")
        return Control(qubit, isOne: value == 1)
      })
  }

  /// The circuit under more controls.
  public func controlled(by controls: [Control]) -> Circuit {
    let width = max(qubitCount, (controls.map(\.qubit).max() ?? 0) + 1)
    return transformed(qubits: width) { $0.map { $0.controlled(by: controls) } }
  }

  /// The circuit with qubit q moved to `qubits[q]`, in a circuit just wide enough or of the given number of qubits.
  public func mapped(to qubits: [Int], qubitCount width: Int? = nil) -> Circuit {
    precondition(
      qubits.count == qubitCount && Set(qubits).count == qubitCount,
      "Circuit.mapped(to: \(qubits)): name a different place for each of the \(qubitCount) qubits")
    return transformed(qubits: width ?? qubits.max()! + 1) { $0.map { $0.mapped(to: qubits) } }
  }

  /// The circuit with numbers in place of its parameters, its features or both; nil leaves them as they are.
  public func bound(parameters: [Double]? = nil, features: [Double]? = nil) -> Circuit {
    if let parameters {
      precondition(
        parameters.count == parameterCount, "Circuit.bound: got \(parameters.count) parameters, the circuit has \(parameterCount)")
    }
    if let features {
      precondition(features.count == featureCount, "Circuit.bound: got \(features.count) features, the circuit has \(featureCount)")
    }
    return substituting { symbol in
      switch symbol {
      case .parameter(let index): parameters.map { Angle($0[index]) } ?? .parameter(index)
      case .feature(let index): features.map { Angle($0[index]) } ?? .feature(index)
      }
    }
  }

  /// The circuit with every parameter and feature replaced by an angle.
  public func substituting(_ replacement: (Angle.Symbol) -> Angle) -> Circuit {
    if parameterCount == 0, featureCount == 0 { return self }
    return transformed { $0.map { $0.substituting(replacement) } }
  }

  /// The circuit with parameter i as feature `featureCount + i`: so each sample has parameters, and gradients by them, of its own.
  package var liftingParameters: Circuit {
    substituting { symbol in
      if case .parameter(let index) = symbol { .feature(featureCount + index) } else { .symbol(symbol) }
    }
  }

  /// The circuit of the changed instructions. They are checked again: a control may meet a target, a value may not be finite.
  ///
  /// Each keeps its place in the program; those that were read from a file have none.
  func transformed(qubits width: Int? = nil, _ transform: ([Instruction]) -> [Instruction]) -> Circuit {
    do {
      return try Circuit(qubits: width ?? qubitCount, registers: registers, instructions: transform(instructions))
    } catch {
      fatalError(error.description)
    }
  }
}
