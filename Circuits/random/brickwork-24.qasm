// Ten layers of rotations on 24 qubits with CX and CZ in brick pattern: 835 gates, a state of 256 MiB. Angles follow a formula.
OPENQASM 3.0;
include "stdgates.inc";
qubit[24] q;
for int layer in [0:9] {
  for int i in [0:23] {
    rx(0.1 + 0.37 * layer + 0.23 * i) q[i];
    ry(0.7 + 0.41 * layer + 0.29 * i) q[i];
    rz(1.3 + 0.43 * layer + 0.31 * i) q[i];
  }
  if (layer % 2 == 0) {
    for int i in [0:2:22] { cx q[i], q[i + 1]; }
  } else {
    for int i in [1:2:21] { cz q[i], q[i + 1]; }
  }
}
