import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

/// All gradient methods agree on 200 random circuits whose parameters and features are shared by many gates.
struct GradientAgreement {
  static let count = 200

  /// Circuit `index`: 2 to 6 qubits, a batch of 1 to 20 samples. The parametrised gates of the table take turns; every other
  /// circuit keeps to angles with a single frequency.
  static func model(_ index: Int, samples: Int? = nil) -> RandomCircuit {
    var source = RandomSource(seed: 20_26, stream: UInt64(index))
    let isSingle = index % 2 == 0
    let gates = Gate.allCases.filter { $0.angleCount > 0 && (!isSingle || isSingleFrequency($0)) }
    let gate = gates[index / 2 % gates.count]
    let qubits = max(gate.qubitCount, 2 + source.integer(below: 5))
    let samples = samples ?? 1 + source.integer(below: 20)
    return RandomCircuit(.init(qubits: qubits, samples: samples, isSingleFrequency: isSingle, gate: gate), &source)
  }

  private static func isSingleFrequency(_ gate: Gate) -> Bool {
    let angles = (0..<gate.angleCount).map { Angle.parameter($0) }
    return Instruction.gate(gate, angles: angles, qubits: Array(0..<gate.qubitCount)).hasSingleFrequencies
  }

  /// Truncation of a central difference is h^2/6 times the third derivative, at most some thousand for a symbol that feeds ten
  /// gates: 1e-8 at 3e-6. Rounding is some 1e-16 * (sum of |cotangent * output| < 100) / h: also below 1e-8.
  static let step = 3e-6

  @Test func theSweepCoversTheGatesAndBothRules() throws {
    let models = (0..<Self.count).map { Self.model($0, samples: 1) }
    let instructions = models.flatMap(\.circuit.instructions)
    let gates = Set(instructions.compactMap { if case .gate(let gate, _) = $0.kind { gate } else { nil } })
    #expect(gates.isSuperset(of: Gate.allCases.filter { $0.angleCount > 0 }))
    let angles = instructions.flatMap(\.angles)
    #expect(angles.filter { $0.affine == nil }.count > 200)
    #expect(models.filter(\.circuit.hasSingleFrequencies).count >= 90)
    #expect(Set(models.map(\.circuit.qubitCount)) == Set(2...6))
    let controls = instructions.flatMap(\.controls)
    #expect(controls.contains { $0.isOne } && controls.contains { !$0.isOne })
    #expect(models.flatMap(\.observables).filter { !$0.isDiagonal }.count >= Self.count)
    let slopes = try models.flatMap { model in
      let gradient = try model.expectation().valueWithGradient(features: model.features, parameters: model.parameters).gradient
      return gradient.parameters + gradient.features.elements
    }
    // Few symbols act where no observable looks.
    #expect(slopes.filter { abs($0) > 1e-3 }.count > slopes.count * 9 / 10 && slopes.count > 1000)
  }

  @Test(arguments: 0..<count)
  func adjointEqualsShiftRulesAndDifferences(_ index: Int) throws {
    let model = Self.model(index)
    let function = try model.expectation()
    func gradient(_ method: GradientMethod) throws -> CircuitGradient {
      let (_, gradient) = try function.valueWithGradient(
        features: model.features, parameters: model.parameters, cotangents: model.cotangents, method: method)
      #expect(gradient.method == method)
      return gradient
    }
    let adjoint = try gradient(.adjoint)
    #expect(adjoint.evaluations == 1 && adjoint.standardErrors == nil)
    #expect(distance(adjoint, try gradient(.generalShift)) < 1e-10)
    #expect(distance(adjoint, try gradient(.finiteDifferences(step: Self.step))) < 1e-7)
    if model.circuit.hasSingleFrequencies {
      #expect(distance(adjoint, try gradient(.twoTermShift)) < 1e-10)
    } else {
      #expect(throws: CompilationError.self) { try gradient(.twoTermShift) }
    }
  }

  /// Memory that held another batch holds what fresh memory does, with noise and without.
  @Test func memoryThatIsUsedAgainHoldsTheSame() throws {
    var result = CircuitResult()
    for index in 0..<20 {
      let model = Self.model(index)
      var noisy = model.circuit
      noisy.append(BitFlip(0.1, 0))
      for function in [try model.expectation(), try .expectation(of: model.observables, after: noisy)] {
        let (values, gradient) = try function.valueWithGradient(
          features: model.features, parameters: model.parameters, cotangents: model.cotangents)
        try function.valueWithGradient(
          features: model.features, parameters: model.parameters, cotangents: model.cotangents, into: &result)
        #expect(result.values == values && result.parameterGradient == gradient.parameters)
        #expect(result.featureGradient == gradient.features)
      }
    }
  }

  /// Leaving features out does not change the gradient of the parameters, in a batch, for one state and in tiles.
  @Test(arguments: 0..<count)
  func parametersAloneHaveTheSameGradient(_ index: Int) throws {
    let model = Self.model(index)
    let function = try model.expectation()
    let tiles = TileChoice.shape(TileShape(bits: 5, lowBits: 4))
    let tiled = model.circuit.qubitCount == 6 ? [function.running(in: tiles)] : []
    for function in [function, function.running(in: .none)] + tiled {
      let evaluation = try function.evaluate(features: model.features, parameters: model.parameters)
      let both = try evaluation.gradient(cotangents: model.cotangents)
      let alone = try evaluation.gradient(cotangents: model.cotangents, ofFeatures: false)
      #expect(maximumDifference(alone.parameters, both.parameters) < 1e-12)
      #expect(alone.features.rows == model.features.rows && alone.features.columns == 0)
    }
  }

  private func distance(_ left: CircuitGradient, _ right: CircuitGradient) -> Double {
    max(maximumDifference(left.parameters, right.parameters), maximumDifference(left.features.elements, right.features.elements))
  }
}
