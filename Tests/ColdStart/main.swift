import Hilbert

// What DistributionTests times from the start of the process to its end: one circuit of four qubits with its gradient.
let circuit = Circuit.stronglyEntangling(qubits: 4, layers: 2)
let model = Expectation(of: Z(0) * Z(3) + 0.5 * X(1), after: circuit)
var source = RandomSource(seed: 1)
let angles = (0..<circuit.parameterCount).map { _ in source.uniform(in: 0..<2 * .pi) }
let (values, gradient) = try model.valueWithGradient(parameters: angles)
for number in [values[0, 0]] + gradient.parameters { print(number) }
