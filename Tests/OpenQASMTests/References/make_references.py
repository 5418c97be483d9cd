"""Makes amplitudes.json: OpenQASM programs and the states that other simulators make of them.

    python -m venv env
    env/bin/pip install qiskit==2.6.2 qiskit-qasm3-import==0.6.0 amazon-braket-default-simulator==1.41.2
    env/bin/python make_references.py

Version 2 and the gates of stdgates.inc run on Qiskit; so do programs that Qiskit's own exporters wrote. What the language has beside
gates runs on the interpreter of the Braket default simulator. Amplitudes are listed by basis index, qubit 0 the least significant bit.
"""

import json
import math
import pathlib

import numpy as np
from braket.default_simulator.openqasm.interpreter import Interpreter
from braket.default_simulator.state_vector_simulation import StateVectorSimulation
from qiskit import QuantumCircuit, qasm2, qasm3
from qiskit.circuit import library
from qiskit.quantum_info import Statevector

cases = []


def add(name, source, state, inputs=None):
    amplitudes = [[float(a.real), float(a.imag)] for a in np.asarray(state)]
    cases.append({"name": name, "source": source, "inputs": inputs or {}, "amplitudes": amplitudes})


def braket_state(source, inputs=None):
    circuit = Interpreter().build_circuit(source=source, inputs=inputs or {})
    count = circuit.num_qubits
    simulation = StateVectorSimulation(count, 0, 1)
    simulation.evolve(circuit.instructions)
    # Braket's qubit 0 is the most significant bit.
    return np.asarray(simulation.state_vector).reshape([2] * count).transpose(range(count - 1, -1, -1)).reshape(-1)


def layers(count, rotation="ry({}) q[{}];", phase="rz({}) q[{}];"):
    """A state without symmetry: every amplitude differs."""
    lines = []
    for qubit in range(count):
        lines.append(rotation.format(round(0.4 + 0.37 * qubit, 3), qubit))
        lines.append(phase.format(round(0.9 - 0.23 * qubit, 3), qubit))
    lines += [f"cx q[{qubit}], q[{qubit + 1}];" for qubit in range(count - 1)]
    return lines


def program(header, name, angles, qubits):
    count = qubits + 1
    numbers = ", ".join(f"{0.31 + 0.47 * k:.2f}" for k in range(angles))
    call = name + (f"({numbers})" if angles else "")
    forward = ", ".join(f"q[{k}]" for k in range(qubits))
    backward = ", ".join(f"q[{count - 1 - k}]" for k in range(qubits))
    lines = layers(count) + [f"{call} {forward};", f"ry(0.77) q[{count - 1}];", f"{call} {backward};"]
    lines += [f"h q[{k}];" for k in range(count)]
    return header(count) + "\n".join(lines) + "\n"


def two(count):
    return f'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[{count}];\n'


def three(count):
    return f'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[{count}] q;\n'


# Every gate of qelib1.inc but the idle gate u0: angles, qubits.
QELIB1 = {
    "u3": (3, 1), "u2": (2, 1), "u1": (1, 1), "cx": (0, 2), "id": (0, 1), "u": (3, 1), "p": (1, 1), "x": (0, 1),
    "y": (0, 1), "z": (0, 1), "h": (0, 1), "s": (0, 1), "sdg": (0, 1), "t": (0, 1), "tdg": (0, 1), "rx": (1, 1), "ry": (1, 1),
    "rz": (1, 1), "sx": (0, 1), "sxdg": (0, 1), "cz": (0, 2), "cy": (0, 2), "swap": (0, 2), "ch": (0, 2), "ccx": (0, 3),
    "cswap": (0, 3), "crx": (1, 2), "cry": (1, 2), "crz": (1, 2), "cu1": (1, 2), "cp": (1, 2), "cu3": (3, 2), "csx": (0, 2),
    "cu": (4, 2), "rxx": (1, 2), "rzz": (1, 2), "rccx": (0, 3), "rc3x": (0, 4), "c3x": (0, 4), "c3sqrtx": (0, 4), "c4x": (0, 5),
    "U": (3, 1), "CX": (0, 2),
}
for name, (angles, qubits) in QELIB1.items():
    source = program(two, name, angles, qubits)
    # Qiskit's own copy of the file is longer than the one of the paper; rccx and rc3x are defined in it.
    circuit = qasm2.loads(
        source, include_path=qasm2.LEGACY_INCLUDE_PATH, custom_instructions=qasm2.LEGACY_CUSTOM_INSTRUCTIONS
    )
    add(f"qelib1 {name}", source, Statevector(circuit).data)

