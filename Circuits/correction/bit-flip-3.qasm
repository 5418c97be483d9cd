// The three-qubit code corrects a bit flip on the middle qubit of RY(1.2)|0>; decoding and undoing reads 0.
OPENQASM 3.0;
include "stdgates.inc";
qubit[3] data;
qubit[2] ancilla;
bit[2] syndrome;
bit[1] result;
ry(1.2) data[0];
cx data[0], data[1];
cx data[0], data[2];
x data[1];
cx data[0], ancilla[0];
cx data[1], ancilla[0];
cx data[1], ancilla[1];
cx data[2], ancilla[1];
syndrome = measure ancilla;
if (syndrome == 1) { x data[0]; }
if (syndrome == 3) { x data[1]; }
if (syndrome == 2) { x data[2]; }
cx data[0], data[2];
cx data[0], data[1];
ry(-1.2) data[0];
result[0] = measure data[0];
