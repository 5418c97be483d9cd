// Modifiers: controls on one and on zero, inverses and powers, of built-in gates and of one that is defined here.
OPENQASM 3.0;
include "stdgates.inc";
gate turn(a, b) first, second { rx(a) first; cx first, second; rz(b) second; }
qubit[4] q;
h q;
ctrl @ turn(0.3, 0.8) q[0], q[1], q[2];
negctrl @ ctrl @ ry(0.7) q[1], q[3], q[0];
inv @ turn(0.5, -0.4) q[2], q[3];
pow(3) @ t q[1];
ctrl(2) @ inv @ s q[0], q[3], q[2];
pow(-2) @ turn(0.2, 0.1) q[3], q[0];
ctrl @ gphase(0.9) q[2];
ctrl @ U(0.4, 0.5, 0.6) q[0], q[3];
