"""The rows of the table: sizes, goals, and which peers can be among the fastest."""

# How each peer is set. Which of them a row needs was found by trying all that have the workload.
SETTINGS = {
    "pennylane_jax": "PennyLane default.qubit, JAX, vmap over samples, one probability vector",
    "tensorcircuit": "TensorCircuit-NG, JAX, vmap over samples, merged rotations",
    "jax_hand": "JAX written by hand",
    "mindquantum": "MindQuantum",
    "lightning:qubit": "PennyLane lightning.qubit, prepared tapes",
    "lightning:kokkos": "PennyLane lightning.kokkos, prepared tapes",
    "qulacs": "Qulacs, its optimizer at blocks of 2",
    "aer": "Qiskit Aer",
    "scaluq": "Scaluq, its optimizer at blocks of 2",
    "qsim:f2": "qsim, gates fused to 2 qubits",
    "qsim:f3": "qsim, gates fused to 3 qubits",
}
# Shown beside the packages, not counted.
BY_HAND = {"jax_hand"}


def rows():
    """Every row with a goal, in the order of the document."""
    for precision in ("float", "double"):
        for qubits in (4, 8, 10):
            for layers in (3, 10):
                for batch in (64, 256):
                    yield dict(
                        workload="training-step", qubits=qubits, layers=layers, batch=batch, precision=precision,
                        # With ten layers TensorCircuit takes up to a quarter of an hour to compile, and was behind; JAX by hand
                        # takes minutes, and is not counted.
                        peers=["pennylane_jax"] + ["jax_hand", "tensorcircuit"] * (layers == 3), goal=10)
    for precision in ("float", "double"):
        for qubits in (4, 8, 12, 16, 20):
            yield dict(
                workload="adjoint", qubits=qubits, layers=5, precision=precision,
                peers=adjoint_peers(qubits, precision), goal=5 if qubits < 16 else 2)
    for precision in ("float", "double"):
        for qubits in (16, 20, 24):
            peers = {
                "float": ["qsim:f3", "qsim:f2"] + ["tensorcircuit", "lightning:qubit", "scaluq"] * (qubits == 16),
                "double": ["tensorcircuit", "scaluq"] + ["qulacs"] * (qubits == 16)}[precision]
            goal = dict(float=1.5, double=3)[precision]
            yield dict(workload="statevector", qubits=qubits, precision=precision, peers=peers, goal=goal)
    for precision in ("float", "double"):
        for qubits in (22, 24):
            peers = dict(float=["qsim:f3", "qsim:f2"], double=["scaluq", "lightning:qubit"])[precision]
            yield dict(workload="qft", qubits=qubits, precision=precision, peers=peers, goal=2)
    for precision in ("float", "double"):
        for qubits in (4, 8, 12):
            for samples in (200, 1000):
                yield dict(
                    workload="kernel", qubits=qubits, samples=samples, precision=precision,
                    peers=["tensorcircuit"] + ["qulacs"] * (precision == "double" and samples == 200), goal=5)
    for precision in ("float", "double"):
        peers = dict(float=["scaluq", "lightning:qubit"], double=["scaluq", "qulacs"])[precision]
        yield dict(workload="sampling", qubits=20, precision=precision, peers=peers, goal=3)
    for precision in ("float", "double"):
        for qubits in (6, 8, 10, 12):
            # At 10 qubits MindQuantum was ten times behind.
            peers = ["aer"] + ["mindquantum"] * (qubits < 10) + ["qulacs"] * (qubits == 6 and precision == "double")
            yield dict(workload="density", qubits=qubits, precision=precision, peers=peers, goal=3)
    for precision in ("float", "double"):
        peers = dict(float=["qsim:f3"], double=["mindquantum"])[precision]
        yield dict(workload="trajectories", qubits=16, shots=1000, precision=precision, peers=peers, goal=2)


def adjoint_peers(qubits, precision):
    if qubits < 16:
        return ["mindquantum", "tensorcircuit", "lightning:qubit"] + ["qulacs"] * (precision == "double" and qubits < 12)
    # Differentiated by JAX, a state of this size is kept after every gate.
    return ["lightning:qubit", "mindquantum", "lightning:kokkos" if qubits == 20 else "scaluq"]


def thread_rows():
    """Ours with one thread and with two, and the factor asked for: small work must only not be slower."""
    for precision in ("float", "double"):
        step = dict(workload="training-step", precision=precision)
        yield dict(step, qubits=4, layers=3, batch=64, goal=1.0)
        yield dict(step, qubits=4, layers=3, batch=256, goal=1.0)
        yield dict(step, qubits=8, layers=3, batch=256, goal=1.8)
        yield dict(step, qubits=10, layers=10, batch=256, goal=1.8)
        yield dict(workload="adjoint", qubits=4, layers=5, precision=precision, goal=1.0)
        yield dict(workload="adjoint", qubits=8, layers=5, precision=precision, goal=1.0)
        yield dict(workload="adjoint", qubits=12, layers=5, precision=precision, goal=1.0)
        yield dict(workload="statevector", qubits=10, precision=precision, goal=1.0)
        yield dict(workload="statevector", qubits=16, precision=precision, goal=1.8)
        yield dict(workload="statevector", qubits=24, precision=precision, goal=1.6)
        yield dict(workload="kernel", qubits=8, samples=1000, precision=precision, goal=1.8)
        yield dict(workload="density", qubits=8, precision=precision, goal=1.8)


SIZES = ("qubits", "layers", "batch", "samples", "shots", "precision")


def size(row):
    return ", ".join(f"{key} {row[key]}" for key in SIZES[:-1] if key in row)


def name(row):
    return f"{row['workload']}, {size(row)}, {row['precision']}"


def options(row):
    return [f"--{key}={row[key]}" for key in SIZES if key in row]
