// The Hadamard test of RZ(theta) on |+>: <Z0> = Re <+|RZ|+> = cos(theta/2).
OPENQASM 3.0;
include "stdgates.inc";
input float[64] theta;
qubit[2] q;
#pragma hilbert observable Z0
h q;
crz(theta) q[0], q[1];
h q[0];
