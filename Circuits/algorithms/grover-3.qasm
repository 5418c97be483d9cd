// Grover's search for |101> among eight: two rounds, found with 121/128.
OPENQASM 3.0;
include "stdgates.inc";
def round(qubit[3] q) {
  x q[1];
  ctrl @ ctrl @ z q[0], q[1], q[2];
  x q[1];
  h q;
  x q;
  ctrl @ ctrl @ z q[0], q[1], q[2];
  x q;
  h q;
}
qubit[3] q;
h q;
round(q);
round(q);
