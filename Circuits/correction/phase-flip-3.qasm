// The three-qubit code in the other basis corrects a phase flip of any one qubit, here the last, by a Toffoli gate.
OPENQASM 3.0;
include "stdgates.inc";
qubit[3] q;
ry(1.2) q[0];
cx q[0], q[1];
cx q[0], q[2];
h q;
z q[2];
h q;
cx q[0], q[1];
cx q[0], q[2];
ccx q[1], q[2], q[0];
