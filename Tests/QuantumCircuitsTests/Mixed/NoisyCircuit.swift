import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport

extension RandomCircuit {
  /// The circuit with a random channel after most instructions, its strengths numbers, parameters or features.
  ///
  /// - Parameter strong: with resets and full dampings, which have no inverse.
  func addingNoise(strong: Bool = false, _ source: inout RandomSource) -> RandomCircuit {
    var noisy = Circuit(qubits: circuit.qubitCount)
    let symbols =
      (0..<circuit.parameterCount).map { Angle.parameter($0) } + (0..<circuit.featureCount).map { Angle.feature($0) }
    /// Between 0.01 and 0.11.
    func strength() -> Angle {
      source.bool(probability: 0.5)
        ? Angle(source.uniform(in: 0.01...0.11)) : 0.06 + 0.05 * .sin(symbols[source.integer(below: symbols.count)])
    }
    for (place, instruction) in circuit.instructions.enumerated() {
      noisy.append(instruction)
      if instruction.qubits.isEmpty { continue }
      if case .preparation = instruction.kind { continue }
      let qubit = instruction.qubits[source.integer(below: instruction.qubits.count)]
      let other = (qubit + 1) % circuit.qubitCount
      switch source.integer(below: 10) {
      case 0: noisy.append(BitFlip(strength(), qubit))
      case 1: noisy.append(Depolarizing(errorProbability: strength(), qubit))
      case 2: noisy.append(AmplitudeDamping(strength(), qubit))
      case 3: noisy.append(GeneralizedAmplitudeDamping(strength(), excitedPopulation: strength(), qubit))
      case 4: noisy.append(PhaseAmplitudeDamping(gamma: strength(), lambda: strength(), qubit))
      case 5: noisy.append(ThermalRelaxation(t1: 40 + strength(), t2: 30 + 10 * strength(), time: 50 * strength(), qubit))
      case 6: noisy.append(PauliChannel(px: strength(), py: strength(), pz: strength(), qubit))
      case 7 where other != qubit: noisy.append(Depolarizing(mixing: strength(), qubit, other))
      case 8 where other != qubit:
        let words = [PauliWord([X(0), Y(1)]), PauliWord([Z(1)])]
        noisy.append(Instruction.channel(.pauliLindblad(words.map { ($0, strength()) }, qubitCount: 2), on: other, qubit))
      case 9 where strong && place % 3 == 0: noisy.append(place % 2 == 0 ? Reset(qubit) : AmplitudeDamping(1, qubit))
      default: noisy.append(OverRotation(.y, by: strength(), qubit))
      }
    }
    return RandomCircuit(
      circuit: noisy, observables: observables, parameters: parameters, features: features, cotangents: cotangents)
  }
}

extension ReferenceDensity {
  /// The state after the circuit: matrices and Kraus operators by Kronecker products, one instruction after another.
  init(after circuit: Circuit, parameters: [Double] = [], features: [Double] = []) throws {
    let prepared = circuit.instructions.filter { if case .preparation = $0.kind { true } else { false } }
    var start = Circuit(qubits: circuit.qubitCount)
    for instruction in prepared { start.append(instruction) }
    var state = ReferenceState(after: start, parameters: parameters, features: features).density
    for instruction in circuit.instructions {
      switch instruction.kind {
      case .preparation: continue
      case .channel(let channel):
        state = state.applying(kraus: try channel.kraus(parameters: parameters, features: features), targets: instruction.targets)
      case .reset:
        let lowering: [ComplexMatrix] = [[[1, 0], [0, 0]], [[0, 1], [0, 0]]]
        for target in instruction.targets { state = state.applying(kraus: lowering, targets: [target]) }
      default:
        guard let action = instruction.referenceAction(parameters, features) else { continue }
        state = state.applying(action.matrix, targets: action.targets, controls: action.controls)
      }
    }
    self = state
  }

  /// Σ K ρ K†.
  func applying(kraus: [ComplexMatrix], targets: [Int]) -> ReferenceDensity {
    let parts = kraus.map { applying($0, targets: targets).matrix }
    return ReferenceDensity(matrix: parts.dropFirst().reduce(parts[0], +))
  }

  /// Tr(O rho).
  func expectation(of observable: PauliSum) -> Double {
    observable.terms.reduce(0) { sum, term in
      let letters = Dictionary(uniqueKeysWithValues: term.word.factors.map { ($0.qubit, Character($0.pauli.rawValue)) })
      return sum + term.coefficient * expectation(full: ReferenceOperators.pauliWord(letters, qubitCount: qubitCount)).real
    }
  }
}
