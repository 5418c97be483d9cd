import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

/// Composition of circuits equals composition of their matrices.
struct CompositionLaws {
  static let parameters = [0.731, -1.312]
  static let features = [2.047]

  /// One of each kind of instruction, with parameters, features and controls of both values.
  static let circuit: Circuit = {
    var source = RandomSource(seed: 7)
    let unitary = RandomFixtures.unitary(4, &source)
    let phases = RandomFixtures.phases(4, &source)
    return Circuit(qubits: 3) {
      H(0)
      U(.parameter(0), 0.4, .feature(0), 1).controlled(by: [2: 0])
      CRot(0.3, .parameter(1) - .parameter(0), 0.9, 2, 0)
      Barrier()
      Instruction.unitary(unitary, on: 2, 0).controlled(by: 1)
      Instruction.diagonal(phases, on: 1, 2)
      Instruction.permutation([2, 0, 3, 1], on: 0, 2)
      PauliRotation(2 * .feature(0) + 0.1, X(0), Y(2), Z(1))
      fSim(.parameter(1), 0.5, 1, 0)
      Y(1)
      U2(0.3, .parameter(0), 2)
      SqrtiSWAP(2, 1)
    }
  }()

  static func unitary(_ circuit: Circuit) -> ComplexMatrix { fullUnitary(circuit, parameters: parameters, features: features) }
  static let matrix = unitary(circuit)

  func expectClose(_ left: ComplexMatrix, _ right: ComplexMatrix, sourceLocation: Testing.SourceLocation = #_sourceLocation) {
    #expect(maximumDifference(left, right) < 1e-13, sourceLocation: sourceLocation)
  }

  @Test func factorsGiveTheSameMatrixAsWholeInstructions() {
    let product = Self.circuit.instructions.reduce(ComplexMatrix.identity(8)) { product, instruction in
      let controls = Dictionary(uniqueKeysWithValues: instruction.controls.map { ($0.qubit, $0.isOne ? 1 : 0) })
      return instruction.factors.reduce(product) { product, factor in
        let matrix = factor.matrix { $0.value(parameters: Self.parameters, features: Self.features) }
        return ReferenceOperators.embedded(matrix, targets: factor.targets, controls: controls, qubitCount: 3) * product
      }
    }
    expectClose(product, Self.matrix)
  }

  @Test func inverseIsTheAdjoint() {
    expectClose(Self.unitary(Self.circuit.inverse), Self.matrix.adjoint)
  }

  @Test(arguments: [-2, -1, 0, 1, 3])
  func powerIsThePowerOfTheMatrix(_ exponent: Int) {
    let base = exponent < 0 ? Self.matrix.adjoint : Self.matrix
    let power = (0..<exponent.magnitude).reduce(ComplexMatrix.identity(8)) { product, _ in base * product }
    expectClose(Self.unitary(Self.circuit.power(exponent)), power)
  }

  @Test func sumIsTheProduct() {
    let other = Circuit(qubits: 2) {
      RX(0.4, 1); CX(1, 0)
    }
    let wide = Circuit(qubits: 3) {
      RX(0.4, 1); CX(1, 0)
    }
    expectClose(Self.unitary(Self.circuit + other), Self.unitary(wide) * Self.matrix)
  }

  @Test func controlledActsWhereTheControlsHold() {
    let controlled = Self.circuit.controlled(by: [4: 0, 3: 1])
    #expect(controlled.qubitCount == 5)
    let expected = ReferenceOperators.embedded(Self.matrix, targets: [0, 1, 2], controls: [4: 0, 3: 1], qubitCount: 5)
    expectClose(Self.unitary(controlled), expected)
  }

  @Test func mappedMovesQubits() {
    let mapped = Self.circuit.mapped(to: [3, 0, 2])
    let expected = ReferenceOperators.embedded(Self.matrix, targets: [3, 0, 2], qubitCount: 4)
    expectClose(Self.unitary(mapped), expected)
    #expect(Self.circuit.mapped(to: [0, 1, 2], qubitCount: 6).qubitCount == 6)
  }

  @Test func boundHasNumbersInPlaceOfSymbols() {
    let bound = Self.circuit.bound(parameters: Self.parameters, features: Self.features)
    #expect(bound.parameterCount == 0 && bound.featureCount == 0)
    expectClose(fullUnitary(bound), Self.matrix)
    let half = Self.circuit.bound(features: Self.features)
    #expect(half.parameterCount == 2 && half.featureCount == 0)
    expectClose(fullUnitary(half, parameters: Self.parameters), Self.matrix)
  }

  @Test func repeatedSharesParameters() {
    let repeated = Self.circuit.repeated(3)
    #expect(repeated.parameterCount == 2)
    #expect(repeated.instructions.count == 3 * Self.circuit.instructions.count)
  }

  @Test func preparationIsEqualToItsLaterForms() {
    let circuit = Circuit(qubits: 2) {
      AmplitudeEncoding(Features(3), on: 0, 1); H(0)
    }
    #expect(circuit.featureCount == 3)
    let bound = circuit.bound(features: [1, 2, 3])
    #expect(bound.instructions[0] == AmplitudeEncoding([1, 2, 3], on: 0, 1))
  }
}
