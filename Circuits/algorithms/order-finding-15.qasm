// The order of 7 modulo 15 is 4: the counter of three qubits reads 0, 2, 4 or 6, a quarter each.
OPENQASM 3.0;
include "stdgates.inc";
// Multiplies by 7 modulo 15: the digits turn by one place, then all are flipped.
gate times7 a, b, c, d { swap a, b; swap b, c; swap c, d; x a; x b; x c; x d; }
gate times4 a, b, c, d { swap a, c; swap b, d; }
qubit[3] counter;
qubit[4] target;
x target[0];
h counter;
ctrl @ times7 counter[0], target[0], target[1], target[2], target[3];
ctrl @ times4 counter[1], target[0], target[1], target[2], target[3];
// 7^4 = 1: the highest digit multiplies by 1.
swap counter[0], counter[2];
h counter[0];
cp(-pi / 2) counter[0], counter[1];
h counter[1];
cp(-pi / 4) counter[0], counter[2];
cp(-pi / 2) counter[1], counter[2];
h counter[2];
