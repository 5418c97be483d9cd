// Two steps of a coined walk on a ring of four places, from place 0: it cannot be anywhere odd.
OPENQASM 3.0;
include "stdgates.inc";
qubit[2] place;
qubit[1] coin;
gate forward c, low, high { ctrl @ cx c, low, high; cx c, low; }
gate backward c, low, high { x c; cx c, low; ctrl @ cx c, low, high; x c; }
for int step in [0:1] {
  h coin[0];
  forward coin[0], place[0], place[1];
  backward coin[0], place[0], place[1];
}