# Every gate of stdgates.inc.
STDGATES = {
    "p": (1, 1), "x": (0, 1), "y": (0, 1), "z": (0, 1), "h": (0, 1), "s": (0, 1), "sdg": (0, 1), "t": (0, 1), "tdg": (0, 1),
    "sx": (0, 1), "rx": (1, 1), "ry": (1, 1), "rz": (1, 1), "cx": (0, 2), "cy": (0, 2), "cz": (0, 2), "cp": (1, 2), "crx": (1, 2),
    "cry": (1, 2), "crz": (1, 2), "ch": (0, 2), "swap": (0, 2), "ccx": (0, 3), "cswap": (0, 3), "cu": (4, 2), "CX": (0, 2),
    "phase": (1, 1), "cphase": (1, 2), "id": (0, 1), "u1": (1, 1), "u2": (2, 1), "u3": (3, 1), "U": (3, 1),
}
for name, (angles, qubits) in STDGATES.items():
    source = program(three, name, angles, qubits)
    add(f"stdgates {name}", source, Statevector(qasm3.loads(source)).data)

# What Qiskit writes: gates that no library has are defined in the file.
EXPORTED = [
    library.RXXGate(0.4), library.RYYGate(0.7), library.RZZGate(1.1), library.RZXGate(0.9), library.iSwapGate(), library.ECRGate(),
    library.DCXGate(), library.RGate(0.3, 0.8), library.XXPlusYYGate(0.6, 0.2), library.XXMinusYYGate(0.5, 0.9), library.CSXGate(),
    library.CSGate(), library.CSdgGate(), library.CCZGate(), library.RCCXGate(), library.C3XGate(), library.SXdgGate(),
    library.CUGate(0.1, 0.2, 0.3, 0.4), library.QFTGate(3), library.CRXGate(0.6).control(1),
]
for gate in EXPORTED:
    circuit = QuantumCircuit(gate.num_qubits + 1)
    for qubit in range(circuit.num_qubits):
        circuit.ry(0.4 + 0.37 * qubit, qubit)
        circuit.rz(0.9 - 0.23 * qubit, qubit)
    circuit.append(gate, range(gate.num_qubits))
    circuit.h(range(circuit.num_qubits))
    circuit.append(gate, list(range(circuit.num_qubits - 1, 0, -1)))
    state = Statevector(circuit).data
    add(f"exported 3 {gate.name}", qasm3.dumps(circuit), state)
    try:
        add(f"exported 2 {gate.name}", qasm2.dumps(circuit), state)
    except Exception as reason:  # Some gates have no definition that version 2 can hold.
        print(gate.name, reason)

# The gates of the table that Braket has, by the names that they have here.
BRAKET_NAMES = {
    "cphaseshift00": (1, 2), "cphaseshift01": (1, 2), "cphaseshift10": (1, 2), "pswap": (1, 2), "iswap": (0, 2), "ecr": (0, 2),
}
for name, (angles, qubits) in BRAKET_NAMES.items():
    ours = program(lambda count: f'OPENQASM 3.0;\ninclude "hilbert.inc";\nqubit[{count}] q;\n', name, angles, qubits)
    theirs = ours.replace('include "hilbert.inc";', "gate cx a, b { ctrl @ x a, b; }")
    add(f"hilbert {name}", ours, braket_state(theirs))

