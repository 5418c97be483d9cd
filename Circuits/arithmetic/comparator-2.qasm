// Whether a > b for two digits each: a = 3, b = 2 set the flag.
OPENQASM 3.0;
include "stdgates.inc";
qubit[2] a;
qubit[2] b;
qubit[1] flag;
x a;
x b[1];
// The high digits decide, or the low ones where the high ones are equal.
ctrl @ negctrl @ x a[1], b[1], flag[0];
cx a[1], b[1];
negctrl @ ctrl @ negctrl @ x b[1], a[0], b[0], flag[0];
cx a[1], b[1];
