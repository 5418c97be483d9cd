import QuantumCircuits

/// What gates are called elsewhere, in lower case: for suggestions, where names that look alike would lead astray.
package enum CommonGateNames {
  package static let all: [String: Gate] = [
    "cnot": .cx, "toffoli": .ccx, "ccnot": .ccx, "fredkin": .cswap, "hadamard": .h, "not": .x, "paulix": .x, "pauliy": .y,
    "pauliz": .z,
    "phase": .p, "phaseshift": .p, "controlledphase": .cp, "cphase": .cp, "cu1": .cp, "rotx": .rx, "roty": .ry, "rotz": .rz,
    "identity": .id, "i": .id, "v": .sx, "si": .sdg, "ti": .tdg, "xx": .rxx, "yy": .ryy, "zz": .rzz, "isingxx": .rxx,
    "isingzz": .rzz,
  ]
}
