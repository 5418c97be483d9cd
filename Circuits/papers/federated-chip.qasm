// The fixed chip of federated learning with quantum states: an operator arrives as a state of two qubits and acts on the data qubit
// where both read 00. Probabilities of 000 and 100 are those of O|d>/sqrt(2) for the data (0.6, 0.8).
OPENQASM 3.0;
include "stdgates.inc";
qubit[2] o;
qubit[1] d;
// The operator's state: RY(0.3) and RY(0.7), CNOT, RY(1.1) and RY(-0.4).
ry(0.3) o[0];
ry(0.7) o[1];
cx o[0], o[1];
ry(1.1) o[0];
ry(-0.4) o[1];
ry(2 * arccos(0.6)) d[0];
// The chip.
cx o[0], o[1];
h o[0];
cx o[1], d[0];
cz o[0], d[0];
h o[0];
h o[1];
