// QAOA of depth 2 for the largest cut of a triangle, which is 2.
OPENQASM 3.0;
include "stdgates.inc";
input array[float[64], 2] gamma;
input array[float[64], 2] beta;
qubit[3] q;
#pragma hilbert observable 1.5 - 0.5 Z0 Z1 - 0.5 Z1 Z2 - 0.5 Z0 Z2
gate phase_pair(g) a, b { cx a, b; rz(-g) b; cx a, b; }
h q;
for int layer in [0:1] {
  phase_pair(gamma[layer]) q[0], q[1];
  phase_pair(gamma[layer]) q[1], q[2];
  phase_pair(gamma[layer]) q[0], q[2];
  rx(2 * beta[layer]) q;
}
