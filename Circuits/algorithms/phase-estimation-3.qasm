// Phase estimation of T on |1>: the phase 1/8 is read exactly as the counter 001.
OPENQASM 3.0;
include "stdgates.inc";
qubit[3] counter;
qubit[1] eigenstate;
x eigenstate[0];
h counter;
ctrl @ t counter[0], eigenstate[0];
ctrl @ s counter[1], eigenstate[0];
ctrl @ z counter[2], eigenstate[0];
// The inverse Fourier transform.
swap counter[0], counter[2];
h counter[0];
cp(-pi / 2) counter[0], counter[1];
h counter[1];
cp(-pi / 4) counter[0], counter[2];
cp(-pi / 2) counter[1], counter[2];
h counter[2];
