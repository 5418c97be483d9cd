import LinearAlgebra
import NeuralNetworks
import QuantumCircuits
import QuantumLearning
import Randomness
import TestSupport
import Testing

@Suite struct ParityClassifierTests {
  static let map = Circuit.secondOrderFeatureMap(Features(2))
  static let noise = NoiseModel(rules: [NoiseRule("mixing", on: .twoQubit, .depolarizing(mixing: 0.05, qubitCount: 2))])

  @Test func theRiskHasItsGoldenValuesAndSlopes() {
    let risk = EmpiricalRisk()
    for (p, value) in [(0.3, 0.9874370), (0.45, 0.7320479), (0.5, 0.5), (0.55, 0.2679521), (0.7, 0.0125630), (0, 1), (1, 0)] {
      #expect(abs(risk.value(probability: p) - value) < 1e-7)
    }
    for (p, sign, bias) in [(0.45, 1.0, 0.0), (0.6, -1, 0.2), (0.52, 1, -0.1)] {
      let step = 1e-6
      let difference =
        (risk.value(probability: p + step, sign: sign, bias: bias) - risk.value(probability: p - step, sign: sign, bias: bias))
        / (2 * step)
      #expect(abs(risk.slope(probability: p, sign: sign, bias: bias) - difference) < 1e-6 * max(1, abs(difference)))
    }
    // A sample on the border of the decision p > (1 - p) - bias is as often wrong as right, whatever its label.
    #expect(abs(risk.value(probability: 0.4, sign: 1, bias: 0.2) - 0.5) < 1e-12)
    #expect(abs(risk.value(probability: 0.6, sign: -1, bias: 0.2) - 0.5) < 1e-12)
  }

  /// Richardson's weights of 1 and 1.5 are 3 and -2, exact for what is linear in the stretch.
  @Test func mitigationTakesNoiseAway() throws {
    let points: RealMatrix = [[1, 2], [3, 0.5], [5, 4]]
    let parameters = (0..<12).map { 0.3 * Double($0) }
    var source = RandomSource(seed: 1)
    func even(_ noise: NoiseModel?, _ stretches: [Double]) throws -> [Double] {
      try ParityClassifier(featureMap: Self.map, entanglers: 2, noise: noise, stretches: stretches)
        .evenProbabilities(points, parameters: parameters, using: &source)
    }
    let (perfect, noisy) = (try even(nil, [1]), try even(Self.noise, [1]))
    let stretched = try even(Self.noise, [1.5])
    let mitigated = try even(Self.noise, [1, 1.5])
    for row in 0..<3 {
      // Four channels on all qubits: two of the map, two of the ansatz.
      #expect(abs(noisy[row] - (0.5 + .pow(0.95, 4) * (perfect[row] - 0.5))) < 1e-12)
      #expect(abs(stretched[row] - (0.5 + .pow(0.95, 6) * (perfect[row] - 0.5))) < 1e-12)
      #expect(abs(mitigated[row] - (3 * noisy[row] - 2 * stretched[row])) < 1e-12)
      #expect(abs(mitigated[row] - perfect[row]) < 0.3 * abs(noisy[row] - perfect[row]))
    }
    #expect(throws: MitigationError.self) { try ParityClassifier(featureMap: Self.map, entanglers: 1, stretches: [1, 1.5]) }
    #expect(throws: MitigationError.self) {
      try ParityClassifier(featureMap: Self.map, entanglers: 1, noise: Self.noise, stretches: [1, 1])
    }
  }

  @Test(arguments: [(false, [1.0]), (true, [1]), (true, [1, 1.5])] as [(Bool, [Double])])
  func gradientsAreDifferences(isNoisy: Bool, stretches: [Double]) throws {
    let references = try FeatureSpacesReferences.read.get()
    let rows = RealMatrix(Array(references.points[..<10]))
    let labels = Array(references.labels[..<10])
    let classifier = try ParityClassifier(
      featureMap: Self.map, entanglers: 1, noise: isNoisy ? Self.noise : nil, stretches: stretches)
    let point = (0..<8).map { 0.4 * Double($0) - 1 }
    let (value, gradient) = try classifier.riskWithGradient(rows, labels: labels, parameters: point)
    #expect(abs(value - (try classifier.exactRisk(rows, labels: labels, parameters: point))) < 1e-14)
    for index in point.indices {
      var (high, low) = (point, point)
      high[index] += 1e-5
      low[index] -= 1e-5
      let slope =
        try
        (classifier.exactRisk(rows, labels: labels, parameters: high)
        - classifier.exactRisk(rows, labels: labels, parameters: low)) / 2e-5
      #expect(abs(gradient[index] - slope) < 1e-6, "angle \(index)")
    }
  }

  @Test func bothTrainingsSeparateAdHocData() throws {
    let references = try FeatureSpacesReferences.read.get()
    var classifier = try ParityClassifier(featureMap: Self.map, entanglers: 3)
    let history = try classifier.fit(references.training, labels: references.trainingLabels, seed: 5)
    #expect(history.count == 251)
    #expect(history[250] < 0.1)
    let accuracy = try classifier.accuracy(references.test, labels: Array(references.labels[40...]), shots: 10_000, seed: 1)
    #expect(accuracy >= 0.95)
    var again = try ParityClassifier(featureMap: Self.map, entanglers: 3)
    #expect(try again.fit(references.training, labels: references.trainingLabels, seed: 5) == history)
    let start = (0..<16).map { 0.7 * Double($0 * $0 % 9) }
    let descent = try classifier.fit(
      references.training, labels: references.trainingLabels, startingAt: start, optimizer: Adam(learningRate: 0.1), iterations: 120
    )
    #expect(descent[120] < 0.1 * descent[0] + 0.02)
    #expect(try classifier.accuracy(references.test, labels: Array(references.labels[40...])) >= 0.95)
  }

  @Test func biasesStayWithinTheirLimits() throws {
    let references = try FeatureSpacesReferences.read.get()
    for rule in [ParityClassifier.BiasRule.fitted(limit: 0.5), .trained(limit: 0.5)] {
      var classifier = try ParityClassifier(featureMap: Self.map, entanglers: 0)
      try classifier.fit(
        references.training, labels: references.trainingLabels, settings: .init(iterations: 60, bias: rule), seed: 2)
      #expect(abs(classifier.bias) <= 0.5)
      guard case .fitted = rule else { continue }
      let fitted = try classifier.accuracy(references.training, labels: references.trainingLabels)
      classifier.bias = 0
      #expect(fitted >= (try classifier.accuracy(references.training, labels: references.trainingLabels)) - 0.025)
    }
    var classifier = try ParityClassifier(featureMap: Self.map, entanglers: 0)
    let error = #expect(throws: NetworkError.self) { try classifier.fit([[1, 2]], labels: [2], seed: 1) }
    #expect(error?.description == "Sample 0 has label 2. Give 0 for even and 1 for odd parity.")
  }
}
