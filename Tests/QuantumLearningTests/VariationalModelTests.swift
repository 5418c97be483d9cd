import LinearAlgebra
import NeuralNetworks
import QuantumCircuits
import QuantumLearning
import QuantumStates
import Randomness
import Testing

@Suite struct VariationalModelTests {
  /// Points on two rings around the origin, alternately inner (class 0) and outer (class 1).
  private static func rings(_ count: Int, seed: UInt64) -> (features: RealMatrix, labels: [Int]) {
    var random = RandomSource(seed: seed)
    let labels = (0..<count).map { $0 % 2 }
    let points = labels.flatMap { label -> [Double] in
      let (radius, angle) = ((label == 0 ? 0.4 : 1.0) + 0.05 * random.normal(), random.uniform(in: 0..<2 * Double.pi))
      return [radius * .cos(angle), radius * .sin(angle)]
    }
    return (RealMatrix(rows: count, columns: 2, elements: points), labels)
  }

  /// Data re-uploading on two qubits.
  private static let circuit: Circuit = {
    var circuit = Circuit(qubits: 2)
    for layer in 0..<3 {
      for q in 0..<2 {
        circuit.append(RY(.parameter(8 * layer + 4 * q) + .feature(0) * .parameter(8 * layer + 4 * q + 1), q))
        circuit.append(RZ(.parameter(8 * layer + 4 * q + 2) + .feature(1) * .parameter(8 * layer + 4 * q + 3), q))
      }
      circuit.append(CZ(0, 1))
    }
    for q in 0..<2 { circuit.append(RY(.parameter(24 + q), q)) }
    return circuit
  }()

  @Test("A classifier tells rings apart that no straight line divides")
  func classifier() throws {
    let (training, test) = (Self.rings(120, seed: 1), Self.rings(200, seed: 2))
    var classifier = VariationalClassifier(Self.circuit, observables: [Z(0), Z(1)], seed: 3)
    let history = try classifier.fit(
      training.features, labels: training.labels, settings: TrainingSettings(epochs: 40, batchSize: 20, seed: 5))
    #expect(history.count == 40)
    #expect(history[39].trainingLoss < history[0].trainingLoss / 3)
    #expect(try classifier.accuracy(test.features, labels: test.labels) >= 0.95)
    let probabilities = try classifier.probabilities(test.features)
    let predicted = try classifier.predict(test.features)
    for row in 0..<probabilities.rows {
      #expect(abs(probabilities[row, 0] + probabilities[row, 1] - 1) < 1e-12)
      #expect((probabilities[row, 1] > probabilities[row, 0]) == (predicted[row] == 1))
    }
  }

  @Test("Equal seeds give equal models, other seeds others")
  func seeds() throws {
    let data = Self.rings(40, seed: 1)
    func trained(_ seed: UInt64) throws -> [Double] {
      var classifier = VariationalClassifier(Self.circuit, observables: [Z(0), Z(1)], seed: seed)
      try classifier.fit(data.features, labels: data.labels, settings: TrainingSettings(epochs: 2, batchSize: 16, seed: seed))
      return classifier.network.parameterVector
    }
    #expect(try trained(1) == trained(1))
    #expect(try trained(1) != trained(2))
  }

  @Test("Training goes on from given parameters")
  func startingParameters() throws {
    let start = (0..<26).map { 0.1 * Double($0) }
    let classifier = VariationalClassifier(Self.circuit, observables: [Z(0), Z(1)], startingAt: start)
    #expect(Array(classifier.network.parameterVector.prefix(26)) == start)
    let data = Self.rings(6, seed: 1)
    let means = try Expectation(of: Z(0), Z(1), after: Self.circuit).values(features: data.features, parameters: start)
    let scores = try classifier.probabilities(data.features)
    for row in 0..<6 {
      #expect(abs(Double.log(scores[row, 0] / scores[row, 1]) - 3 * (means[row, 0] - means[row, 1])) < 1e-12)
    }
  }

  @Test("A regressor follows a sine")
  func regressor() throws {
    let x = (0..<40).map { -3 + 6 * Double($0) / 39 }
    let features = RealMatrix(rows: 40, columns: 1, elements: x)
    let targets = RealMatrix(rows: 40, columns: 1, elements: x.map { 2 * .sin($0) + 0.5 })
    var circuit = Circuit(qubits: 1)
    for layer in 0..<2 {
      circuit.append(RX(.feature(0), 0))
      circuit.append(RZ(.parameter(2 * layer), 0))
      circuit.append(RY(.parameter(2 * layer + 1), 0))
    }
    var regressor = VariationalRegressor(circuit, observables: [Z(0)], seed: 1)
    try regressor.fit(features, targets: targets, settings: TrainingSettings(epochs: 150, batchSize: 40))
    let predictions = try regressor.predict(features)
    let error = zip(predictions.elements, targets.elements).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / 40
    #expect(error < 1e-3)
  }

  @Test("A label out of range is refused with the sample and what to do")
  func labelOutOfRange() {
    let data = Self.rings(4, seed: 1)
    var classifier = VariationalClassifier(Self.circuit, observables: [Z(0), Z(1)], seed: 1)
    let error = #expect(throws: NetworkError.self) { try classifier.fit(data.features, labels: [0, 1, 2, 0]) }
    #expect(error?.description == "Sample 2 has label 2, the classifier has 2 classes. Give labels from 0 to 1.")
  }
}
