// A bit-flip code over three rounds on two ancillas that are reset and used again; each round meets a flip and mends it.
OPENQASM 3.0;
include "stdgates.inc";
qubit[3] data;
qubit[2] ancilla;
bit[2] syndrome;
bit[3] read;
x data;
for int round in [0:2] {
  x data[round];
  cx data[0], ancilla[0];
  cx data[1], ancilla[0];
  cx data[1], ancilla[1];
  cx data[2], ancilla[1];
  syndrome = measure ancilla;
  switch (syndrome) {
    case 1 { x data[0]; }
    case 3 { x data[1]; }
    case 2 { x data[2]; }
    default { }
  }
  reset ancilla;
}
read = measure data;
