// The quantum Fourier transform of |5>, four qubits: all probabilities equal, phases turning five times.
OPENQASM 3.0;
include "stdgates.inc";
qubit[4] q;
x q[0];
x q[2];
for int j in [3:-1:0] {
  h q[j];
  for int k in [j - 1:-1:0] { cp(pi / 2 ** (j - k)) q[k], q[j]; }
}
swap q[0], q[3];
swap q[1], q[2];
