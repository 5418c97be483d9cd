// A full adder: 1 + 1 + 0 = 10 in binary; sum in q[2], carry in q[3].
OPENQASM 2.0;
include "qelib1.inc";
qreg q[4];
x q[0];
x q[1];
ccx q[0], q[1], q[3];
cx q[0], q[1];
ccx q[1], q[2], q[3];
cx q[1], q[2];
cx q[0], q[1];
