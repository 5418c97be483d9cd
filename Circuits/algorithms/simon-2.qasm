// Simon's algorithm for the hidden string 11: only 00 and 11 are read.
OPENQASM 3.0;
include "stdgates.inc";
qubit[2] x0;
qubit[2] y0;
bit[2] c;
h x0;
// f(x) = (x0 xor x1, 0): two to one, f(x) = f(x xor 11).
cx x0[0], y0[0];
cx x0[1], y0[0];
h x0;
c = measure x0;