# The language, on Braket's interpreter where it is right: it raises the gates of a definition to a power one by one, loses phases of
# definitions under negctrl, and takes other roots of swap than the principal ones. Those programs run on Qiskit. Both have U without the
# phase of today's specification, so that no program here controls U: ControlledU.swift does, by matrices. Braket has h, x, y, z, s, t, rx, ry, rz, swap by themselves.
DEFINITIONS = """gate cx a, b { ctrl @ x a, b; }
gate cz a, b { ctrl @ z a, b; }
gate p(l) a { ctrl @ gphase(l) a; }
gate sdg a { inv @ s a; }
gate tdg a { inv @ t a; }
"""
FEATURES = {
    "negative control": "negctrl @ rx(0.4) q[0], q[1]; negctrl(2) @ x q[0], q[1], q[2]; ctrl @ negctrl @ h q[2], q[1], q[0];",
    "inverse": "inv @ s q[0]; inv @ U(0.3, 0.5, 0.7) q[1]; inv @ inv @ t q[2]; inv @ ctrl @ rz(0.3) q[0], q[2];",
    "powers": "pow(2) @ s q[0]; pow(-2) @ rx(0.3) q[1]; pow(3) @ cx q[0], q[2]; pow(0) @ x q[1];",
    "roots": "pow(0.5) @ x q[0]; pow(0.5) @ z q[1]; pow(0.25) @ y q[2]; pow(-0.5) @ s q[0]; ctrl @ pow(0.5) @ x q[0], q[1];",
    "root of swap": "pow(0.5) @ swap q[0], q[2]; pow(0.3) @ swap q[1], q[2];",
    "global phase": "gphase(0.4); ctrl @ gphase(0.7) q[1]; ctrl(2) @ gphase(-0.3) q[0], q[2];",
    "gate definition": "gate g(a, b) x, y { rx(a) x; cx x, y; ry(b - a / 2) y; } g(0.4, 1.3) q[0], q[2]; inv @ g(0.2, 0.1) q[1], q[0];",
    "controlled definition":
        "gate k(a) x, y { h x; gphase(a); cx x, y; p(a) y; } ctrl @ k(0.9) q[1], q[2], q[0]; negctrl @ k(0.3) q[0], q[1], q[2];",
    "power of a definition": "gate k(a) x, y { h x; cx x, y; rz(a) y; } pow(3) @ k(0.9) q[1], q[2]; pow(-2) @ k(0.4) q[0], q[1];",
    "nested definitions": "gate a(t) x { rx(t) x; } gate b(t) x, y { a(2 * t) x; ctrl @ a(t) x, y; } ctrl @ b(0.3) q[0], q[1], q[2];",
    "broadcasting": "rx(0.3) q; qubit[3] r; cx q, r; cz q[0], r; h r;",
    "constants": "const float[64] a = pi / 3; const int n = 2; rx(a) q[n]; rz(n * a) q[n - 1]; ry(a ** n) q[0];",
    "functions":
        "rx(sin(0.4)) q[0]; ry(arccos(0.3) + sqrt(2)) q[1]; rz(exp(0.2) * log(3) - arctan(0.7)) q[2]; rx(cos(tan(0.2)) + arcsin(0.4)) q[0];",
    "precedence": "rx(1 + 2 * 3 ** 2 / 4.0 - 5) q[0]; ry(-2 ** 2 + 4.5) q[1]; rz((1 + 2) * 0.3) q[2]; rx(7 % 4 * 0.25) q[1];",
    "range loop": "for int i in [0:2] { rx(0.1 * (i + 1)) q[i]; } for int i in [2:-1:1] { cx q[i], q[i - 1]; }",
    "set loop": "for int i in {2, 0} { ry(0.3 + i) q[i]; }",
    "array": "array[float[64], 3] a = {0.3, 0.7, 1.1}; for int i in [0:2] { rx(a[i]) q[i]; } a[1] = 0.2; ry(a[1]) q[0];",
    "while": "int[32] i = 0; while (i < 3) { rz(0.3 * i) q[i]; h q[i]; i = i + 1; }",
    "if and else": "int[32] n = 3; if (n == 3) { rx(0.4) q[0]; } else { x q[0]; } if (n < 3) { x q[1]; } else { ry(0.2) q[1]; }",
    "subroutine": "def turn(qubit a, qubit b, float[64] t) { rx(t) a; cx a, b; } turn(q[2], q[0], 0.4); turn(q[0], q[1], 0.8);",
    "subroutine with a value": "def half(float[64] t) -> float[64] { return t / 2; } rx(half(0.9)) q[0]; ry(half(half(1.7))) q[2];",
    "bits": 'const bit[3] b = "101"; for int i in [0:2] { if (b[i]) { rx(0.4) q[i]; } else { ry(0.3) q[i]; } }',
    "truth": "bool a = true; bool b = !a; if (a && !b) { rx(0.3) q[0]; } if (a && b || false) { x q[1]; } else { ry(0.6) q[1]; }",
    "compound assignment": "float[64] t = 0.3; t += 0.4; t *= 2; rx(t) q[0]; int[32] k = 7; k -= 5; rz(t) q[k];",
    "inputs": "input float[64] theta; input float[64] phi; rx(2 * theta + phi) q[0]; ry(theta * phi) q[1]; rz(phi - 0.3) q[2];",
    "input in a gate": "input float[64] theta; gate g(a) x { rx(a) x; rz(a / 3) x; } g(theta) q[1]; ctrl @ g(theta * 2) q[0], q[2];",
}
ON_QISKIT = {"root of swap", "controlled definition", "power of a definition", "broadcasting"}
for name, body in FEATURES.items():
    prepare = "rx(0.4) q[0]; ry(0.7) q[1]; rz(0.3) q[1]; h q[2]; cx q[0], q[1];"
    inputs = {"theta": 0.37, "phi": -0.81} if "theta" in body and "phi" in body else {"theta": 0.37} if "theta" in body else {}
    statements = f"{prepare} {body} h q[0]; ry(0.2) q[2]; cx q[2], q[0];\n".replace("; ", ";\n")
    ours = f'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[3] q;\n{statements}'
    theirs = f"OPENQASM 3.0;\n{DEFINITIONS}qubit[3] q;\n{statements}"
    try:
        state = Statevector(qasm3.loads(ours)).data if name in ON_QISKIT else braket_state(theirs, inputs)
        add(f"language {name}", ours, state, inputs)
    except Exception as reason:
        print("language", name, type(reason).__name__, reason)

for case in cases:
    norm = math.fsum(x * x + y * y for x, y in case["amplitudes"])
    assert abs(norm - 1) < 1e-12, case["name"]
assert len({case["name"] for case in cases}) == len(cases)
path = pathlib.Path(__file__).with_name("amplitudes.json")
lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
path.write_text(f"[\n{lines}\n]\n")
print(len(cases), "programs in", path.name, path.stat().st_size, "bytes")
