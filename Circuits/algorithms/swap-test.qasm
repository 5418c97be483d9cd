// The swap test of RY(a)|0> and RY(b)|0>: <Z0> is the fidelity cos^2((a - b)/2).
OPENQASM 3.0;
include "stdgates.inc";
input float[64] a;
input float[64] b;
qubit[3] q;
#pragma hilbert observable Z0
ry(a) q[1];
ry(b) q[2];
h q[0];
cswap q[0], q[1], q[2];
h q[0];
