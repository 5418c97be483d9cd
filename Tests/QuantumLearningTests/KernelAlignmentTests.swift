import LinearAlgebra
import NeuralNetworks
import QuantumCircuits
import QuantumLearning
import Testing

@Suite struct KernelAlignmentTests {
  static let goals: [KernelAlignment.Goal] = [.alignment, .centredAlignment, .margin(regularization: 1)]
  /// The second-order map with a trained factor and a trained rotation of every qubit.
  static let map = Circuit(qubits: 2) {
    for qubit in 0..<2 { RY(.parameter(qubit), qubit) }
    Circuit.secondOrderFeatureMap(Features(2).map { .parameter(2) * $0 })
  }

  @Test func valuesAreThoseOfNumpy() throws {
    let references = try FeatureSpacesReferences.read.get()
    for (goal, expected) in [
      (KernelAlignment.Goal.alignment, references.alignment), (.centredAlignment, references.centredAlignment),
    ] {
      let training = try KernelAlignment(
        featureMap: Self.map, features: references.training, labels: references.trainingLabels, goal: goal)
      #expect(abs(try training.valueWithGradient(parameters: [0, 0, 1]).value - expected) < 1e-11)
    }
  }

  @Test(arguments: goals) func gradientsAreDifferences(_ goal: KernelAlignment.Goal) throws {
    let references = try FeatureSpacesReferences.read.get()
    let rows = RealMatrix(Array(references.points[..<14]))
    let training = try KernelAlignment(featureMap: Self.map, features: rows, labels: Array(references.labels[..<14]), goal: goal)
    let point = [0.3, -0.5, 0.7]
    let gradient = try training.valueWithGradient(parameters: point).gradient
    for index in point.indices {
      // A machine is as exact as its duality gap, 1e-6: its differences need a longer step.
      let isMargin = goal == .margin(regularization: 1)
      let step = isMargin ? 1e-4 : 1e-5
      var (high, low) = (point, point)
      high[index] += step
      low[index] -= step
      let slope =
        try (training.valueWithGradient(parameters: high).value - training.valueWithGradient(parameters: low).value) / (2 * step)
      #expect(abs(gradient[index] - slope) < (isMargin ? 0.02 : 1e-6), "parameter \(index)")
    }
  }

  @Test func trainingFindsTheGroupOfTheData() throws {
    // Samples of two cosets: rotations about X by the same angle on both qubits, or by opposite angles.
    let labels = (0..<16).map { $0 % 2 }
    let rows = labels.enumerated().map { place, label in
      let angle = 0.37 * Double(place)
      return [angle, label == 0 ? 0.2 : 1.1, label == 0 ? angle : -angle, label == 0 ? 0.1 : 0.9]
    }
    let training = try KernelAlignment(featureMap: .covariantFeatureMap(Features(4)), features: RealMatrix(rows), labels: labels)
    let history = try training.fit(startingAt: [0.1, 0.2], optimizer: Adam(learningRate: 0.1), steps: 40)
    #expect(history.values.count == 41)
    #expect(history.values.max()! > history.values[0] + 0.05)
    #expect(abs(try training.valueWithGradient(parameters: history.parameters).value - history.values.max()!) < 1e-12)
  }

  @Test func oneClassIsRefused() {
    let error = #expect(throws: KernelMachineError.self) {
      try KernelAlignment(featureMap: Self.map, features: [[1, 2], [2, 3]], labels: [1, 1])
    }
    #expect(error?.description == "The samples have 1 class, a classifier needs two: take samples of another class too.")
  }

  @Test func whatHasNoDirectionIsRefused() throws {
    let same = try KernelAlignment(
      featureMap: Self.map, features: [[1, 2], [1, 2], [1, 2], [1, 2]], labels: [0, 1, 0, 1], goal: .centredAlignment)
    let error = #expect(throws: KernelMachineError.self) { try same.valueWithGradient(parameters: [0, 0, 1]) }
    #expect(
      error?.description
        == "All kernel values are equal, so their alignment has no direction: take samples or parameters that differ.")
    let three = try KernelAlignment(
      featureMap: Self.map, features: [[1, 2], [2, 3], [0, 1]], labels: [0, 1, 2], goal: .margin(regularization: 1))
    let other = #expect(throws: KernelMachineError.self) { try three.valueWithGradient(parameters: [0, 0, 1]) }
    #expect(
      other?.description == "A margin is that of two classes, the labels have 3: train on two of them, or align the kernel.")
  }
}
