import QuantumCircuits

/// The body of a gate that the standard files lack, in terms of those that they have; exact, the phase included.
///
/// Tests read every definition under another name and compare its matrix with the row of the gate table.
struct GateDefinition {
  /// Names of the angles and of the qubits.
  let angles: [String]
  let qubits: [String]
  let body: String
  /// The body in OpenQASM 2, which has no modifiers and no phases: the same up to a phase. nil where there is none.
  let body2: String?
  /// Gates beyond the standard ones that the body uses.
  let uses: [Gate]

  init(_ angles: String, _ qubits: String, _ body: String, version2: String? = nil, uses: [Gate] = []) {
    self.angles = angles.split(separator: " ").map(String.init)
    self.qubits = qubits.split(separator: " ").map(String.init)
    (self.body, self.uses) = (body, uses)
    let unphased = body.split(separator: "; ").filter { !$0.hasPrefix("gphase") }.joined(separator: "; ")
    body2 = version2 ?? (unphased.contains("@") ? nil : unphased)
  }

  /// The definition as a statement; nil where the version has none.
  func text(of gate: Gate, _ version: OpenQASMVersion) -> String? {
    let list = angles.isEmpty ? "" : "(\(angles.joined(separator: ", ")))"
    guard let body = version == .two ? body2 : body else { return nil }
    return "gate \(gate.rawValue)\(list) \(qubits.joined(separator: ", ")) { \(body) }"
  }

  /// The definitions that some gates need, each after those that it uses.
  static func needed(for gates: Set<Gate>, beyond standard: Set<Gate>) -> [Gate] {
    var order: [Gate] = []
    func add(_ gate: Gate) {
      if standard.contains(gate) || order.contains(gate) { return }
      for used in all[gate]?.uses ?? [] { add(used) }
      order.append(gate)
    }
    for gate in Gate.allCases where gates.contains(gate) { add(gate) }
    return order
  }

  /// Gates of stdgates.inc of OpenQASM 3, and its built-in ones.
  static let standard3: Set<Gate> = [
    .p, .x, .y, .z, .h, .s, .sdg, .t, .tdg, .sx, .rx, .ry, .rz, .cx, .cy, .cz, .cp, .crx, .cry, .crz, .ch, .swap, .ccx, .cswap, .cu,
    .id, .u1, .u2, .u3, .u, .gphase,
  ]

  /// Gates of qelib1.inc as it was published with OpenQASM 2. Later copies of the file have more, which other programs may lack.
  ///
  /// Source: Cross, Bishop, Smolin, Gambetta, "Open Quantum Assembly Language", 2017, appendix.
  static let standard2: Set<Gate> = [
    .u3, .u2, .u1, .cx, .id, .x, .y, .z, .h, .s, .sdg, .t, .tdg, .rx, .ry, .rz, .cz, .cy, .ch, .ccx, .crz,
  ]

