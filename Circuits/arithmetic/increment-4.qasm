// Adds 1 three times to a counter of four qubits that starts at 14: it wraps around to 1.
OPENQASM 3.0;
include "stdgates.inc";
gate increment a, b, c, d { ctrl(3) @ x a, b, c, d; ccx a, b, c; cx a, b; x a; }
qubit[4] q;
x q[1];
x q[2];
x q[3];
pow(3) @ increment q[0], q[1], q[2], q[3];
