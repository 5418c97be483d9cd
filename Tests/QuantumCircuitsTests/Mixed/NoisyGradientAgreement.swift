import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

/// Gradients through noise equal central differences on 100 random noisy circuits with batches.
struct NoisyGradientAgreement {
  static func model(_ index: Int) -> RandomCircuit {
    var source = RandomSource(seed: 4_2026, stream: UInt64(index))
    let qubits = 1 + index % 7
    return RandomCircuit(.init(qubits: qubits, length: 8, samples: qubits > 5 ? 2 : 1 + index % 11), &source)
      .addingNoise(strong: index % 3 == 0, &source)
  }

  @Test(arguments: 0..<100)
  func adjointEqualsCentralDifferences(_ index: Int) throws {
    let model = Self.model(index)
    let function = try model.expectation()
    func gradient(_ method: GradientMethod) throws -> CircuitGradient {
      try function.valueWithGradient(
        features: model.features, parameters: model.parameters, cotangents: model.cotangents, method: method
      ).gradient
    }
    let exact = try gradient(.adjoint)
    let differences = try gradient(.finiteDifferences(step: 3e-6))
    #expect(maximumDifference(exact.parameters, differences.parameters) < 1e-7)
    #expect(maximumDifference(exact.features.elements, differences.features.elements) < 1e-7)
    #expect(exact.stateRecovery != nil)
  }

  /// What is recovered by inverses, from copies, and from copies that are made again is the same.
  @Test func theSweepUsesBothWaysBack() throws {
    var seen: Set<Bool> = []
    for index in 0..<12 {
      let model = Self.model(index)
      let gradient = try model.expectation().valueWithGradient(features: model.features, parameters: model.parameters).gradient
      seen.insert(gradient.stateRecovery == .inverse)
    }
    #expect(seen == [true, false])
  }

  /// In a network the cotangents come after the forward pass.
  @Test func aLaterGradientIsTheSame() throws {
    let model = Self.model(3)
    let function = try model.expectation()
    let evaluation = try function.evaluate(features: model.features, parameters: model.parameters)
    let (values, gradient) = try function.valueWithGradient(
      features: model.features, parameters: model.parameters, cotangents: model.cotangents)
    #expect(evaluation.values == values)
    let later = try evaluation.gradient(cotangents: model.cotangents)
    #expect(later.parameters == gradient.parameters)
    #expect(later.features == gradient.features)
    #expect(try evaluation.gradient(cotangents: model.cotangents, ofFeatures: false).parameters == gradient.parameters)
  }
}
