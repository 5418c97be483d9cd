import Hilbert

// A classifier that will run on a noisy device, trained once without its noise and once through it.

// The data: two interleaved half moons, 100 points to learn from and 200 held out.
let moons = Dataset.moons(count: 300, noise: 0.1, seed: 1).divided(testFraction: 2.0 / 3, seed: 1)
let (training, test) = (moons.training, moons.test)

// The model: every layer turns the qubits by the coordinates and by trained angles. The device damps and flips after every gate.
let x = Features(2), w = Parameters(3 * 6)
let clean = Circuit(qubits: 2) {
  for layer in 0..<3 {
    RX(x[0], 0); RX(x[1], 1)
    Circuit.stronglyEntangling(qubits: 2, layers: 1, parameters: w[6 * layer..<6 * (layer + 1)])
  }
}
let device = NoiseModel(rules: [
  NoiseRule("decay", effect: .channel(.amplitudeDamping(0.05))),
  NoiseRule("errors of pairs", on: .twoQubit, .depolarizing(errorProbability: 0.05, qubitCount: 2)),
])
let applied = try device.applied(to: clean)
print(applied.report)

// The runs: the same angles to begin with, the same data, the same number of steps.
func trained(_ circuit: Circuit) throws -> VariationalClassifier {
  var classifier = VariationalClassifier(circuit, observables: [Z(0), Z(1)], seed: 1)
  try classifier.fit(training.matrix, labels: training.labels, settings: TrainingSettings(epochs: 40, batchSize: 20, seed: 1))
  return classifier
}
let withoutNoise = try trained(clean)
let throughNoise = try trained(applied.circuit)

// The report: the first has to be moved to the device, with its angles and its head; the second was made there.
let moved = try withoutNoise.running(applied.circuit)
func row(_ name: String, _ classifier: VariationalClassifier) throws -> [String] {
  let accuracy = try classifier.accuracy(test.matrix, labels: test.labels)
  let likelihood = try classifier.probabilities(test.matrix)
  let losses = test.labels.enumerated().map { -Double.log(likelihood[$0, $1]) }
  return [name, accuracy.fixed(3), (losses.reduce(0, +) / Double(losses.count)).fixed(3)]
}
let rows = try [
  row("trained and run without noise", withoutNoise), row("trained without, run with noise", moved),
  row("trained through its noise", throughNoise),
]
print(Table(columns: ["classifier", "test accuracy", "test loss"], rows: rows).text)
