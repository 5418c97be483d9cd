// Three Trotter steps of the Heisenberg chain from |001>: the excitation spreads, the total spin stays.
OPENQASM 3.0;
include "stdgates.inc";
const float[64] step = 0.2;
gate exchange(t) a, b {
  cx a, b; rx(2 * t) a; cx a, b;
  rx(pi / 2) a; rx(pi / 2) b; cx a, b; rz(2 * t) b; cx a, b; rx(-pi / 2) a; rx(-pi / 2) b;
  cx a, b; rz(2 * t) b; cx a, b;
}
qubit[3] q;
#pragma hilbert observable Z0 + Z1 + Z2
#pragma hilbert observable Z0
x q[0];
for int n in [0:2] { exchange(step) q[0], q[1]; exchange(step) q[1], q[2]; }
