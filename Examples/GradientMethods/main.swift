import Hilbert

// One gradient by five methods: what each costs, and how well they agree.

// The circuit: four qubits in two layers; the first angle of a layer turns a single qubit and, shared, a pair as well.
let w = Parameters(8)
let circuit = Circuit(qubits: 4) {
  for layer in 0..<2 {
    for qubit in 0..<4 { RY(w[4 * layer + qubit], qubit) }
    for qubit in 0..<3 { CX(qubit, qubit + 1) }
    RZZ(w[4 * layer], 0, 3)
  }
}
let energy = Expectation(of: X(0) * X(1) + 0.5 * Z(2) - Z(3), after: circuit)
var source = RandomSource(seed: 1)
let angles = w.map { _ in source.uniform(in: 0..<2 * .pi) }

// The methods, timed one after the other.
let methods: [GradientMethod] = [
  .adjoint, .twoTermShift, .generalShift, .finiteDifferences(step: 1e-5), .spsa(draws: 1000, seed: 1),
]
let clock = ContinuousClock()
let runs = try methods.map { method in
  let start = clock.now
  let gradient = try energy.valueWithGradient(parameters: angles, method: method).gradient
  return (gradient: gradient, time: clock.now - start)
}

// The report: what each method costs and how far it is from the adjoint gradient.
let exact = runs[0].gradient.parameters
let costs = runs.map { gradient, time in
  let error = zip(gradient.parameters, exact).map { abs($0 - $1) }.max()!
  return ["\(gradient.method)", "\(gradient.evaluations)", "\((time / .milliseconds(1)).fixed(3)) ms", error.fixed(9)]
}
print(circuit, "", Table(columns: ["method", "circuit runs", "time", "largest error"], rows: costs).text, "", separator: "\n")

// SPSA is a random estimate: it comes with the standard error of each number.
let estimate = runs[4].gradient
let comparison = exact.indices.map { k in
  let error = estimate.standardErrors![k]
  return [
    "w[\(k)]", exact[k].fixed(4), estimate.parameters[k].fixed(4), error.fixed(4),
    ((estimate.parameters[k] - exact[k]) / error).fixed(1),
  ]
}
print(Table(columns: ["angle", "adjoint", "SPSA", "standard error", "standard errors off"], rows: comparison).text)

// A controlled rotation has two frequencies. The two-term rule would be wrong there, so it is refused.
let turned = Circuit(qubits: 2) {
  H(0)
  CRY(w[0], 0, 1)
}
do {
  _ = try Expectation(of: Z(1), after: turned).valueWithGradient(parameters: [0.3], method: .twoTermShift)
} catch {
  print("", error, separator: "\n")
}
