// Havlicek et al., "Supervised learning with quantum-enhanced feature spaces", 2019: the feature map exp(i phi Z) twice, then two
// entanglers between three layers of RY and RZ. The parity Z0 Z1 is the class.
OPENQASM 3.0;
include "stdgates.inc";
@hilbert.feature
input array[float[64], 2] data;
input array[float[64], 12] theta;
qubit[2] q;
#pragma hilbert observable 0.5 + 0.5 Z0 Z1
for int repetition in [0:1] {
  h q;
  rz(-2 * data[0]) q[0];
  rz(-2 * data[1]) q[1];
  cx q[0], q[1];
  rz(-2 * (pi - data[0]) * (pi - data[1])) q[1];
  cx q[0], q[1];
}
for int layer in [0:2] {
  for int i in [0:1] { ry(theta[4 * layer + 2 * i]) q[i]; rz(theta[4 * layer + 2 * i + 1]) q[i]; }
  if (layer < 2) { cz q[0], q[1]; }
}
