"""Makes portable.json: which files that Hilbert writes for other programs are read by Qiskit, and come to the same states there.

    python -m venv env
    env/bin/pip install qiskit==2.6.2 qiskit-qasm3-import==0.6.0
    env/bin/python portable.py path/to/hilbert

Every gate of the gate table is written as OpenQASM 2 and loaded by qiskit.qasm2.loads twice, as it stands (gates of the published qelib1.inc
alone) and with the gates that older versions of Qiskit knew. Every file of Circuits is written by `hilbert convert --portable` and loaded by
qiskit.qasm3.loads. The digest of a text is that of `Digest` in the tests: 64 bits of FNV-1a.
"""

import json
import pathlib
import re
import subprocess
import sys

import numpy as np
from qiskit import qasm2, qasm3
from qiskit.quantum_info import Statevector

hilbert = sys.argv[1]
here = pathlib.Path(__file__).resolve().parent
root = here.parents[2]


def digest(text):
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return f"{value:016x}"


def run(*arguments, text=None):
    path = pathlib.Path("/tmp/portable-circuit.qasm")
    if text is not None:
        path.write_text(text)
        arguments = arguments + (str(path),)
    done = subprocess.run([hilbert, *arguments], capture_output=True, text=True)
    return done.stdout, done.stderr.strip(), done.returncode


def state_of_hilbert(text):
    output, error, status = run("run", "--amplitudes", "--format", "json", text=text)
    assert status == 0, error
    return np.array([complex(*pair) for pair in json.loads(output)["amplitudes"]])


def same(left, right):
    return bool(abs(abs(np.vdot(left, right)) - 1) < 1e-12)


def gates():
    """Name, number of angles and of qubits of the table's gates, as the file with all of them uses them."""
    for line in (root / "Circuits/gates/all-gates.qasm").read_text().splitlines():
        call = re.fullmatch(r"(\w+)(?:\(([^)]*)\))? ((?:q\[\d\](?:, )?)+);", line)
        if call and call[1] != "U":
            yield call[1], len(call[2].split(",")) if call[2] else 0, len(call[3].split(","))


version2 = []
for name, angles, qubits in gates():
    count = qubits + 1
    lines = ["OPENQASM 3.0;", 'include "hilbert.inc";', f"qubit[{count}] q;"]
    for qubit in range(count):
        lines += [f"ry({0.4 + 0.37 * qubit:.2f}) q[{qubit}];", f"rz({0.9 - 0.23 * qubit:.2f}) q[{qubit}];"]
    lines += [f"cx q[{qubit}], q[{qubit + 1}];" for qubit in range(count - 1)]
    numbers = ", ".join(f"{0.31 + 0.47 * k:.2f}" for k in range(angles))
    call = f"{name}({numbers})" if angles else name
    for order in (range(qubits), [count - 1 - k for k in range(qubits)]):
        lines.append(f"{call} {', '.join(f'q[{qubit}]' for qubit in order)};")
    text = "\n".join(lines) + "\n"
    written, error, status = run("convert", "--to", "qasm2", text=text)
    entry = {"gate": name, "circuit": text, "loaded": False}
    if status == 0:
        expected = state_of_hilbert(text)
        states = [
            Statevector(qasm2.loads(written)).data,
            Statevector(qasm2.loads(written, custom_instructions=qasm2.LEGACY_CUSTOM_INSTRUCTIONS)).data,
        ]
        assert all(same(state, expected) for state in states), name
        entry |= {"loaded": True, "digest": digest(written)}
    else:
        entry["reason"] = error
    version2.append(entry)

portable = []
for path in sorted((root / "Circuits").glob("*/*.qasm")):
    written, error, status = run("convert", "--portable", "--quiet", str(path))
    entry = {"file": str(path.relative_to(root / "Circuits")), "loaded": False}
    if status != 0:
        entry["reason"] = error.split("\n")[0]
    else:
        entry["digest"] = digest(written)
        try:
            circuit = qasm3.loads(written)
            entry["loaded"] = True
            if not circuit.parameters and circuit.num_qubits <= 16:
                pure = circuit.remove_final_measurements(inplace=False)
                if all(item.operation.name not in ("measure", "reset", "if_else", "while_loop") for item in pure.data):
                    output, problem, status = run("run", "--amplitudes", "--format", "json", str(path))
                    assert status == 0, problem
                    expected = np.array([complex(*pair) for pair in json.loads(output)["amplitudes"]])
                    entry["sameState"] = same(Statevector(pure).data, expected)
        except Exception as problem:
            entry["reason"] = str(problem).split("\n")[0]
    portable.append(entry)

for entry in version2 + portable:
    if not entry["loaded"] or entry.get("sameState") is False:
        print(entry.get("gate") or entry["file"], "-", entry.get("reason"))
print(sum(entry["loaded"] for entry in version2), "of", len(version2), "gates;", sum(entry["loaded"] for entry in portable),
      "of", len(portable), "files,", sum(entry.get("sameState", False) for entry in portable), "with the same state")
(here / "portable.json").write_text(json.dumps({"gates": version2, "files": portable}, indent=1) + "\n")
