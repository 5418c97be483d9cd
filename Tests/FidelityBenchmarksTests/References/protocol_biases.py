"""What protocols read under coherent errors and under amplitude damping, beside what is true of the circuits that they ran.

    python protocol_biases.py HILBERT

runs each protocol with its default settings and seed 1 under Examples/NoiseModels/over-rotations.yaml and damping.yaml, exports the same
circuits, works the truth out from their gates with numpy (superoperators, qiskit_qasm3_import reads the files), writes protocol_biases.json
and prints the table of Documentation/FidelityBenchmarks.md.
"""
import itertools, json, pathlib, subprocess, sys, tempfile
import numpy as np
from qiskit import qasm3
from qiskit.quantum_info import Operator

HERE = pathlib.Path(__file__).resolve().parent
MODELS = HERE.parents[2] / "Examples" / "NoiseModels"
BELL = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[2] q;\nh q[0];\ncx q[0], q[1];\n'
CX = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[2] q;\ncx q[0], q[1];\n'


def turn(pauli, angle):
    return [np.cos(angle / 2) * np.eye(2) - 1j * np.sin(angle / 2) * pauli]


def damping(gamma):
    return [np.diag([1, np.sqrt(1 - gamma)]), np.array([[0, np.sqrt(gamma)], [0, 0]])]


X, Z = np.array([[0, 1], [1, 0]]), np.diag([1, -1])
NOISE = {"over-rotations": {1: turn(X, 0.06), 2: turn(Z, 0.08)}, "damping": {1: damping(0.003), 2: damping(0.01)}}


def whole(matrix, qubits, count):
    """A matrix on some qubits, the first listed lowest, as one on all, qubit 0 lowest."""
    result = np.zeros((2**count, 2**count), complex)
    rest = [q for q in range(count) if q not in qubits]
    for high in itertools.product((0, 1), repeat=len(rest)):
        base = sum(b << q for b, q in zip(high, rest))
        places = [base + sum((k >> i & 1) << q for i, q in enumerate(qubits)) for k in range(2 ** len(qubits))]
        result[np.ix_(places, places)] = matrix
    return result


def superoperator(kraus):
    return sum(np.kron(k, k.conj()) for k in kraus)


class Circuit:
    """The pieces of an exported circuit between barriers, each with its unitary and its noisy superoperator."""

    def __init__(self, path, kind):
        circuit = qasm3.loads(path.read_text())
        self.count, self.kind, self.pieces = circuit.num_qubits, kind, [[]]
        for step in circuit.data:
            if step.operation.name == "barrier":
                self.pieces.append([])
            elif step.operation.name != "measure":
                qubits = [circuit.find_bit(q).index for q in step.qubits]
                self.pieces[-1].append((Operator(step.operation).data, qubits))

    def channel(self, pieces):
        size = 2**self.count
        unitary, noisy = np.eye(size, dtype=complex), np.eye(size * size, dtype=complex)
        for matrix, qubits in itertools.chain(*pieces):
            gate = whole(matrix, qubits, self.count)
            unitary, noisy = gate @ unitary, superoperator([gate]) @ noisy
            for q in qubits:
                noisy = superoperator([whole(k, [q], self.count) for k in NOISE[self.kind][len(qubits)]]) @ noisy
        return unitary, noisy

    def infidelity(self, pieces):
        """1 less the process fidelity."""
        unitary, noisy = self.channel(pieces)
        return 1 - np.trace(superoperator([unitary]).conj().T @ noisy).real / 4**self.count

    def state(self, pieces):
        """The state without errors, and the density matrix with them."""
        unitary, noisy = self.channel(pieces)
        size = 2**self.count
        start = np.zeros(size * size, complex)
        start[0] = 1
        return unitary[:, 0], (noisy @ start).reshape(size, size)


def fidelity(circuit):
    ideal, rho = circuit.state(circuit.pieces[:1])
    return (ideal.conj() @ rho @ ideal).real


def unitarity(circuit):
    """Of each piece: the mean square length of what X, Y and Z become, without what is added to the identity."""
    values = []
    paulis = [X, np.array([[0, -1j], [1j, 0]]), Z]
    for piece in circuit.pieces[:-1]:
        noisy = circuit.channel([piece])[1]
        images = [(noisy @ p.reshape(4)).reshape(2, 2) for p in paulis]
        values.append(sum(np.trace(p @ image).real ** 2 / 4 for p in paulis for image in images) / 3)
    return np.mean(values)


def mean(function, circuits):
    return float(np.mean([function(c) for c in circuits]))


def per_piece(first, last, width=1, scale=1):
    """The mean error of pieces, `width` of them together, the first and the last ones left out."""

    def value(circuit):
        pieces = circuit.pieces[first : len(circuit.pieces) - last]
        return scale * np.mean([circuit.infidelity(pieces[k : k + width]) for k in range(0, len(pieces) - width + 1, width)])

    return value


def transfer(channel, count):
    """The Pauli transfer matrix of a superoperator."""
    words = [np.eye(1)]
    for _ in range(count):
        words = [np.kron(a, b) for a in words for b in (np.eye(2), X, np.array([[0, -1j], [1j, 0]]), Z)]
    basis = np.array([w.reshape(-1) for w in words]) / np.sqrt(2**count)
    return (basis.conj() @ channel @ basis.T).real


