// One qubit that reads its feature three times with trained factors and shifts between: a universal classifier of one qubit.
OPENQASM 3.0;
include "stdgates.inc";
@hilbert.feature
input float[64] data;
input array[float[64], 6] w;
qubit[1] q;
#pragma hilbert observable Z0
for int layer in [0:2] { ry(w[2 * layer] * data + w[2 * layer + 1]) q[0]; rz(data) q[0]; }
