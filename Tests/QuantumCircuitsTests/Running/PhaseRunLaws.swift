import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

/// Stretches of phases and of permutations between them run as one pass over the table of their words: the same values and
/// gradients as the reference's and the shift rule's.
struct PhaseRunLaws {
  typealias Setting = EngineLaws.Setting

  /// Layers of rotations, and between them phases of every kind under permutations that may or may not come to nothing.
  static func circuit(qubits: Int, layers: Int, _ source: inout RandomSource) -> Circuit {
    var circuit = Circuit(qubits: qubits)
    func angle(_ source: inout RandomSource) -> Angle {
      switch source.integer(below: 5) {
      case 0: .feature(source.integer(below: 3))
      case 1: 2 * (.pi - .feature(0)) * (.pi - .feature(1))
      case 2: .feature(2) * .parameter(0) + 0.4
      case 3: .parameter(source.integer(below: 3)) - 0.3
      default: Angle(source.normal())
      }
    }
    func append(_ instruction: Instruction, _ source: inout RandomSource) {
      let free = (0..<qubits).filter { !instruction.qubits.contains($0) }
      guard !free.isEmpty, source.integer(below: 4) == 0 else { return circuit.append(instruction) }
      circuit.append(
        instruction.controlled(by: [Control(free[source.integer(below: free.count)], isOne: source.bool(probability: 0.5))]))
    }
    for _ in 0..<layers {
      for qubit in 0..<qubits {
        switch source.integer(below: 3) {
        case 0: circuit.append(H(qubit))
        case 1: circuit.append(RX(angle(&source), qubit))
        default: circuit.append(Rot(angle(&source), angle(&source), angle(&source), qubit))
        }
      }
      for _ in 0..<4 * qubits {
        let place = source.permutation(of: qubits)
        switch source.integer(below: qubits > 1 ? 12 : 4) {
        case 0: append(P(angle(&source), place[0]), &source)
        case 1: append(RZ(angle(&source), place[0]), &source)
        case 2: append(source.bool(probability: 0.5) ? T(place[0]) : X(place[0]).instruction, &source)
        case 3: append(Instruction(.diagonal(RandomFixtures.phases(2, &source)), targets: [place[0]]), &source)
        case 4, 5:
          circuit.append(CX(place[0], place[1]))
          circuit.append(P(angle(&source), place[1]))
          if source.integer(below: 4) > 0 { circuit.append(CX(place[0], place[1])) }
        case 6: append(RZZ(angle(&source), place[0], place[1]), &source)
        case 7: circuit.append(CP(angle(&source), place[0], place[1]))
        case 8: append(Instruction(.diagonal(RandomFixtures.phases(4, &source)), targets: [place[0], place[1]]), &source)
        case 9: circuit.append(SWAP(place[0], place[1]))
        case 10:
          let word = PauliWord(place.prefix(1 + source.integer(below: qubits)).map { Z($0) })
          append(.pauliRotation(angle(&source), word), &source)
        // On one qubit alone: it may come before the phases of others.
        default: if source.bool(probability: 0.2) { circuit.append(RY(angle(&source), place[0])) }
        }
      }
    }
    for qubit in 0..<qubits { circuit.append(RX(.parameter(qubit % 3) + .feature(qubit % 3), qubit)) }
    for index in 0..<3 { circuit.append(RY(.parameter(index) - .feature(index), index % qubits)) }
    return circuit
  }

  @Test(arguments: [1, 2, 3, 4, 6, 9])
  func valuesAndGradientsAreTheReferences(_ qubits: Int) throws {
    var source = RandomSource(seed: 75, stream: UInt64(qubits))
    for layers in 1...3 {
      let circuit = Self.circuit(qubits: qubits, layers: layers, &source)
      let observables = (0..<2).map { RandomCircuit.observable(qubits: qubits, isDiagonal: $0 == 0, &source) }
      let parameters = (0..<3).map { _ in source.normal() }
      let features = RandomCircuit.matrix(19, 3, &source)
      let cotangents = RandomCircuit.matrix(19, 2, &source)
      func gradient(_ setting: Setting, _ method: GradientMethod = .adjoint) throws -> (RealMatrix, CircuitGradient) {
        try CircuitFunction.expectation(of: observables, after: circuit, precision: setting.precision, level: setting.level)
          .valueWithGradient(features: features, parameters: parameters, cotangents: cotangents, method: method)
      }
      let expected = qubits > 4 ? nil : try gradient(Setting(precision: .double, level: .current), .generalShift).1
      let slopes = (expected.map { $0.parameters + $0.features.elements } ?? [1]).map(\.magnitude).max()!
      for setting in Setting.all {
        let (values, found) = try gradient(setting)
        for row in [0, 7, 18] {
          let state = ReferenceState(after: circuit, parameters: parameters, features: features.row(row))
          let means = observables.map { state.expectation(of: $0) }
          #expect(maximumDifference(values.row(row), means) < 10 * setting.tolerance, "\(setting), sample \(row)")
        }
        guard let expected else { continue }
        let tolerance = (1 + slopes) * max(20 * setting.tolerance, 1e-10)
        #expect(maximumDifference(found.parameters, expected.parameters) < tolerance, "\(setting)")
        #expect(maximumDifference(found.features.elements, expected.features.elements) < tolerance, "\(setting)")
      }
    }
  }

  /// The map of the paper on kernels, whose layers are one run each: every amplitude, beyond the table too, on as many qubits as
  /// batches of states have.
  @Test(arguments: [2, 5, 8, 12], Precision.allCases)
  func featureMapsAreTheReferences(_ qubits: Int, _ precision: Precision) throws {
    var source = RandomSource(seed: 76, stream: UInt64(qubits))
    let features = RandomCircuit.matrix(qubits == 12 ? 3 : 21, qubits, &source)
    for circuit in [Circuit.zzFeatureMap(Features(qubits)), .secondOrderFeatureMap(Features(qubits), connectivity: .ring)] {
      let states = try circuit.states(features: features, precision: precision)
      for row in [0, features.rows - 1] {
        let expected = ReferenceState(after: circuit, parameters: [], features: features.row(row))
        #expect(maximumDifference(states.row(row), expected.amplitudes) < (precision == .float ? 2e-5 : 1e-12), "sample \(row)")
      }
    }
  }
}
