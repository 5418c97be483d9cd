"""Counts of exported benchmark circuits by an independent simulator (qiskit.quantum_info density matrices, qiskit_qasm3_import).

    hilbert benchmark fidelity export rb --qubits 2 --lengths 1,4,10,20 --circuits 6 --shots 200 --seed 3 --output rb
    hilbert benchmark fidelity export ghz --qubits 3 --shots 2000 --seed 3 --output ghz
    hilbert benchmark fidelity export volume --qubits 3 --circuits 20 --shots 200 --seed 3 --output volume
    hilbert benchmark fidelity export xeb --qubits 3 --depths 2,5,10 --circuits 6 --shots 500 --seed 3 --output xeb
    python fidelity_counts.py rb ghz volume xeb

writes fidelity-rb-counts.json and so on. After each gate the gate's qubits have depolarizing noise with the error probability ONE or
TWO; outcomes are drawn by numpy.
"""
import itertools, json, pathlib, sys
import numpy as np
from qiskit import qasm3
from qiskit.quantum_info import DensityMatrix, Kraus, Operator, Pauli

ONE, TWO = 0.002, 0.01


def depolarizing(count, probability):
    labels = ["".join(label) for label in itertools.product("IXYZ", repeat=count)]
    weights = [1 - probability if set(l) == {"I"} else probability / (4**count - 1) for l in labels]
    return Kraus([np.sqrt(w) * Pauli(l).to_matrix() for w, l in zip(weights, labels)])


NOISE = {1: depolarizing(1, ONE), 2: depolarizing(2, TWO)}


def probabilities(circuit):
    state = DensityMatrix.from_label("0" * circuit.num_qubits)
    for step in circuit.data:
        if step.operation.name in ("barrier", "measure"):
            continue
        qubits = [circuit.find_bit(q).index for q in step.qubits]
        state = state.evolve(Operator(step.operation), qubits).evolve(NOISE[len(qubits)], qubits)
    measured = {circuit.find_bit(s.qubits[0]).index: circuit.find_bit(s.clbits[0]).index for s in circuit.data if s.operation.name == "measure"}
    assert measured == {q: q for q in range(circuit.num_qubits)}
    return state.probabilities()


random = np.random.default_rng(5)
for folder in sys.argv[1:]:
    manifest = json.loads((pathlib.Path(folder) / "manifest.json").read_text())
    counts = {}
    for name in manifest["circuits"]:
        circuit = qasm3.loads((pathlib.Path(folder) / "circuits" / f"{name}.qasm").read_text())
        p = probabilities(circuit)
        drawn = random.multinomial(manifest["shots"], p / p.sum())
        counts[name] = {format(i, f"0{manifest['bits']}b"): int(n) for i, n in enumerate(drawn) if n}
    target = pathlib.Path(__file__).parent / f"fidelity-{pathlib.Path(folder).name}-counts.json"
    target.write_text("{\n" + ",\n".join(f"{json.dumps(n)}: {json.dumps(c)}" for n, c in counts.items()) + "\n}\n")
