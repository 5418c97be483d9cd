import LinearAlgebra
import QuantumCircuits
import QuantumLearning
import QuantumStates
import Randomness
import TestSupport
import Testing

/// Feature maps and kernels of every kind against numpy's.
@Suite struct KernelFamilyTests {
  static let map = Circuit.secondOrderFeatureMap(Features(3))

  @Test(arguments: ["pauli", "ring", "iqp", "covariant"]) func featureMapsHaveTheirStates(_ name: String) throws {
    let references = try FeatureSpacesReferences.read.get()
    let (circuit, features): (Circuit, [Double]) =
      switch name {
      case "pauli": (.pauliFeatureMap(Features(3), patterns: ["Y", "XZ", "ZZZ"], bandwidth: 0.7), references.x3)
      case "ring": (.pauliFeatureMap(Features(4), repetitions: 1, connectivity: .ring, sign: .plus), references.x4)
      case "iqp": (.iqpFeatureMap(Features(3)), references.x3)
      default: (.covariantFeatureMap(Features(4)).bound(parameters: [0.6, 1.7]), references.x4)
      }
    let expected = try #require(references.families[name]).map { Complex($0[0], $0[1]) }
    let state = try circuit.run(features: features).amplitudes(.littleEndian)
    // Up to a phase: numpy's exponentials have none.
    let overlap = zip(expected, state).reduce(Complex<Double>.zero) { $0 + $1.0.conjugate * $1.1 }
    #expect(abs(overlap.length - 1) < 1e-12)
  }

  @Test func patternsActOnFeatures() async {
    #expect(Circuit.pauliFeatureMap(Features(2), patterns: ["XY"]).featureCount == 2)
    await #expect(processExitsWith: .failure) { _ = Circuit.pauliFeatureMap(Features(2), patterns: ["Z", "ZZZ"]) }
    await #expect(processExitsWith: .failure) { _ = Circuit.pauliFeatureMap(Features(2), patterns: [""]) }
  }

  @Test func namedMapsAreTheirCircuits() {
    #expect(FeatureMap(named: "ZZFeatureMap") == .zz)
    #expect(FeatureMap(named: "secondOrderFeatureMap") == .secondOrder)
    #expect(FeatureMap(named: "second_order") == .secondOrder)
    #expect(FeatureMap(named: "angle-y") == .angleY)
    #expect(FeatureMap(named: "third") == nil)
    for map in FeatureMap.allCases {
      let circuit = map.circuit(features: 4)
      #expect(circuit.featureCount == 4, "\(map)")
      #expect(circuit.qubitCount == (map == .covariant || map == .amplitude ? 2 : 4), "\(map)")
    }
    #expect(FeatureMap.zz.circuit(features: 3) == .zzFeatureMap(Features(3)))
  }

  @Test func projectedTangentAndWeightedKernels() throws {
    let references = try FeatureSpacesReferences.read.get()
    let five = RealMatrix(references.five)
    let kernels: [(any Kernel, [[Double]])] = [
      (try ProjectedKernel(featureMap: Self.map, form: .gaussian(strength: 0.8)), references.projected),
      (try MeasuredKernel(featureMap: Self.map, weighting: .bitFlipTolerant(1)), references.bitFlipTolerant),
      (try MeasuredKernel(featureMap: Self.map, weighting: .hamming), references.hamming),
    ]
    for (kernel, expected) in kernels {
      let gram = try kernel.gramMatrix(five)
      #expect(maximumDifference(gram.elements, Array(expected.joined())) < 1e-11)
      // New samples see the same kernel, whichever side they stand on.
      let cross = try kernel.matrix(five, against: five)
      #expect(maximumDifference(cross.elements, gram.elements) < 1e-11)
    }
    let model = Circuit(qubits: 2) {
      Circuit.secondOrderFeatureMap(Features(2))
      RY(.parameter(0), 0); RY(.parameter(1), 1); CZ(0, 1); RY(.parameter(2), 0); RY(.parameter(3), 1)
    }
    let tangent = try TangentKernel(model, observable: Z(0) * Z(1), parameters: references.theta)
    let four = RealMatrix(Array(references.points[..<4]))
    #expect(maximumDifference(try tangent.gramMatrix(four).elements, Array(references.tangent.joined())) < 1e-11)
    #expect(maximumDifference(try tangent.matrix(four, against: four).elements, Array(references.tangent.joined())) < 1e-11)
  }

