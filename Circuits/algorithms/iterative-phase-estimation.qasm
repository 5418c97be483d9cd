// One qubit reads the phase 5/8 = 0.101 of P(5 pi/4), digit by digit from the last, each corrected by those before.
OPENQASM 3.0;
include "stdgates.inc";
qubit[1] counter;
qubit[1] eigenstate;
bit[3] digit;
x eigenstate[0];
h counter[0];
cp(4 * 5 * pi / 4) counter[0], eigenstate[0];
h counter[0];
digit[0] = measure counter[0];
reset counter[0];
h counter[0];
cp(2 * 5 * pi / 4) counter[0], eigenstate[0];
if (digit[0]) { p(-pi / 2) counter[0]; }
h counter[0];
digit[1] = measure counter[0];
reset counter[0];
h counter[0];
cp(5 * pi / 4) counter[0], eigenstate[0];
if (digit[0]) { p(-pi / 4) counter[0]; }
if (digit[1]) { p(-pi / 2) counter[0]; }
h counter[0];
digit[2] = measure counter[0];
