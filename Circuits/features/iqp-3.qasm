// An instantaneous quantum polynomial embedding of three features: phases of features and of their products.
OPENQASM 3.0;
include "stdgates.inc";
@hilbert.feature
input array[float[64], 3] data;
qubit[3] q;
#pragma hilbert observable X0
#pragma hilbert observable X1 X2
h q;
for int i in [0:2] { rz(data[i]) q[i]; }
for int i in [0:1] {
  for int j in [i + 1:2] { cx q[i], q[j]; rz(data[i] * data[j]) q[j]; cx q[i], q[j]; }
}
