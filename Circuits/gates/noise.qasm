// A Bell pair that passes through channels: depolarizing noise of both qubits and decay of one. Runs as a density matrix.
OPENQASM 3.0;
include "stdgates.inc";
qubit[2] q;
#pragma hilbert observable Z0 Z1
#pragma hilbert observable X0 X1
h q[0];
cx q[0], q[1];
#pragma hilbert noise depolarizing(0.06) q[0], q[1]
#pragma hilbert noise amplitude_damping(0.2) q[1]
