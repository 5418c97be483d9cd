// Grover's search for |11> among four: one round finds it with certainty.
OPENQASM 3.0;
include "stdgates.inc";
qubit[2] q;
h q;
cz q[0], q[1];
h q;
x q;
cz q[0], q[1];
x q;
h q;
