import Execution
import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

/// A noisy circuit run by its Pauli components gives the numbers of Kraus operators and Kronecker products.
struct MixedLaws {
  /// 1 to 7 qubits: below 6 whole batches, from 6 on tiles of single states.
  @Test(arguments: 0..<28)
  func expectationsEqualTheKrausReference(_ index: Int) throws {
    var source = RandomSource(seed: 44, stream: UInt64(index))
    let qubits = 1 + index % 7
    let samples = qubits > 5 ? 2 : [1, 3, 8, 19][index / 7]
    let model = RandomCircuit(.init(qubits: qubits, length: 8, samples: samples), &source)
      .addingNoise(strong: index % 2 == 0, &source)
    let references = try (0..<samples).map {
      try ReferenceDensity(after: model.circuit, parameters: model.parameters, features: model.features.row($0))
    }
    let expected = references.flatMap { state in model.observables.map { state.expectation(of: $0) } }
    for setting in EngineLaws.Setting.all {
      let function = try CircuitFunction.expectation(
        of: model.observables, after: model.circuit, precision: setting.precision, level: setting.level)
      #expect(function.method == .densityMatrix)
      let values = try function.values(features: model.features, parameters: model.parameters)
      #expect(maximumDifference(values.elements, expected) < 10 * setting.tolerance, "\(setting)")
    }
  }

  @Test(arguments: [1, 3, 6])
  func probabilitiesAndFidelitiesEqualTheReference(_ qubits: Int) throws {
    var source = RandomSource(seed: 45, stream: UInt64(qubits))
    let model = RandomCircuit(.init(qubits: qubits, length: 6, samples: 2), &source).addingNoise(&source)
    let listed = RandomFixtures.distinct(max(1, qubits - 1), below: qubits, &source)
    let target = RandomFixtures.state(qubitCount: qubits, &source).amplitudes
    let probabilities = try CircuitFunction.probabilities(of: listed, after: model.circuit)
      .values(features: model.features, parameters: model.parameters)
    let fidelity = try CircuitFunction.fidelity(of: model.circuit, with: target)
      .values(features: model.features, parameters: model.parameters)
    for sample in 0..<2 {
      let state = try ReferenceDensity(
        after: model.circuit, parameters: model.parameters, features: model.features.row(sample))
      var expected = [Double](repeating: 0, count: 1 << listed.count)
      for (index, probability) in state.probabilities.enumerated() {
        expected[ReferenceOperators.bits(of: index, at: listed)] += probability
      }
      #expect(maximumDifference(probabilities.row(sample), expected) < 1e-12)
      let overlap = zip(target, state.matrix * target).reduce(Complex<Double>.zero) { $0 + $1.0.conjugate * $1.1 }.real
      #expect(abs(fidelity[sample, 0] - overlap) < 1e-12)
    }
  }

  @Test(arguments: [2, 6])
  func densityMatricesAndPuritiesEqualTheReference(_ qubits: Int) throws {
    var source = RandomSource(seed: 49, stream: UInt64(qubits))
    let model = RandomCircuit(.init(qubits: qubits, length: 6, samples: 2), &source).addingNoise(&source)
    let purities = try model.expectation().purities(features: model.features, parameters: model.parameters)
    for sample in 0..<2 {
      let features = model.features.row(sample)
      let expected = try ReferenceDensity(after: model.circuit, parameters: model.parameters, features: features)
      let density = try model.circuit.density(parameters: model.parameters, features: features)
      #expect(maximumDifference(density.matrix(.littleEndian), expected.matrix) < 1e-13)
      #expect(abs(purities[sample] - expected.matrix.elements.reduce(0) { $0 + $1.lengthSquared }) < 1e-13)
    }
  }

  /// Gates on many qubits are taken apart.
  @Test func wideGatesEqualTheReference() throws {
    var source = RandomSource(seed: 46)
    let qubits = 6
    var circuit = Circuit(qubits: qubits)
    for qubit in 0..<qubits { circuit.append(Rot(Angle(source.normal()), Angle(source.normal()), Angle(source.normal()), qubit)) }
    circuit.append(BitFlip(0.1, 2))
    circuit.append(X(3).controlled(by: [0: 1, 5: 0, 1: 1, 4: 1]))
    circuit.append(RY(0.7, 2).controlled(by: [0: 1, 5: 1, 1: 0, 3: 1]))
    circuit.append(Instruction.diagonal(RandomFixtures.phases(64, &source), on: 3, 1, 0, 5, 2, 4))
    circuit.append(Instruction.unitary(RandomFixtures.unitary(16, &source), on: 5, 1, 4, 2))
    circuit.append(Instruction.unitary(RandomFixtures.unitary(8, &source), on: 3, 0, 1).controlled(by: [2: 1, 4: 0]))
    circuit.append(PauliRotation(0.9, X(0), Y(1), Z(2), X(4), Y(5)))
    let expected = try ReferenceDensity(after: circuit).probabilities
    #expect(
      maximumDifference(try CircuitFunction.probabilities(of: Array(0..<qubits), after: circuit).values().elements, expected)
        < 1e-12)
  }

  @Test func preparationsComeFirst() throws {
    var source = RandomSource(seed: 47)
    for qubits in [4, 6] {
      var circuit = Circuit(qubits: qubits)
      circuit.append(AmplitudeEncoding((0..<4).map { Angle.feature($0) }, on: 2, 0))
      circuit.append(StatePreparation(RandomFixtures.state(qubitCount: 1, &source).amplitudes, on: 3))
      circuit.append(CX(0, 1))
      circuit.append(AmplitudeDamping(0.2, 0))
      circuit.append(RX(0.4, 2))
      let features: RealMatrix = [[0.3, -0.8, 0.1, 0.5], [1, 2, 3, -4]]
      let values = try CircuitFunction.probabilities(of: Array(0..<qubits), after: circuit).values(features: features)
      for sample in 0..<2 {
        let expected = try ReferenceDensity(after: circuit, features: features.row(sample)).probabilities
        #expect(maximumDifference(values.row(sample), expected) < 1e-12)
      }
    }
  }

  /// The same bits for any number of threads and any batch.
  @Test(arguments: [3, 7, 9])
  func resultsDependOnNeitherThreadsNorBatch(_ qubits: Int) throws {
    var source = RandomSource(seed: 48, stream: UInt64(qubits))
    let samples = qubits == 3 ? 40 : 3
    let model = RandomCircuit(.init(qubits: qubits, length: 20, samples: samples), &source).addingNoise(strong: true, &source)
    func run(_ threads: Int) throws -> (RealMatrix, CircuitGradient) {
      try CircuitFunction.expectation(of: model.observables, after: model.circuit, loop: ParallelLoop(threads: threads))
        .valueWithGradient(features: model.features, parameters: model.parameters, cotangents: model.cotangents)
    }
    let (values, gradient) = try run(1)
    for threads in [2, 5] {
      let (other, otherGradient) = try run(threads)
      #expect(other == values)
      #expect(otherGradient.parameters == gradient.parameters)
      #expect(otherGradient.features == gradient.features)
    }
    let alone = try CircuitFunction.expectation(of: model.observables, after: model.circuit).values(
      features: RealMatrix([model.features.row(1)]), parameters: model.parameters)
    #expect(alone.row(0) == values.row(1))
  }
}
