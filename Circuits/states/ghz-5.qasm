// The GHZ state (|00000> + |11111>)/sqrt(2).
OPENQASM 3.0;
include "stdgates.inc";
qubit[5] q;
h q[0];
for int i in [0:3] { cx q[i], q[i + 1]; }
