// A classifier for four features and three classes, to be trained: two rounds of features and weights; the largest of Z0, Z1, Z2 is the
// class. hilbert train --circuit Circuits/ansaetze/iris-classifier.qasm --data iris
OPENQASM 3.0;
include "stdgates.inc";
@hilbert.feature
input array[float[64], 4] data;
input array[float[64], 16] w;
qubit[4] q;
#pragma hilbert observable Z0
#pragma hilbert observable Z1
#pragma hilbert observable Z2
for int layer in [0:1] {
  for int i in [0:3] { ry(data[i]) q[i]; }
  for int i in [0:3] { ry(w[8 * layer + 2 * i]) q[i]; rz(w[8 * layer + 2 * i + 1]) q[i]; }
  for int i in [0:2] { cx q[i], q[i + 1]; }
}
