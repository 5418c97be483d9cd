import Hilbert

// A Bell pair: each of its two qubits alone is a fair coin, together they always agree.

// The circuit, and how it looks.
let bell = Circuit(qubits: 2) {
  H(0)
  CX(0, 1)
}
print(bell)

// The state that it makes of |00>. Qubit 0 is the rightmost digit of a basis state.
let state = try bell.run()
for (index, amplitude) in state.amplitudes(.littleEndian).enumerated() {
  print("|\(BitString(index, width: 2))>  \(amplitude.real.fixed(6))")
}

// A thousand measurements. They leave the state as it is, and the seed makes them repeatable.
var source = RandomSource(seed: 7)
let counts = state.counts(shots: 1000, using: &source)
for (outcome, count) in counts.ranked { print("measured \(outcome) \(count) times") }

// How the two hang together: perfect correlations, and one bit of entanglement.
for observable in [Z(0) * Z(1), X(0) * X(1), Y(0) * Y(1)] {
  print("<\(observable)> = \(state.expectation(of: observable).fixed(6))")
}
print("entanglement entropy \(try state.entanglementEntropyInBits(of: [0]).fixed(6)) bits")
