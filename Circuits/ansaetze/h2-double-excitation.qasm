// H2 near its equilibrium distance in the STO-3G basis, Jordan-Wigner: the Hartree-Fock state and one double excitation reach the
// ground state, -1.1372838 hartree at theta = -0.2254.
OPENQASM 3.0;
include "stdgates.inc";
gate double_excitation(phi) a, b, c, d {
  cx a, b; cx a, c; cx a, d;
  negctrl @ ctrl @ ctrl @ ry(phi) b, c, d, a;
  cx a, d; cx a, c; cx a, b;
}
input float[64] theta;
qubit[4] q;
#pragma hilbert observable -0.09706626816762845 + 0.17141282644776884 Z0 + 0.17141282644776884 Z1 - 0.2234315369081346 Z2 - 0.2234315369081346 Z3 + 0.16868898170361205 Z0 Z1 + 0.12062523483390425 Z0 Z2 + 0.16592785033770352 Z0 Z3 + 0.16592785033770352 Z1 Z2 + 0.12062523483390425 Z1 Z3 + 0.1744128761226159 Z2 Z3 - 0.04530261550379928 X0 X1 Y2 Y3 + 0.04530261550379928 X0 Y1 Y2 X3 + 0.04530261550379928 Y0 X1 X2 Y3 - 0.04530261550379928 Y0 Y1 X2 X3
x q[0];
x q[1];
double_excitation(theta) q[2], q[3], q[0], q[1];
