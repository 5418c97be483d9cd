// Two layers of RY and RZ with a line of CZ, a last layer of rotations: the usual hardware-efficient ansatz, 24 weights.
OPENQASM 3.0;
include "stdgates.inc";
input array[float[64], 24] w;
qubit[4] q;
#pragma hilbert observable Z0 Z1 + Z1 Z2 + Z2 Z3
for int layer in [0:1] {
  for int i in [0:3] { ry(w[8 * layer + 2 * i]) q[i]; rz(w[8 * layer + 2 * i + 1]) q[i]; }
  for int i in [0:2] { cz q[i], q[i + 1]; }
}
for int i in [0:3] { ry(w[16 + 2 * i]) q[i]; rz(w[16 + 2 * i + 1]) q[i]; }
