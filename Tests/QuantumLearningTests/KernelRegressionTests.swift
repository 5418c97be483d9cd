import LinearAlgebra
import QuantumLearning
import TestSupport
import Testing

/// Kernel ridge regression, Gaussian processes and kernel PCA against numpy and scikit-learn.
@Suite struct KernelRegressionTests {
  @Test func ridgeEqualsScikitLearn() throws {
    let references = try KernelReferences.read.get()
    let (gram, test) = references.matrices("gaussian")
    let targets = RealMatrix(rows: references.trainingCount, columns: 1, elements: references.trainingTargets)
    let ridge = try KernelRidge(gram: gram, targets: targets, penalty: references.ridge.penalty)
    #expect(maximumDifference(try ridge.predict(test).elements, references.ridge.predictions) < 1e-11)
  }

  @Test func processEqualsItsAlgorithm() throws {
    let references = try KernelReferences.read.get()
    let (gram, test) = references.matrices("gaussian")
    let expected = references.process
    let process = try GaussianProcess(gram: gram, targets: references.trainingTargets, noise: expected.noise)
    let (means, variances) = try process.predict(test, diagonal: Array(repeating: 1, count: test.rows))
    #expect(maximumDifference(means, expected.means) < 1e-10)
    #expect(maximumDifference(variances, expected.variances) < 1e-10)
    #expect(abs(process.logMarginalLikelihood - expected.logMarginalLikelihood) < 1e-9)
    // At a training sample little is left but the noise.
    let (_, known) = try process.predict(gram, diagonal: gram.diagonal)
    #expect(known.allSatisfy { $0 < expected.noise })
  }

  @Test func componentsEqualScikitLearn() throws {
    let references = try KernelReferences.read.get()
    let (gram, test) = references.matrices("gaussian")
    let components = try KernelPCA(gram: gram, count: 3)
    #expect(maximumDifference(components.eigenvalues, references.components.eigenvalues) < 1e-10)
    let expected = Array(references.components.transformed.joined())
    #expect(maximumDifference(try components.transform(test).elements, expected) < 1e-10)
  }

  /// A linear kernel of points on a line has one direction, however many are asked for.
  @Test func directionsWithoutVarianceAreLeftOut() throws {
    let line = [-1.0, 0, 0.5, 2]
    let gram = RealMatrix(line.map { x in line.map { x * $0 } })
    let components = try KernelPCA(gram: gram, count: 3)
    #expect(components.eigenvalues.count == 1)
    #expect(maximumDifference(try components.transform(gram).elements, line.map { $0 - 0.375 }) < 1e-12)
  }

  @Test func wrongSettingsAreRefused() throws {
    let gram: RealMatrix = [[1, 2], [2, 1]]
    let ridge = #expect(throws: KernelMachineError.self) { try KernelRidge(gram: gram, targets: [[1], [2]], penalty: -1) }
    #expect(ridge?.description == "The penalty is -1.0, allowed is a number above 0.")
    let process = #expect(throws: KernelMachineError.self) { try GaussianProcess(gram: gram, targets: [1, 2], noise: 0.1) }
    #expect(process == .linearAlgebra(.notPositiveDefinite(leadingBlock: 2)))
    #expect(throws: KernelMachineError.self) { try GaussianProcess(gram: gram, targets: [1, .infinity], noise: 0.1) }
  }
}
