// The singlet (|01> - |10>)/sqrt(2), up to a phase: no total spin.
OPENQASM 3.0;
include "stdgates.inc";
qubit[2] q;
x q;
h q[0];
cx q[0], q[1];
