// Draper's adder: 5 + 6 modulo 8 = 3, the sum made by phases in the Fourier basis.
OPENQASM 3.0;
include "stdgates.inc";
gate fourier a, b, c { h c; cp(pi / 2) b, c; cp(pi / 4) a, c; h b; cp(pi / 2) a, b; h a; }
qubit[3] a;
qubit[3] b;
x a[0];
x a[2];
x b[1];
x b[2];
fourier b[0], b[1], b[2];
for int j in [0:2] {
  for int k in [0:j] { cp(pi / 2 ** (j - k)) a[k], b[j]; }
}
inv @ fourier b[0], b[1], b[2];
