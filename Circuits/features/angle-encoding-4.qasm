// Four features as rotation angles about Y: <Z_i> = cos x_i.
OPENQASM 3.0;
include "stdgates.inc";
@hilbert.feature
input array[float[64], 4] feature;
qubit[4] q;
#pragma hilbert observable Z2
for int i in [0:3] { ry(feature[i]) q[i]; }
