// The ZZ feature map of two features, repeated twice, in Qiskit's convention.
OPENQASM 3.0;
include "stdgates.inc";
@hilbert.feature
input array[float[64], 2] data;
qubit[2] q;
#pragma hilbert observable Z0 Z1
for int repetition in [0:1] {
  h q;
  p(2 * data[0]) q[0];
  p(2 * data[1]) q[1];
  cx q[0], q[1];
  p(2 * (pi - data[0]) * (pi - data[1])) q[1];
  cx q[0], q[1];
}
