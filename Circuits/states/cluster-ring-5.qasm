// The cluster state of a ring of five qubits, stabilized by Z X Z of neighbours.
OPENQASM 3.0;
include "stdgates.inc";
qubit[5] q;
h q;
for int i in [0:3] { cz q[i], q[i + 1]; }
cz q[4], q[0];
