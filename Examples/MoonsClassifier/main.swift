import Hilbert

// A circuit of two qubits learns to tell two interleaved half moons apart, and draws where it sees the border.

// The data: 200 points to learn from, 200 held out.
let moons = Dataset.moons(count: 400, noise: 0.15, seed: 1).divided(testFraction: 0.5, seed: 1)
let (training, test) = (moons.training, moons.test)

// The model: every layer turns the qubits by the coordinates, then by trained angles, and entangles them. The more layers, the
// finer the border can be. One observable is the score of one class.
let x = Features(2), w = Parameters(4 * 6)
let circuit = Circuit(qubits: 2) {
  for layer in 0..<4 {
    RX(x[0], 0); RX(x[1], 1)
    Circuit.stronglyEntangling(qubits: 2, layers: 1, parameters: w[6 * layer..<6 * (layer + 1)])
  }
}
var classifier = VariationalClassifier(circuit, observables: [Z(0), Z(1)], seed: 1)
print("\(circuit.parameterCount) angles, \(circuit.operationCount) gates")

// The run.
let settings = TrainingSettings(epochs: 40, batchSize: 20, seed: 1)
let history = try classifier.fit(training.matrix, labels: training.labels, settings: settings)
for metrics in history where metrics.epoch % 10 == 0 {
  print("epoch \(metrics.epoch): loss \(metrics.trainingLoss.fixed(3)), accuracy \(metrics.trainingAccuracy!.fixed(3))")
}

// The report: accuracy on the points held out, and a picture of them over the classifier's regions.
let places = test.matrix
print("test accuracy \(try classifier.accuracy(places, labels: test.labels).fixed(3))")
let figure = try DecisionRegions(
  title: "Two moons, two qubits", xLabel: "x", yLabel: "y", xRange: -1.6...2.6, yRange: -1.2...1.7, classes: test.classNames,
  points: test.labels.enumerated().map { .init(x: places[$0, 0], y: places[$0, 1], label: $1) }
) { try classifier.probabilities(RealMatrix($0)).column(1) }
do {
  try Gnuplot().draw(figure, to: "moons")
  print("drew moons.svg and moons.png")
} catch {
  print("no picture: \(error)")
}
