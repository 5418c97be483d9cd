import QuantumCircuits
import QuantumStates

/// A gate that can be called by name.
enum GateEntry {
  /// A row of the gate table.
  case table(TableGate)
  /// A gate that a file, or a library, defines by others.
  case defined(GateSyntax)
}

/// A row of the gate table under a name of a library.
struct TableGate {
  let gate: Gate
  /// How many qubits lead as controls, those that the name adds to the row among them.
  let controlCount: Int
  let qubitCount: Int
  /// How many angles the name takes, and those of the row that it fixes.
  let angleCount: Int
  var fixedAngles: [Angle] = []

  /// - Parameters:
  ///   - controls: controls beside the row's own, which come after them.
  ///   - fixed: the last angles of the row, where the name takes fewer.
  init(_ gate: Gate, controls: Int = 0, fixed: [Angle] = []) {
    let row = gate.row
    self.gate = gate
    controlCount = row.controlCount + controls
    qubitCount = row.qubitCount + controls
    angleCount = row.angleCount - fixed.count
    fixedAngles = fixed
  }

  func instruction(_ angles: [Angle], _ qubits: [Int]) -> Instruction {
    Instruction(
      .gate(gate, angles: fixedAngles.isEmpty ? angles : angles + fixedAngles),
      targets: controlCount == 0 ? qubits : Array(qubits[controlCount...]),
      controls: controlCount == 0 ? [] : qubits[..<controlCount].map { Control($0) })
  }
}

/// The files that are built in.
enum GateLibrary: String {
  case qelib1 = "qelib1.inc"
  case stdgates = "stdgates.inc"
  /// Every row of the gate table under the name that the row has in files.
  case hilbert = "hilbert.inc"

  init?(fileName: String) {
    guard let library = GateLibrary(rawValue: fileName) else { return nil }
    self = library
  }

  /// The names that stand for a row of the gate table.
  ///
  /// A gate of qelib1 equals its row up to a phase of the whole state, which version 2 cannot observe: it has no modifiers.
  var tableGates: [(name: String, gate: TableGate)] {
    switch self {
    case .hilbert:
      return Gate.allCases.filter { ![.u, .gphase].contains($0) }.map { ($0.rawValue, TableGate($0)) }
    case .stdgates:
      let names: [Gate] = [
        .p, .x, .y, .z, .h, .s, .sdg, .t, .tdg, .sx, .rx, .ry, .rz, .cx, .cy, .cz, .cp, .crx, .cry, .crz, .ch, .swap, .ccx, .cswap,
        .cu, .id, .u1, .u2, .u3,
      ]
      return names.map { ($0.rawValue, TableGate($0)) }
        + [("CX", TableGate(.cx)), ("phase", TableGate(.p)), ("cphase", TableGate(.cp))]
    case .qelib1:
      let names: [Gate] = [
        .u3, .u2, .u1, .cx, .id, .x, .y, .z, .h, .s, .sdg, .t, .tdg, .rx, .ry, .rz, .sx, .sxdg, .cz, .cy, .swap, .ch, .ccx, .cswap,
        .crx, .cry, .crz, .cp, .cu, .rxx, .rzz, .p,
      ]
      return names.map { ($0.rawValue, TableGate($0)) } + [
        ("u", TableGate(.u3)), ("cu1", TableGate(.cp)), ("cu3", TableGate(.cu, fixed: [0])), ("csx", TableGate(.sx, controls: 1)),
        ("c3x", TableGate(.x, controls: 3)), ("c4x", TableGate(.x, controls: 4)), ("c3sqrtx", TableGate(.sx, controls: 3)),
      ]
    }
  }

  /// The gates that are no row, defined in the language itself.
  ///
  /// Source: the relative-phase Toffoli gates of Maslov, "Advantages of using relative-phase Toffoli gates", 2016, figures 3 and 4.
  var definitions: String {
    guard self == .qelib1 else { return "" }
    return """
      gate u0(gamma) a { }
      gate rccx a, b, c {
        u2(0, pi) c; u1(pi/4) c; cx b, c; u1(-pi/4) c; cx a, c; u1(pi/4) c; cx b, c; u1(-pi/4) c; u2(0, pi) c;
      }
      gate rc3x a, b, c, d {
        u2(0, pi) d; u1(pi/4) d; cx c, d; u1(-pi/4) d; u2(0, pi) d; cx a, d; u1(pi/4) d; cx b, d; u1(-pi/4) d; cx a, d;
        u1(pi/4) d; cx b, d; u1(-pi/4) d; u2(0, pi) d; u1(pi/4) d; cx c, d; u1(-pi/4) d; u2(0, pi) d;
      }
      """
  }
}

extension FileReader {
  /// Makes the gates of a library known.
  func include(_ library: GateLibrary, at mark: Mark) throws(OpenQASMError) {
    for (name, gate) in library.tableGates { try defineLibraryGate(name, .table(gate), library, at: mark) }
    let source = SourceText(name: library.rawValue, bytes: Array(library.definitions.utf8))
    sources.append(source)
    var parser = try Parser(source, file: sources.count - 1, version: .two)
    while let statement = try parser.nextStatement() {
      if case .gate(let syntax) = statement.kind { try defineLibraryGate(syntax.name, .defined(syntax), library, at: mark) }
    }
  }

  /// Several libraries may have a gate, and be included twice; a name of the file itself is in the way.
  private func defineLibraryGate(_ name: String, _ gate: GateEntry, _ library: GateLibrary, at mark: Mark) throws(OpenQASMError) {
    if let old = scopes[0].names[name], case .gate = old.binding {
      let line = old.mark.map { place(of: $0).line }
      throw error(.alreadyDefined("\(name) of \(library.rawValue)", line: line), at: mark)
    }
    libraryGates[name] = gate
  }

  /// The advice for a gate that is not known: the library that has it.
  func adviceForGate(_ name: String) -> String {
    let libraries: [GateLibrary] = version == .two ? [.qelib1] : [.stdgates, .hilbert]
    for library in libraries where library.tableGates.contains(where: { $0.name == name }) {
      return "write include \"\(library.rawValue)\"; before it"
    }
    return "define it with gate, or include the file that does"
  }
}
