import Hilbert

let x = Features(2), w = Parameters(4)
let circuit = Circuit(qubits: 2) {
  RY(.pi * x[0], 0); RY(.pi * x[1], 1)
  for layer in 0..<2 { CX(1, 0); RY(w[2 * layer], 0); RY(w[2 * layer + 1], 1) }
}
let model = Expectation(of: Z(0), after: circuit)
let bits = RealMatrix(rows: 4, columns: 2, elements: [0, 0, 0, 1, 1, 0, 1, 1]), parity = [1.0, -1, -1, 1]
var weights = [0.5, 0.6, 0.7, 0.8]
for _ in 0..<60 {
  let (_, gradient) = try model.valueWithGradient(features: bits, parameters: weights) { $2[0] = $1[0] - parity[$0] }
  for k in weights.indices { weights[k] -= 0.3 * gradient.parameters[k] }
}
print(circuit, try model.values(features: bits, parameters: weights).elements.map { $0 < 0 ? 1 : 0 }, separator: "\n")
