// Senokosov et al., "Quantum machine learning for image classification", 2024: one of the parallel circuits, five features by RX,
// three layers of rotations with rings of CNOTs at distance 1, 2, 3, read in the basis of Y. 45 weights.
OPENQASM 3.0;
include "stdgates.inc";
@hilbert.feature
input array[float[64], 5] data;
input array[float[64], 45] w;
qubit[5] q;
#pragma hilbert observable Y0
#pragma hilbert observable Y4
for int i in [0:4] { rx(data[i]) q[i]; }
for int layer in [0:2] {
  for int i in [0:4] {
    rz(w[15 * layer + 3 * i]) q[i];
    ry(w[15 * layer + 3 * i + 1]) q[i];
    rz(w[15 * layer + 3 * i + 2]) q[i];
  }
  for int i in [0:4] { cx q[i], q[(i + layer + 1) % 5]; }
}