  /// The definitions. Several angles are named in the order of their names: an importer of Qiskit (qiskit-qasm3-import 0.6) gives
  /// them their values in that order, whatever order they are declared in.
  static let all: [Gate: GateDefinition] = [
    .w: GateDefinition("", "a", "gphase(pi / 2); rz(-pi / 4) a; rx(pi) a; rz(pi / 4) a;"),
    .p: GateDefinition("lambda", "a", "u1(lambda) a;"),
    .sx: GateDefinition("", "a", "gphase(pi / 4); rx(pi / 2) a;"),
    .sxdg: GateDefinition("", "a", "gphase(-pi / 4); rx(-pi / 2) a;"),
    .sy: GateDefinition("", "a", "gphase(pi / 4); ry(pi / 2) a;"),
    .sydg: GateDefinition("", "a", "gphase(-pi / 4); ry(-pi / 2) a;"),
    .sw: GateDefinition("", "a", "gphase(pi / 4); rz(-pi / 4) a; rx(pi / 2) a; rz(pi / 4) a;"),
    .swdg: GateDefinition("", "a", "gphase(-pi / 4); rz(-pi / 4) a; rx(-pi / 2) a; rz(pi / 4) a;"),
    .r: GateDefinition("t0 t1", "a", "rz(-t1) a; rx(t0) a; rz(t1) a;"),
    .raxis: GateDefinition(
      "t0 t1 t2", "a", "rz(-t2) a; ry(-t1) a; rz(t0) a; ry(t1) a; rz(t2) a;"),
    .rot: GateDefinition("t0 t1 t2", "a", "rz(t0) a; ry(t1) a; rz(t2) a;"),
    .crx: GateDefinition("theta", "a b", "h b; crz(theta) a, b; h b;"),
    .cry: GateDefinition("theta", "a b", "ry(theta / 2) b; cx a, b; ry(-theta / 2) b; cx a, b;"),
    .cp: GateDefinition(
      "lambda", "a b", "u1(lambda / 2) a; cx a, b; u1(-lambda / 2) b; cx a, b; u1(lambda / 2) b;"),
    .cu: GateDefinition(
      "t0 t1 t2 t3", "a b",
      "gphase((t1 - t2) / 4); u1(t3 + (t1 + t2) / 2) a; u1((t2 - t1) / 2) b; cx a, b; u3(-t0 / 2, 0, -(t1 + t2) / 2) b; cx a, b; "
        + "u3(t0 / 2, t1, 0) b;"),
    .swap: GateDefinition("", "a b", "cx a, b; cx b, a; cx a, b;"),
    .cswap: GateDefinition("", "a b c", "cx c, b; ccx a, b, c; cx c, b;"),
    .cs: GateDefinition("", "a b", "cp(pi / 2) a, b;", uses: [.cp]),
    .csdg: GateDefinition("", "a b", "cp(-pi / 2) a, b;", uses: [.cp]),
    .crot: GateDefinition("t0 t1 t2", "a b", "crz(t0) a, b; cry(t1) a, b; crz(t2) a, b;", uses: [.cry]),
    .ccz: GateDefinition("", "a b c", "h c; ccx a, b, c; h c;"),
    .sswap: GateDefinition(
      "", "a b", "cx a, b; ctrl @ sx b, a; cx a, b;",
      version2: "cx a, b; h a; cu1(pi / 2) b, a; h a; cx a, b;"),
    .sswapdg: GateDefinition(
      "", "a b", "cx a, b; ctrl @ inv @ sx b, a; cx a, b;", version2: "cx a, b; h a; cu1(-pi / 2) b, a; h a; cx a, b;"),
    .iswap: GateDefinition("", "a b", "s a; s b; h a; cx a, b; cx b, a; h b;"),
    .iswapdg: GateDefinition("", "a b", "h b; cx b, a; cx a, b; h a; sdg b; sdg a;"),
    .siswap: GateDefinition("", "a b", "rxx(-pi / 4) a, b; ryy(-pi / 4) a, b;", uses: [.rxx, .ryy]),
    .siswapdg: GateDefinition("", "a b", "rxx(pi / 4) a, b; ryy(pi / 4) a, b;", uses: [.rxx, .ryy]),
    .ecr: GateDefinition("", "a b", "rzx(pi / 4) a, b; x a; rzx(-pi / 4) a, b;", uses: [.rzx]),
    .rxx: GateDefinition("theta", "a b", "h a; h b; cx a, b; rz(theta) b; cx a, b; h b; h a;"),
    .ryy: GateDefinition(
      "theta", "a b", "rx(pi / 2) a; rx(pi / 2) b; cx a, b; rz(theta) b; cx a, b; rx(-pi / 2) b; rx(-pi / 2) a;"),
    .rzz: GateDefinition("theta", "a b", "cx a, b; rz(theta) b; cx a, b;"),
    .rzx: GateDefinition("theta", "a b", "h b; cx a, b; rz(theta) b; cx a, b; h b;"),
    .cphaseshift00: GateDefinition("phi", "a b", "x a; x b; cp(phi) a, b; x b; x a;", uses: [.cp]),
    .cphaseshift01: GateDefinition("phi", "a b", "x a; cp(phi) a, b; x a;", uses: [.cp]),
    .cphaseshift10: GateDefinition("phi", "a b", "x b; cp(phi) a, b; x b;", uses: [.cp]),
    .pswap: GateDefinition("phi", "a b", "swap a, b; cx a, b; p(phi) b; cx a, b;", uses: [.swap, .p]),
    .fsim: GateDefinition("t0 t1", "a b", "rxx(t0) a, b; ryy(t0) a, b; cp(-t1) a, b;", uses: [.rxx, .ryy, .cp]),
    .fswap: GateDefinition(
      "phi", "a b", "rxx(phi / 2) a, b; ryy(phi / 2) a, b; p(phi / 2) a; p(phi / 2) b;", uses: [.rxx, .ryy, .p]),
    .xxPlusYY: GateDefinition(
      "t0 t1", "a b", "rz(t1) a; rxx(t0 / 2) a, b; ryy(t0 / 2) a, b; rz(-t1) a;", uses: [.rxx, .ryy]),
    .xxMinusYY: GateDefinition(
      "t0 t1", "a b", "rz(-t1) b; rxx(t0 / 2) a, b; ryy(-t0 / 2) a, b; rz(t1) b;", uses: [.rxx, .ryy]),
    .singleExcitation: GateDefinition("phi", "a b", "cx a, b; cry(phi) b, a; cx a, b;", uses: [.cry]),
    .singleExcitationPlus: GateDefinition(
      "phi", "a b", "cx a, b; cry(phi) b, a; gphase(phi / 2); p(-phi / 2) b; cx a, b;", uses: [.cry, .p]),
    .singleExcitationMinus: GateDefinition(
      "phi", "a b", "cx a, b; cry(phi) b, a; gphase(-phi / 2); p(phi / 2) b; cx a, b;", uses: [.cry, .p]),
    .doubleExcitation: GateDefinition(
      "phi", "a b c d", "cx a, b; cx a, c; cx a, d; negctrl @ ctrl @ ctrl @ ry(phi) b, c, d, a; cx a, d; cx a, c; cx a, b;"),
    .doubleExcitationPlus: doubleExcitation(phase: "phi / 2", inverse: "-phi / 2"),
    .doubleExcitationMinus: doubleExcitation(phase: "-phi / 2", inverse: "phi / 2"),
    .orbitalRotation: GateDefinition(
      "phi", "a b c d",
      "cz b, a; cx a, c; cry(phi) c, a; cx a, c; cz b, a; cz c, b; cx b, d; cry(phi) d, b; cx b, d; cz c, b;", uses: [.cry]),
  ]

  /// The double excitation with a phase on all other states: on everything, and taken back where the rotation is.
  private static func doubleExcitation(phase: String, inverse: String) -> GateDefinition {
    GateDefinition(
      "phi", "a b c d",
      "gphase(\(phase)); cx a, b; cx a, c; cx a, d; negctrl @ ctrl @ ctrl @ ry(phi) b, c, d, a; "
        + "negctrl @ ctrl @ ctrl @ gphase(\(inverse)) b, c, d; cx a, d; cx a, c; cx a, b;")
  }
}
