// Bernstein-Vazirani: the hidden string 10110 is read in one query.
OPENQASM 2.0;
include "qelib1.inc";
qreg q[5];
qreg oracle[1];
creg c[5];
h q;
x oracle[0];
h oracle[0];
barrier q, oracle;
cx q[1], oracle[0];
cx q[2], oracle[0];
cx q[4], oracle[0];
barrier q, oracle;
h q;
measure q -> c;
