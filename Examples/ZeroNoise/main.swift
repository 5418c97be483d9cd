import Hilbert

// The ground state energy of four spins, found by a noisy device and corrected by extrapolation to zero noise.

// The problem: a transverse-field Ising chain, and its exact ground state energy for comparison.
let energy = try PauliSum("-1 Z0 Z1 - Z1 Z2 - Z2 Z3 - X0 - X1 - X2 - X3")
let exact = try energy.matrix(qubits: 4).hermitianEigen().values[0]

// The ansatz on a device whose gates err: a parity error after every gate, stronger after two-qubit gates.
let w = Parameters(12)
let ansatz = Circuit(qubits: 4) {
  for qubit in 0..<4 { H(qubit) }
  for layer in 0..<3 {
    for qubit in 0..<3 { RZZ(w[4 * layer], qubit, qubit + 1) }
    for qubit in 0..<4 { RX(w[4 * layer + 1], qubit) }
    RZ(w[4 * layer + 2], 0); RZ(w[4 * layer + 2], 3); RY(w[4 * layer + 3], 1); RY(w[4 * layer + 3], 2)
  }
}
let device = NoiseModel(rules: [
  NoiseRule("one-qubit error", on: .oneQubit, .depolarizing(errorProbability: 5e-4)),
  NoiseRule("two-qubit error", on: .twoQubit, .depolarizing(errorProbability: 5e-3, qubitCount: 2)),
])
let noisy = try device.applied(to: ansatz).circuit

// The run: gradient descent on the noisy energy, with exact gradients through the noise.
var angles = w.map { _ in 0.2 }
let model = Expectation(of: energy, after: noisy)
for _ in 0..<300 {
  let gradient = try model.valueWithGradient(parameters: angles).gradient.parameters
  angles = zip(angles, gradient).map { $0 - 0.03 * $1 }
}

// The report: the same state with its noise as it is, doubled and tripled, measured with shots, then continued to none.
let trained = noisy.bound(parameters: angles)
var source = RandomSource(seed: 1)
let points = try [1, 2, 3].map { times in
  let stretched = trained.stretchingChannels(times: times)
  let simulation = try Simulation(of: energy, after: stretched, sampling: .shots(200_000))
  return ScaledEstimate(scale: Double(times), try simulation.run(using: &source).estimates[0][0])
}
var rows = points.map { ["noise x \(Int($0.scale))", $0.estimate.value.fixed(3), $0.estimate.standardError.fixed(3)] }
for (name, fit) in [("linear fit", Extrapolation.linear), ("Richardson", .richardson), ("exponential", .exponential(asymptote: 0))]
{
  let value = try fit.value(atZero: points)
  rows.append([name, value.value.fixed(3), value.standardError.fixed(3)])
}
let ideal = try Expectation(of: energy, after: ansatz).values(parameters: angles)[0, 0]
rows += [["without noise", ideal.fixed(3), "-"], ["ground state", exact.fixed(3), "-"]]
print(Table(columns: ["energy", "value", "standard error"], rows: rows).text)
