// Repeat until success: a loop on a measured bit, at most 60 rounds; it always ends with the flag at 0.
OPENQASM 3.0;
include "stdgates.inc";
qubit[2] q;
bit[1] flag;
bit[1] parity;
ry(1.2) q[0];
flag[0] = measure q[0];
@hilbert.limit 60
while (flag[0]) {
  ry(1.2) q[0];
  crx(0.6) q[0], q[1];
  flag[0] = measure q[0];
  parity[0] = parity[0] ^ flag[0];
}
