// Four features as amplitudes of two qubits, normalised for each sample.
OPENQASM 3.0;
include "stdgates.inc";
@hilbert.feature
input array[float[64], 4] data;
qubit[2] q;
#pragma hilbert observable Z0
#pragma hilbert prepare([data[0], data[1], data[2], data[3]]) q[0], q[1]
