// QAOA of depth 1 for the largest cut of a ring of four: at gamma = pi/4, beta = pi/8 the mean cut is 3 of 4.
OPENQASM 3.0;
include "stdgates.inc";
input float[64] gamma;
input float[64] beta;
qubit[4] q;
#pragma hilbert observable 2 - 0.5 Z0 Z1 - 0.5 Z1 Z2 - 0.5 Z2 Z3 - 0.5 Z0 Z3
h q;
for int i in [0:3] {
  cx q[i], q[(i + 1) % 4];
  rz(-gamma) q[(i + 1) % 4];
  cx q[i], q[(i + 1) % 4];
}
rx(2 * beta) q;