def decay(circuits, first, last, dimension_factor, width=1):
    """The error that a decay over random pieces shows in theory: the largest eigenvalue of the mean of R x U, U what a piece does to
    words other than the identity and R what it does with errors. (Proctor, Rudinger, Young, Sarovar, Blume-Kohout, 2017.)"""
    total, number = 0, 0
    for circuit in circuits:
        pieces = circuit.pieces[first : len(circuit.pieces) - last]
        for place in range(0, len(pieces) - width + 1, width):
            unitary, noisy = circuit.channel(pieces[place : place + width])
            ideal = transfer(superoperator([unitary]), circuit.count)[1:, 1:]
            total, number = total + np.kron(transfer(noisy, circuit.count), ideal), number + 1
    return float(dimension_factor * (1 - max(abs(np.linalg.eigvals(total / number)))))


# The pieces of protocols whose layers follow each other without anything between.
DECAYS = {("rb", ""): (0, 1, 1 / 2), ("direct", ""): (1, 1, 15 / 16), ("xeb", ""): (0, 1, 15 / 16),
          ("layer-fidelity", "--qubits 2"): (0, 1, 15 / 16, 2)}


def names(prefix, counts):
    return [f"{prefix}-{k}" for k in range(counts)]


def mirrored(circuit):
    """Layers with the Pauli gates before them; those in the middle stand alone."""
    inner = circuit.pieces[1:-2]
    half = (len(inner) - 1) // 2
    return np.mean([circuit.infidelity([p]) for p in inner[:half]])


def of_gate(kind, count):
    single = superoperator(NOISE[kind][count])
    f = np.trace(single).real / 4
    return f if count == 1 else f * f


# Protocol, its options, the estimate, the circuits that say what is true, and how.
ROWS = [
    ("rb", "", "error per Clifford", names("rb-64", 10), per_piece(0, 1, scale=2 / 3)),
    ("rb", "--interleaved x", "error of x", None, lambda kind: 2 / 3 * (1 - of_gate(kind, 1))),
    ("unitarity", "", "unitarity", [f"unitarity-64-{k}-0-X" for k in range(10)], unitarity),
    ("mirror", "--qubits 2", "error per layer", names("mirror-64", 20), mirrored),
    ("direct", "", "error per layer", names("direct-64", 20), per_piece(1, 1)),
    ("xeb", "", "error per cycle", names("xeb-32", 20), per_piece(0, 1)),
    ("layer-fidelity", "--qubits 2", "error per layered gate", names("layer-0-64", 10), per_piece(0, 1, width=2)),
    ("cycle", "cx.qasm", "process fidelity", [f"cycle-{w}-32-{k}" for w in range(15) for k in range(2)],
     lambda c: 1 - per_piece(1, 2, width=2)(c)),
    ("ghz", "", "fidelity", ["ghz-populations"], fidelity),
    ("w", "", "fidelity", ["w-populations"], fidelity),
    ("bell", "", "fidelity", ["bell-zz"], fidelity),
    ("tomography", "bell.qasm", "fidelity", ["tomography-ZZ"], fidelity),
    ("direct-fidelity", "bell.qasm", "fidelity", ["direct-fidelity-0"], fidelity),
    ("purity", "bell.qasm", "purity", None, None),
    ("process-tomography", "cx.qasm", "process fidelity", None, lambda kind: of_gate(kind, 2)),
    ("gst", "", "process fidelity of sx", None, lambda kind: of_gate(kind, 1)),
]


def main(hilbert):
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "bell.qasm").write_text(BELL)
        (folder / "cx.qasm").write_text(CX)

        def run(*words):
            command = [hilbert, "benchmark", "fidelity", *words, "--seed", "1", "--quiet"]
            return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout

        for place, (word, options, name, circuits, truth) in enumerate(ROWS):
            out = f"export-{place}"
            if circuits or word == "purity":
                run("export", word, *options.split(), "--output", out)
            for kind in NOISE:
                text = run(word, *options.split(), "--noise", str(MODELS / f"{kind}.yaml"), "--output", f"{kind}-{place}", "--format", "json")
                estimate = next(e for e in json.loads(text)["estimates"] if e["name"] == name)
                if word == "purity":
                    # One of the two copies, and none of the gates that measure.
                    copy = Circuit(folder / out / "circuits" / "purity.qasm", kind)
                    copy.count = 2
                    _, rho = copy.state([[step for step in copy.pieces[0] if max(step[1]) < 2]])
                    exact = np.trace(rho @ rho).real
                elif circuits:
                    exact = mean(truth, [Circuit(folder / out / "circuits" / f"{c}.qasm", kind) for c in circuits])
                else:
                    exact = truth(kind)
                read = [Circuit(folder / out / "circuits" / f"{c}.qasm", kind) for c in circuits or []]
                theory = decay(read, *DECAYS[word, options]) if (word, options) in DECAYS else None
                rows.append(dict(protocol=word, options=options, noise=kind, estimate=name, truth=float(exact), decay=theory, value=estimate["value"],
                                 low=estimate["low"], high=estimate["high"], quality=estimate["quality"]))
                print(word, kind, name, exact, estimate["value"], estimate["low"], estimate["high"], estimate["quality"], file=sys.stderr)
    (HERE / "protocol_biases.json").write_text("[\n" + ",\n".join(json.dumps(r) for r in rows) + "\n]\n")

    def cell(row):
        digits = 5 if row["high"] - row["low"] < 0.005 else 4
        return f"{row['truth']:.{digits}f} | {row['value']:.{digits}f}, {row['low']:.{digits}f} to {row['high']:.{digits}f}"

    print("| estimate | coherent: true | read | damping: true | read |\n|---|---|---|---|---|")
    for one, other in zip(rows[::2], rows[1::2]):
        command = f"{one['protocol']} {one['options']}".strip()
        print(f"| `{command}`: {one['estimate']} | {cell(one)} | {cell(other)} |")


main(str(pathlib.Path(sys.argv[1]).resolve()))