  @Test func classicalKernelsAreTheirFormulas() throws {
    let (a, b): (RealMatrix, RealMatrix) = ([[1, 2], [0, -1]], [[3, 1]])
    #expect(try ClassicalKernel.linear.matrix(a, against: b).elements == [5, -1])
    let gaussian = try ClassicalKernel.gaussian(inverseWidth: 0.5).matrix(a, against: b)
    #expect(maximumDifference(gaussian.elements, [.exp(-2.5), .exp(-6.5)]) < 1e-14)
    let error = #expect(throws: CompilationError.self) { try ClassicalKernel.linear.matrix(a, against: [[1, 2, 3]]) }
    #expect(error?.description == "The circuit takes 3 features a sample, the batch has 2.")
    #expect(throws: CompilationError.self) { try ClassicalKernel.linear.gramMatrix([[.nan, 0]]) }
  }

  @Test func diagnosticsAreThoseOfNumpy() throws {
    let references = try FeatureSpacesReferences.read.get()
    let quantum = try FidelityKernel(featureMap: FeatureSpacesTests.map).gramMatrix(references.training)
    let gaussian = try ClassicalKernel.gaussian(inverseWidth: 0.5).gramMatrix(references.training)
    let signs = references.trainingLabels.map { $0 == 0 ? 1.0 : -1.0 }
    #expect(
      abs(try gaussian.geometricDifference(from: quantum, penalty: references.penalty) - references.geometricDifference) < 1e-6)
    #expect(abs(try quantum.geometricDifference(from: quantum, penalty: 1e-9) - 1) < 1e-3)
    #expect(
      abs(try quantum.modelComplexity(of: signs, penalty: references.penalty) - references.modelComplexity)
        < 1e-8 * references.modelComplexity)
    let spread = (RealMatrix([[1, 0.2, 0.4], [0.2, 1, 0.6], [0.4, 0.6, 1]])).offDiagonalSpread
    #expect(abs(spread.mean - 0.4) < 1e-15 && abs(spread.variance - 0.08 / 3) < 1e-15)
    #expect(abs(RealMatrix.identity(5).effectiveDimension - 5) < 1e-14)
    #expect(abs(RealMatrix(rows: 5, columns: 5, elements: Array(repeating: 1, count: 25)).effectiveDimension - 1) < 1e-14)
  }

  @Test(arguments: GramRepair.allCases) func repairsLeaveNoNegativeEigenvalue(_ repair: GramRepair) throws {
    // Eigenvalues 1 + 1.2 and 1 - 1.2.
    let gram: RealMatrix = [[1, 1.2], [1.2, 1]]
    let error = #expect(throws: KernelMachineError.self) { try gram.requirePositiveSemidefinite() }
    #expect(error?.description.hasPrefix("The Gram matrix has the eigenvalue -0.") == true)
    let repaired = try gram.repaired(by: repair)
    try repaired.requirePositiveSemidefinite()
    let expected: RealMatrix =
      switch repair {
      case .clip: [[1.1, 1.1], [1.1, 1.1]]
      case .shift: [[1.2, 1.2], [1.2, 1.2]]
      case .flip: [[1.2, 1], [1, 1.2]]
      }
    #expect(maximumDifference(repaired.elements, expected.elements) < 1e-14)
    #expect(try RealMatrix.identity(3).repaired(by: repair) == .identity(3))
    #expect(throws: KernelMachineError.self) { try RealMatrix([[1, 2], [0, 1]]).repaired(by: repair) }
  }
}
