// Deutsch-Jozsa: the balanced function x0 xor x2; the chance of reading 000 is zero.
OPENQASM 3.0;
include "stdgates.inc";
qubit[3] q;
qubit[1] answer;
x answer[0];
h q;
h answer[0];
cx q[0], answer[0];
cx q[2], answer[0];
h q;
h answer[0];
x answer[0];
