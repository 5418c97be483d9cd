// Superdense coding: two bits, 10, on one qubit of a Bell pair.
OPENQASM 3.0;
include "stdgates.inc";
qubit[2] q;
bit[2] c;
h q[0];
cx q[0], q[1];
// Alice encodes 10: X for the high bit, Z for the low one.
x q[0];
cx q[0], q[1];
h q[0];
c = measure q;
