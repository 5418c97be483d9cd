"""Seconds Stim takes to sample an OpenQASM file of Clifford gates on one register, measured at its end, with depolarizing noise after
every gate, as packed bits to a file: what `hilbert run FILE --method stabilizer --noise ... --shots N --bits OUT` does.

Run: python3 stim_sampling.py brickwork.qasm [--shots 1000000] [--error 0.001] (needs stim).
"""
import argparse
import re
import tempfile
import time

import stim

NAMES = dict(h="H", s="S", sdg="S_DAG", x="X", y="Y", z="Z", sx="SQRT_X", sxdg="SQRT_X_DAG", cx="CX", cz="CZ")


def circuit(path, error):
    lines, count = [], 0
    for line in open(path):
        if match := re.match(r"\s*qubit\[(\d+)\]", line):
            count = int(match[1])
        match = re.match(r"\s*(\w+)\s+(.*);", line)
        if not match or match[1] not in NAMES:
            continue
        qubits = re.findall(r"\[(\d+)\]", match[2])
        lines.append(f"{NAMES[match[1]]} {' '.join(qubits)}")
        lines.append(f"DEPOLARIZE{len(qubits)}({error}) {' '.join(qubits)}")
    return stim.Circuit("\n".join(lines + ["M " + " ".join(map(str, range(count)))]))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("--shots", type=int, default=1_000_000)
    parser.add_argument("--error", type=float, default=1e-3)
    arguments = parser.parse_args()
    noisy = circuit(arguments.file, arguments.error)
    with tempfile.NamedTemporaryFile(suffix=".b8") as file:
        start = time.perf_counter()
        noisy.compile_sampler(seed=1).sample_write(arguments.shots, filepath=file.name, format="b8")
        print(f"stim {stim.__version__}: {time.perf_counter() - start:.2f} s for {arguments.shots} shots")


main()
