import Hilbert

// A layer of one's own: a residual block whose branch is a quantum circuit, and a gate that learns how much of it to let through.

/// y = x + gate * <O(x)>, the circuit's means added to its inputs.
struct QuantumResidual: Layer {
  var branch: QuantumLayer<Double>
  var gate = Tensor<Double>(shape: [1], repeating: 0)

  /// What comes out has the shape of what goes in; the branch refuses inputs that do not fit its circuit.
  func outputShape(for inputShape: [Int]) throws(NetworkError) -> [Int] { try branch.outputShape(for: inputShape) }

  /// Operations on variables go on the tape, which finds the gradient of all of them, the circuit's included.
  func forward(_ input: Variable<Double>, in pass: ForwardPass<Double>) throws -> Variable<Double> {
    input + pass.parameter("gate", gate) * (try branch.forward(input, in: pass.entering("branch")))
  }

  /// Every tensor under its name: counting, training, saving and loading all go through here.
  mutating func visitTensors(_ visit: TensorVisitor<Double>) rethrows {
    try visit("gate", .parameter, &gate)
    try branch.visitTensors { try visit("branch.\($0)", $1, &$2) }
  }
}

// The data: a circle inside another, which no straight line divides.
let circles = Dataset.circles(count: 400, noise: 0.1, seed: 1).divided(testFraction: 0.5, seed: 1)
let (training, test): (Samples<Double>, Samples<Double>) = try (circles.training.samples(), circles.test.samples())

// The model: linear without the block.
var random = RandomSource(seed: 1)
let circuit = Circuit.angleEncoding(Features(4)) + .stronglyEntangling(qubits: 4, layers: 2)
let block = QuantumResidual(branch: QuantumLayer(Expectation(of: Z(0), Z(1), Z(2), Z(3), after: circuit), random: &random))
let (first, last) = (Dense<Double>(inputs: 2, outputs: 4, random: &random), Dense<Double>(inputs: 4, outputs: 2, random: &random))
let models: KeyValuePairs = [
  "without the block": Sequential<Double>([first, last]), "with the block": Sequential<Double>([first, block, last]),
]

// The run, and the report: what the block is good for.
for (name, model) in models {
  var trainer = Trainer(
    model: model, optimizer: Adam(learningRate: 0.05), loss: .crossEntropy(),
    settings: TrainingSettings(epochs: 20, batchSize: 20, seed: 1))
  try trainer.fit(training)
  let result = try trainer.model.evaluate(on: test, loss: trainer.loss)
  print("\(name): \(model.parameterCount) weights, test accuracy \(result.accuracy!.fixed(3))")
  if let gate = trainer.model.tensors["1.gate"] { print("the gate has opened from 0 to \(gate.scalar.fixed(2))") }
}
