// Shor's code of nine qubits corrects Y, a bit and a phase flip, on one of them; <Z0> is that of RY(0.9)|0>.
OPENQASM 3.0;
include "stdgates.inc";
gate spread a, b, c { cx a, b; cx a, c; }
gate gather a, b, c { cx a, b; cx a, c; ccx b, c, a; }
qubit[9] q;
ry(0.9) q[0];
spread q[0], q[3], q[6];
h q[0];
h q[3];
h q[6];
for int block in [0:2] { spread q[3 * block], q[3 * block + 1], q[3 * block + 2]; }
y q[4];
for int block in [0:2] { gather q[3 * block], q[3 * block + 1], q[3 * block + 2]; }
h q[0];
h q[3];
h q[6];
gather q[0], q[3], q[6];
