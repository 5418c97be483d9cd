// Phase estimation of P(2 pi phi) on |1> with three digits of phi, an input.
OPENQASM 3.0;
include "stdgates.inc";
input float[64] phi;
qubit[3] counter;
qubit[1] eigenstate;
x eigenstate[0];
h counter;
cp(2 * pi * phi) counter[0], eigenstate[0];
cp(4 * pi * phi) counter[1], eigenstate[0];
cp(8 * pi * phi) counter[2], eigenstate[0];
swap counter[0], counter[2];
h counter[0];
cp(-pi / 2) counter[0], counter[1];
h counter[1];
cp(-pi / 4) counter[0], counter[2];
cp(-pi / 2) counter[1], counter[2];
h counter[2];
