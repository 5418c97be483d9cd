// The Dicke state of four qubits with two excitations: the six states of weight two, equally.
// Source: Baertschi, Eidenbenz, "Deterministic preparation of Dicke states", 2019.
OPENQASM 3.0;
include "stdgates.inc";

// Splits one excitation between two neighbours: the upper of n keeps l of it.
gate split(theta) low, high { cx low, high; cry(theta) high, low; cx low, high; }
gate split2(theta) a, b, c { cx a, c; ctrl @ ctrl @ ry(theta) c, b, a; cx a, c; }

qubit[4] q;
x q[2];
x q[3];
split(2 * arccos(sqrt(1 / 4.0))) q[2], q[3];
split2(2 * arccos(sqrt(2 / 4.0))) q[1], q[2], q[3];
split(2 * arccos(sqrt(1 / 3.0))) q[1], q[2];
split2(2 * arccos(sqrt(2 / 3.0))) q[0], q[1], q[2];
split(2 * arccos(sqrt(1 / 2.0))) q[0], q[1];
