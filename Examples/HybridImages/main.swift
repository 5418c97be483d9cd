import Hilbert

// A hybrid classifier of images: convolutions find features, four circuits of five qubits combine them, a dense layer decides.

// The data: 2000 grey images of clothes in ten classes to learn from, 500 to judge by. They are part of the binary.
let data = try DataRequest(source: "fashion-mnist-2.5k").load()

// The model. A circuit takes five features as angles and has three layers of trained rotations; the mean of Y on each qubit is
// what the next layer sees.
let circuit = Circuit.angleEncoding(Features(5), axis: .x) + .stronglyEntangling(qubits: 5, layers: 3)
let means = Expectation(of: Y(0), Y(1), Y(2), Y(3), Y(4), after: circuit, precision: .float)
var random = RandomSource(seed: 1)
let model = Sequential<Float>([
  Conv2D(channels: 1, filters: 8, kernel: 5, padding: 2, random: &random), BatchNorm(channels: 8), Activation(.relu),
  MaxPool2D(window: 2),
  Conv2D(channels: 8, filters: 16, kernel: 3, padding: 1, random: &random), BatchNorm(channels: 16), Activation(.relu),
  MaxPool2D(window: 2),
  Flatten(), Dense(inputs: 16 * 7 * 7, outputs: 4 * 5, random: &random),
  QuantumLayer(means, groups: 4, random: &random),
  Dense(inputs: 4 * 5, outputs: 10, random: &random),
])
print("\(model.parameterCount) weights, \(4 * circuit.parameterCount) of them angles of circuits")

// The run: a few passes over the images, the learning rate first rising, then falling.
var trainer = Trainer(
  model: model, optimizer: Adam(learningRate: 0.005), loss: .crossEntropy(),
  settings: TrainingSettings(epochs: 4, batchSize: 50, seed: 1, schedule: .oneCycle))
let test: Samples<Float> = try data.test.samples()
try trainer.fit(data.training.samples(), validation: test) { event in
  if case .epoch(let metrics) = event {
    print("epoch \(metrics.epoch): loss \(metrics.trainingLoss.fixed(3)), test accuracy \(metrics.validationAccuracy!.fixed(3))")
  }
  return .proceed
}

// The report: how many images of each class are recognised.
let guesses = try trainer.model.outputs(for: test.inputs).argmaxOfLastAxis()
let recall = data.test.classNames.enumerated().map { label, name in
  let images = data.test.labels.indices.filter { data.test.labels[$0] == label }
  return [name, (Double(images.count { guesses[$0] == label }) / Double(images.count)).fixed(2)]
}
print(Table(columns: ["class", "recall"], rows: recall).text)
