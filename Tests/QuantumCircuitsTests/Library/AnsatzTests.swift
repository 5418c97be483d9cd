import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

struct AnsatzTests {
  @Test(arguments: Ansatz.allCases, [(1, 1), (2, 1), (3, 2), (5, 6)])
  func eachParameterIsUsedOnce(_ ansatz: Ansatz, _ size: (qubits: Int, layers: Int)) {
    let circuit = ansatz.circuit(qubits: size.qubits, layers: size.layers)
    let symbols = circuit.instructions.flatMap { $0.angles.flatMap(\.symbols) }
    #expect(symbols == (0..<ansatz.parameterCount(qubits: size.qubits, layers: size.layers)).map { .parameter($0) })
    #expect(circuit.qubitCount == size.qubits)
  }

  @Test(arguments: Ansatz.allCases)
  func takesParametersFromElsewhere(_ ansatz: Ansatz) {
    let count = ansatz.parameterCount(qubits: 3, layers: 2)
    let shifted = ansatz.circuit(qubits: 3, layers: 2, parameters: Parameters(count + 5)[5...])
    let own = ansatz.circuit(qubits: 3, layers: 2)
    #expect(shifted == own.substituting { if case .parameter(let index) = $0 { .parameter(index + 5) } else { .symbol($0) } })
  }

  @Test func stronglyEntanglingRangesGrowWithTheLayer() {
    let circuit = Circuit.stronglyEntangling(qubits: 4, layers: 4)
    let pairs = circuit.instructions.filter { $0.name == "CX" }.map { ($0.controls[0].qubit, $0.targets[0]) }
    #expect(
      pairs.map { ($0.1 - $0.0 + 4) % 4 } == [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 1, 1, 1, 1])
    #expect(pairs.prefix(4).map(\.0) == [0, 1, 2, 3])
    #expect(Circuit.stronglyEntanglingParameterCount(qubits: 4, layers: 3) == 36)
    #expect(circuit.instructions[5].description == "CX(1, 2)")
    #expect(circuit.instructions[1].description == "Rot(w[3], w[4], w[5], 1)")
  }

  @Test func basicEntanglingHasOneGateOnTwoQubitsAndARingOnMore() {
    #expect(Circuit.basicEntangling(qubits: 2, layers: 3).countsByName == ["RX": 6, "CX": 3])
    #expect(Circuit.basicEntangling(qubits: 4, layers: 3, axis: .z).countsByName == ["RZ": 12, "CX": 12])
  }

  @Test func hardwareEfficientEndsWithRotations() {
    let circuit = Circuit.hardwareEfficient(qubits: 3, layers: 2)
    #expect(circuit.countsByName == ["RY": 9, "RZ": 9, "CZ": 4])
    #expect(circuit.instructions.last?.description == "RZ(w[17], 2)")
    #expect(Circuit.hardwareEfficient(qubits: 4, layers: 1, connectivity: .full).countsByName["CZ"] == 6)
  }

  @Test func randomLayersFollowTheirSource() {
    func circuit(_ seed: UInt64) -> Circuit {
      var source = RandomSource(seed: seed)
      return .randomLayers(qubits: 4, layers: 5, rotations: 40, using: &source)
    }
    #expect(circuit(3) == circuit(3))
    #expect(circuit(3) != circuit(4))
    let counts = circuit(3).countsByName
    #expect(counts["RX", default: 0] + counts["RY", default: 0] + counts["RZ", default: 0] == 200)
    // 200 rotations with a ratio of 0.3 come with 86 CX on average, standard deviation 11.
    #expect((42...130).contains(counts["CX", default: 0]))
    var source = RandomSource(seed: 1)
    #expect(Circuit.randomLayers(qubits: 1, layers: 1, rotations: 5, using: &source).countsByName["CX"] == nil)
  }

  @Test func cascadesAreRelativesOfGHZ() {
    #expect(Circuit.cascade(qubits: 5, hadamards: 0..<1) == .ghz(qubits: 5))
    #expect(Ansatz.cascade.circuit(qubits: 4, layers: 2).countsByName == ["CX": 6])
    #expect(Ansatz.hadamardCascade.circuit(qubits: 4, layers: 1).countsByName == ["H": 4, "CX": 3])
  }

  @Test func evolutionUnderCouplingsIsTheExponentialOfTheirSum() throws {
    let weights = (0..<6).map { 0.4 * Double($0) + 0.1 }
    let terms = zip(weights, Connectivity.full.pairs(qubits: 4)).map { "\($0 / 2) X\($1.0) X\($1.1)" }
    let found = fullUnitary(Circuit.xxEvolution(qubits: 4, layers: 1).bound(parameters: weights))
    let expected = try (Complex(0, -1) * PauliSum(terms.joined(separator: " + ")).matrix(qubits: 4)).exponential()
    #expect(maximumDifference(found, expected) < 1e-13)
  }

  @Test func reuploadingCutsFeaturesIntoPortions() {
    let circuit = Circuit.reuploading(Features(8), qubits: 3, encoding: .angleXOrZ, ansatz: .basicEntangling, layers: 2)
    #expect(circuit.featureCount == 8 && circuit.parameterCount == 18)
    #expect(circuit.countsByName == ["RX": 18 + 5, "RZ": 3, "CX": 18])
    let names = circuit.instructions.filter { $0.angles.contains { $0.symbols.contains(.feature(3)) } }.map(\.description)
    #expect(names == ["RZ(x[3], 0)"])
    #expect(Circuit.reuploadingPortionCount(features: 64, qubits: 5) == 13)
    // One portion is an encoding and an ansatz.
    #expect(
      Circuit.reuploading(Features(3), qubits: 3, encoding: .angleY, ansatz: .ghz, layers: 1)
        == Circuit(qubits: 3) {
          Circuit.angleEncoding(Features(3))
          Circuit.ghz(qubits: 3)
        })
  }

  @Test func connectivityListsPairs() {
    func text(_ connectivity: Connectivity, _ qubits: Int) -> String {
      connectivity.pairs(qubits: qubits).map { "\($0.0)\($0.1)" }.joined(separator: " ")
    }
    #expect(text(.linear, 4) == "01 12 23")
    #expect(text(.ring, 4) == "01 12 23 30")
    #expect(text(.ring, 2) == "01")
    #expect(text(.full, 4) == "01 02 03 12 13 23")
    #expect(Connectivity.allCases.allSatisfy { $0.pairs(qubits: 1).isEmpty })
  }
}
