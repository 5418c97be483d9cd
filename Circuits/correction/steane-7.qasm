// The logical |0> of Steane's code of seven qubits: an equal sum of eight code words.
OPENQASM 3.0;
include "stdgates.inc";
qubit[7] q;
h q[0];
h q[1];
h q[3];
cx q[0], q[2];
cx q[0], q[4];
cx q[0], q[6];
cx q[1], q[2];
cx q[1], q[5];
cx q[1], q[6];
cx q[3], q[4];
cx q[3], q[5];
cx q[3], q[6];
