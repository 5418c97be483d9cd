import LinearAlgebra
import QuantumLearning
import Randomness
import TestSupport
import Testing

/// Support vector machines against scikit-learn's on the same Gram matrices, their optimality, and what they refuse.
@Suite struct SupportVectorTests {
  @Test(arguments: 0..<8)
  func equalsScikitLearn(_ index: Int) throws {
    let references = try KernelReferences.read.get()
    try #require(references.machines.count == 8)
    let expected = references.machines[index]
    let (gram, test) = references.matrices(expected.kernel)
    let machine = try SupportVectorClassifier(
      gram: gram, labels: references.trainingLabels, regularization: expected.regularization,
      settings: SupportVectorSettings(gapTolerance: 1e-7))
    #expect(try machine.predict(test) == expected.predictions)
    let scale = expected.decisionValues.joined().map(\.magnitude).max()!
    let difference = maximumDifference(try machine.decisionValues(test).elements, Array(expected.decisionValues.joined()))
    #expect(difference < 1e-4 * scale, "\(expected.kernel), C = \(expected.regularization)")
    let regressor = try SupportVectorRegressor(
      gram: gram, targets: references.trainingTargets, regularization: expected.regressionRegularization,
      settings: SupportVectorSettings(gapTolerance: 1e-7))
    #expect(maximumDifference(try regressor.predict(test), expected.regression) < 1e-4)
  }

  /// The gap is that of the two objectives, computed here from their definitions.
  @Test(arguments: [0.1, 1, 100, 1e4])
  func theDualityGapIsReachedAndTrue(_ regularization: Double) throws {
    let references = try KernelReferences.read.get()
    let (gram, _) = references.matrices("fidelity")
    let labels = references.trainingLabels
    let machine = try SupportVectorClassifier(gram: gram, labels: labels, regularization: regularization)
    let values = try machine.decisionValues(gram)
    for (column, pair) in machine.machines.enumerated() {
      var (norm, dual, loss) = (0.0, 0.0, 0.0)
      for (i, c) in zip(pair.supportVectors, pair.coefficients) {
        #expect(abs(c) <= regularization)
        dual += abs(c)
        for (j, d) in zip(pair.supportVectors, pair.coefficients) { norm += c * d * gram[i, j] }
      }
      for (row, label) in labels.enumerated() where label == pair.classes.first || label == pair.classes.second {
        loss += max(0, 1 - (label == pair.classes.first ? 1 : -1) * values[row, column])
      }
      let gap = norm / 2 + regularization * loss - (dual - norm / 2)
      #expect(abs(pair.coefficients.reduce(0, +)) < 1e-9 * max(1, dual))
      #expect(pair.dualityGap >= 0 && pair.dualityGap <= 1e-6)
      #expect(abs(gap - pair.dualityGap) < 1e-8 * max(1, dual))
    }
  }

  /// Two points: the machine is known in closed form.
  @Test func twoPointsHaveTheirMidpointAsBoundary() throws {
    let machine = try SupportVectorClassifier(gram: [[0, 0], [0, 4]], labels: [0, 1], regularization: 100)
    // x = 0 and x = 2 under K = x x': f = 1 - x.
    #expect(abs(machine.machines[0].bias - 1) < 1e-9)
    #expect(maximumDifference(try machine.decisionValues([[0, 0], [0, 4], [0, 2]]).elements, [1, -1, 0]) < 1e-9)
    #expect(try machine.accuracy([[0, 0], [0, 4]], labels: [0, 1]) == 1)
  }

  /// Sampled kernels have small negative eigenvalues; the machine ends all the same.
  @Test func slightlyIndefiniteMatricesAreFitted() throws {
    let references = try KernelReferences.read.get()
    var (gram, _) = references.matrices("fidelity")
    var source = RandomSource(seed: 3)
    for row in 0..<gram.rows {
      for column in 0..<row {
        let value = gram[row, column] + 0.01 * source.normal()
        (gram[row, column], gram[column, row]) = (value, value)
      }
    }
    #expect(try gram.symmetricEigen().values[0] < -0.01)
    let machine = try SupportVectorClassifier(gram: gram, labels: references.trainingLabels, regularization: 1)
    #expect(try machine.accuracy(gram, labels: references.trainingLabels) > 0.6)
  }

  @Test(
    arguments: [
      (
        RealMatrix(rows: 2, columns: 3), [0, 1], 1.0,
        "The Gram matrix is 2 x 3 for 2 samples: give one row and one column a training sample."
      ),
      (
        [[1, .nan], [0, 1]], [0, 1], 1,
        "The kernel value in row 0, column 1 is not a finite number: remove the sample, or fill in its missing features."
      ),
      (
        [[1, 0.5], [0.25, 1]], [0, 1], 1,
        "The Gram matrix is not symmetric: entries (1, 0) and (0, 1) differ by 0.25. Use the mean of it and its transpose."
      ),
      ([[1, 0], [0, 1]], [3, 3], 1, "The samples have 1 class, a classifier needs two: take samples of another class too."),
      ([[1, 0], [0, 1]], [0, -1], 1, "The label of sample 1 is -1: number the classes from 0."),
      ([[1, 0], [0, 1]], [0, 1], 0, "The regularization C is 0.0, allowed is a number above 0."),
    ] as [(RealMatrix, [Int], Double, String)])
  func refusals(gram: RealMatrix, labels: [Int], regularization: Double, message: String) {
    let error = #expect(throws: KernelMachineError.self) {
      try SupportVectorClassifier(gram: gram, labels: labels, regularization: regularization)
    }
    #expect(error?.description == message)
  }

  @Test func anEarlyEndAndAWrongWidthAreErrors() throws {
    let references = try KernelReferences.read.get()
    let (gram, _) = references.matrices("gaussian")
    let early = #expect(throws: KernelMachineError.self) {
      try SupportVectorClassifier(
        gram: gram, labels: references.trainingLabels, settings: SupportVectorSettings(iterationLimit: 3))
    }
    guard case .notConverged(3, let gap) = early else {
      Issue.record("\(String(describing: early))")
      return
    }
    #expect(gap > 0.1)
    let machine = try SupportVectorClassifier(gram: [[1, 0], [0, 1]], labels: [0, 1])
    let width = #expect(throws: KernelMachineError.self) { try machine.predict([[1, 0, 0]]) }
    #expect(
      width?.description
        == "The kernel values have 3 columns, the machine was trained on 2 samples: "
        + "give the kernel of each new sample with every training sample.")
  }
}
