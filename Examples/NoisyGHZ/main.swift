import Hilbert

// How fast the coherence of a GHZ state decays with its size on a device, and which way of running each size is the cheapest.

// The circuit: one Hadamard gate, then a chain of CX gates. Without noise <X...X> is 1 for every size.
func chain(_ qubits: Int) -> Circuit {
  Circuit(qubits: qubits) {
    H(0)
    for qubit in 1..<qubits { CX(qubit - 1, qubit) }
  }
}
func coherence(_ qubits: Int) -> PauliSum { PauliSum(1, PauliWord((0..<qubits).map { X($0) })) }

// The runs: a chain of transmons with errors of gates and relaxation while qubits wait.
var source = RandomSource(seed: 1)
var rows: [[String]] = []
for qubits in [2, 4, 6, 8, 12, 16] {
  var device = NoiseModel.transmonChain(qubits: qubits)
  device.readout = nil
  let simulation = try Simulation(
    of: coherence(qubits), after: chain(qubits), under: device, sampling: .states(trajectories: 200))
  let value = try simulation.run(using: &source).estimates[0][0]
  rows.append([
    "\(qubits)", simulation.method.rawValue, value.value.fixed(3), simulation.isExact ? "exact" : value.standardError.fixed(3),
    "\((simulation.report!.duration / 1000).fixed(2)) us",
  ])
}
print(Table(columns: ["qubits", "run as", "<X...X>", "standard error", "circuit takes"], rows: rows).text, "", separator: "\n")

// What the model did to the largest circuit, and the two outcomes that should be all there is in 1000 shots of four qubits.
print(try NoiseModel.transmonChain(qubits: 16).applied(to: chain(16)).report, "", separator: "\n")
let (result, _) = try chain(4).run(shots: 1000, under: .transmonChain(qubits: 4), using: &source)
let right = result.counts["0000"] + result.counts["1111"]
print(
  "of 1000 shots \(result.counts["0000"]) are 0000, \(result.counts["1111"]) are 1111, \(1000 - right) are wrong (\(result.method))"
)
