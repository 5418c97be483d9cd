import Hilbert

// The kernel of a quantum feature map and a support vector machine on it: exact, of shots, and through noise, beside a classical
// kernel.

// The data: points in a square whose labels are the parity of the very state that the feature map makes of them, rotated at random.
let problem = AdHocProblem(seed: 1, gap: 0.3)
let training = try problem.samples(perClass: 20, draw: 0), test = try problem.samples(perClass: 20, draw: 1)

// The model: any circuit with features is a feature map. A kernel compares two samples by the states that it makes of them.
let map = Circuit.secondOrderFeatureMap(Features(2))
let device = NoiseModel(rules: [NoiseRule("error", on: .twoQubit, .depolarizing(errorProbability: 0.02, qubitCount: 2))])
let kernels: [(name: String, kernel: any Kernel)] = [
  ("exact", try FidelityKernel(featureMap: map)),
  ("1000 shots", try MeasuredKernel(featureMap: map, shots: 1000, seed: 1)),
  ("noise and 1000 shots", try MeasuredKernel(featureMap: map, noise: device, shots: 1000, seed: 1)),
  ("Gaussian", ClassicalKernel.gaussian(inverseWidth: 1)),
]

// The run: a Gram matrix for each kernel; shots may leave small negative eigenvalues, which are clipped. C is chosen by
// cross-validation on the training points.
let validation = CrossValidation(labels: training.labels, folds: 5, seed: 1)
for (name, kernel) in kernels {
  let gram = try kernel.gramMatrix(training.matrix).repaired(by: .clip)
  let choice = try validation.best(grams: [gram], labels: training.labels)
  let machine = try SupportVectorClassifier(gram: gram, labels: training.labels, regularization: choice.regularization)
  let accuracy = try machine.accuracy(kernel.matrix(test.matrix, against: training.matrix), labels: test.labels)
  print("\(name): \(machine.machines[0].supportVectors.count) support vectors, test accuracy \(accuracy.fixed(3))")
}

// The report: what the Gram matrix says about its kernel before any machine is trained.
let gram = try kernels[0].kernel.gramMatrix(training.matrix), gaussian = try kernels[3].kernel.gramMatrix(training.matrix)
print("variance off the diagonal \(gram.offDiagonalSpread.variance.fixed(4)), \(gram.effectiveDimension.fixed(1)) directions")
let difference = try gaussian.geometricDifference(from: gram, penalty: 0.01)
print(
  "geometric difference from the Gaussian \(difference.fixed(2)), at most \(40.0.squareRoot().fixed(2)) would make data hard for it"
)
