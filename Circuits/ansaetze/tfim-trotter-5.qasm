// Four Trotter steps of the transverse-field Ising chain, J = 1, h = 1, from all up to time 1: <Z0> falls.
OPENQASM 3.0;
include "stdgates.inc";
const float[64] step = 0.25;
qubit[5] q;
#pragma hilbert observable Z0
for int n in [0:3] {
  for int i in [0:3] { cx q[i], q[i + 1]; rz(-2 * step) q[i + 1]; cx q[i], q[i + 1]; }
  rx(-2 * step) q;
}
