import LinearAlgebra
import QuantumCircuits
import QuantumLearning
import QuantumStates
import Randomness
import TestSupport
import Testing

/// "Supervised learning with quantum-enhanced feature spaces" (Havlíček et al. 2019): golden values, and machines on its kernels.
@Suite struct FeatureSpacesTests {
  static let map = Circuit.secondOrderFeatureMap(Features(2))

  @Test func theStateHasItsGoldenAmplitudes() throws {
    let state = try Self.map.run(features: [1, 2])
    let golden: [Complex<Double>] = [
      Complex(-0.2497942254, -0.4565576228), Complex(-0.1019581789, 0.4266983324), Complex(0.2268177299, 0.3465269366),
      Complex(0.4226195113, -0.4319219758),
    ]
    // The source lists (z1, z2) = (+,+), (+,-), (-,+), (-,-): the first qubit is the leading bit.
    #expect(maximumDifference(state.amplitudes(.bigEndian), golden) < 1e-9)
    let means: [(PauliSum, Double)] = [
      (1.0 * Z(0) * Z(1), 0.2720117251), (1.0 * Z(0), -0.0733820898), (1.0 * Z(1), -0.1152615631),
    ]
    for (observable, value) in means {
      #expect(abs(state.expectation(of: observable) - value) < 1e-9)
    }
  }

  @Test func theKernelHasItsGoldenValueForEitherSign() throws {
    let points: RealMatrix = [[1, 2], [3, 0.5]]
    for map in [Self.map, .zzFeatureMap(Features(2)), .pauliFeatureMap(Features(2)), .pauliFeatureMap(Features(2), sign: .plus)] {
      let kernel = try FidelityKernel(featureMap: map)
      #expect(abs(try kernel.gramMatrix(points)[0, 1] - 0.322642567043769) < 1e-12)
      #expect(abs(try kernel.matrix([[1, 2]], against: points)[0, 1] - 0.322642567043769) < 1e-12)
      #expect(abs(try kernel.matrix([[1, 2]], against: points)[0, 0] - 1) < 1e-12)
    }
  }

  @Test func theVariationalClassifierHasItsGoldenProbability() throws {
    let classifier = try ParityClassifier(featureMap: Self.map, entanglers: 2)
    // The source counts angles by layer, qubit and (y, z); the ansatz by layer, all y, all z.
    let angles = (1...12).map { 0.1 * Double($0) }
    let parameters = (0..<3).flatMap { layer in [0, 2, 1, 3].map { angles[4 * layer + $0] } }
    var source = RandomSource(seed: 0)
    let even = try classifier.evenProbabilities([[1, 2]], parameters: parameters, using: &source)
    #expect(abs(even[0] - 0.3360470620607253) < 1e-12)
    for (depth, count) in zip(0...4, [4, 8, 12, 16, 20]) {
      #expect(try ParityClassifier(featureMap: Self.map, entanglers: depth).parameters.count == count)
    }
  }

  /// The rank is at most 4^n, and the kernel is linear in the vector of all Pauli means.
  @Test func theGramMatrixIsThatOfPauliVectors() throws {
    let references = try FeatureSpacesReferences.read.get()
    let gram = try FidelityKernel(featureMap: Self.map).gramMatrix(references.training)
    #expect(try gram.symmetricEigen().values.count { $0 > 1e-12 } == 16)
    let words = (0..<16).map { index in
      PauliWord((0..<2).compactMap { qubit in [nil, X(qubit), Y(qubit), Z(qubit)][index >> (2 * qubit) & 3] })
    }
    let linear = try ProjectedKernel(featureMap: Self.map, form: .linear(factor: 0.25), words: words)
    #expect(maximumDifference(try linear.gramMatrix(references.training).elements, gram.elements) < 1e-12)
  }

  @Test func theExactMachineIsThatOfScikitLearn() throws {
    let references = try FeatureSpacesReferences.read.get()
    let kernel = try FidelityKernel(featureMap: Self.map)
    let gram = try kernel.gramMatrix(references.training)
    for (row, expected) in references.gramRows.enumerated() {
      #expect(maximumDifference(gram.row(row), expected) < 1e-12)
    }
    let machine = try SupportVectorClassifier(gram: gram, labels: references.trainingLabels, regularization: 1e4)
    #expect(machine.machines[0].dualityGap <= 1e-6 * 1e4)
    #expect(try machine.accuracy(gram, labels: references.trainingLabels) == 1, "a hard margin separates the training points")
    let cross = try kernel.matrix(references.test, against: references.training)
    #expect(try machine.predict(cross) == references.predictions)
    // scikit-learn's positive side is the second class.
    let scale = references.decisionValues.map(\.magnitude).max()!
    #expect(maximumDifference(try machine.decisionValues(cross).elements, references.decisionValues.map { -$0 }) < 1e-3 * scale)
  }

  @Test func theMachineOfShotsIsThatOfScikitLearn() throws {
    let references = try FeatureSpacesReferences.read.get()
    let gram = references.shares(references.counts)
    #expect(abs(try gram.symmetricEigen().values[0] - references.leastEigenvalue) < 1e-12)
    #expect(references.leastEigenvalue < -0.005)
    let machine = try SupportVectorClassifier(
      gram: gram.repaired(by: .clip), labels: references.trainingLabels, regularization: 1e4)
    #expect(try machine.predict(references.shares(references.crossCounts)) == references.sampledPredictions)
  }

  @Test func threeClassesOnThreeQubits() throws {
    let references = try FeatureSpacesReferences.read.get()
    let blobs = RealMatrix(references.blobs)
    let kernel = try FidelityKernel(featureMap: .pauliFeatureMap(Features(3), bandwidth: 0.5))
    let gram = try kernel.gramMatrix(blobs)
    let (rows, rest) = (Array(0..<60), Array(60..<90))
    let machine = try SupportVectorClassifier(
      gram: gram.selecting(rows: rows, columns: rows), labels: Array(references.blobLabels[..<60]), regularization: 10)
    #expect(machine.machines.allSatisfy { $0.dualityGap <= 1e-6 * 1000 })
    #expect(try machine.predict(gram.selecting(rows: rest, columns: rows)) == references.blobPredictions)
  }
}
