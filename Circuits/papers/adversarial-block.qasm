// The first block of the classifier of Ren et al., "Experimental quantum adversarial learning with programmable superconducting
// qubits", 2022, on four of its ten qubits: data and weight share every gate, layers of RX and RZ in turn, two rows of CNOTs.
OPENQASM 3.0;
include "stdgates.inc";
@hilbert.feature
input array[float[64], 32] data;
input array[float[64], 32] theta;
qubit[4] q;
#pragma hilbert observable Z2
for int layer in [0:2:7] {
  for int i in [0:3] { rx(data[4 * layer + i] + theta[4 * layer + i]) q[i]; }
  for int i in [0:3] { rz(data[4 * layer + 4 + i] + theta[4 * layer + 4 + i]) q[i]; }
}
cx q[0], q[1];
cx q[2], q[3];
cx q[1], q[2];
