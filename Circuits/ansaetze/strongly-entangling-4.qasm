// One layer of strongly entangling rotations: RZ RY RZ on every qubit, then a ring of CNOTs. 12 weights.
OPENQASM 3.0;
include "stdgates.inc";
input array[float[64], 12] w;
qubit[4] q;
#pragma hilbert observable Z0
for int i in [0:3] { rz(w[3 * i]) q[i]; ry(w[3 * i + 1]) q[i]; rz(w[3 * i + 2]) q[i]; }
for int i in [0:3] { cx q[i], q[(i + 1) % 4]; }
