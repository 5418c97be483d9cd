// The circuit of the hybrid transfer-learning paper, second version: five RY, a Hadamard gate on the first qubit, a cascade of CNOTs;
// the 32 probabilities are the features of the classifier.
OPENQASM 3.0;
include "stdgates.inc";
@hilbert.feature
input array[float[64], 5] theta;
qubit[5] q;
for int i in [0:4] { ry(theta[i]) q[i]; }
h q[0];
for int i in [0:3] { cx q[i], q[i + 1]; }
