// The W state of four qubits: one excitation, shared equally.
OPENQASM 3.0;
include "stdgates.inc";
qubit[4] q;
x q[0];
// Each step passes the right share on: cos^2 = 1/4, 1/3, 1/2.
cry(2 * arccos(sqrt(1 / 4.0))) q[0], q[1];
cx q[1], q[0];
cry(2 * arccos(sqrt(1 / 3.0))) q[1], q[2];
cx q[2], q[1];
cry(2 * arccos(sqrt(1 / 2.0))) q[2], q[3];
cx q[3], q[2];
