import OpenQASM
import QuantumCircuits
import QuantumStates
import TestSupport
import Testing

@Suite struct VersionTwoTests {
  @Test func aBellStateIsRead() throws {
    let file = try readVersionTwo("qreg q[2];\ncreg c[2];\nh q[0];\ncx q[0], q[1];\nmeasure q -> c;")
    let register = ClassicalRegister("c", bits: 0..<2)
    #expect(
      file.circuit
        == Circuit(qubits: 2, bits: 2) {
          H(0); CX(0, 1); Measure([0, 1], into: register)
        })
    #expect(file.qubitRegisters == [QubitRegister("q", qubits: 0..<2)])
    let state = try amplitudes(file.circuit.removingFinalMeasurements)
    let half = Double.sqrt(0.5)
    #expect(maximumDifference(state.map(\.real), [half, 0, 0, half]) < Tolerance.double)
  }

  @Test func registersBroadcast() throws {
    let file = try readVersionTwo(
      "qreg a[2];\nqreg b[2];\nqreg c[1];\ncx a, b;\ncx a[1], b;\nrx(pi/2) b;\nbarrier a, b[0];\nreset a;")
    #expect(
      file.circuit
        == Circuit(qubits: 5) {
          CX(0, 2); CX(1, 3); CX(1, 2); CX(1, 3); RX(.pi / 2, 2); RX(.pi / 2, 3); Barrier(0, 1, 2); Reset(0, 1)
        })
    #expect(file.qubitRegisters.map(\.name) == ["a", "b", "c"])
  }

  @Test func aConditionGovernsOneStatement() throws {
    let file = try readVersionTwo("qreg q[1];\ncreg c[2];\nif (c == 3) x q[0];\nif(c==0) measure q[0] -> c[1];")
    let c = ClassicalRegister("c", bits: 0..<2)
    #expect(
      file.circuit
        == Circuit(qubits: 1, bits: 2) {
          If(c == 3) { X(0) }; If(c == 0) { Measure(0, into: c[1]) }
        })
  }

  @Test func numbersAreReal() throws {
    let file = try readVersionTwo(
      "qreg q[1];\nrz(1/2) q[0];\nrz(2^3) q[0];\nrz(-2^2) q[0];\nrz(sin(pi/6)*ln(exp(2))) q[0];\nrz(3e-1+.5) q[0];\nrz(7-3-2) q[0];"
    )
    let angles = file.circuit.instructions.flatMap(\.angles).compactMap(\.constantValue)
    #expect(maximumDifference(angles, [0.5, 8, -4, 1, 0.8, 2]) < Tolerance.double)
  }

  @Test func gatesAreWrittenOut() throws {
    let file = try readVersionTwo(
      """
      gate twice(a, b) x, y { rx(a) x; barrier x, y; cx x, y; rz(a + b) y; }
      gate nothing a { }
      qreg q[3];
      twice(0.5, 1) q[2], q[0];
      nothing q[1];
      """)
    #expect(
      file.circuit
        == Circuit(qubits: 3) {
          RX(0.5, 2); Barrier(2, 0); CX(2, 0); RZ(1.5, 0)
        })
  }

  @Test func theBuiltInGatesNeedNoInclude() throws {
    let file = try CircuitFile(openQASM: "OPENQASM 2.0; qreg q[2]; U(0.1,0.2,0.3) q[0]; CX q[0],q[1];")
    #expect(
      file.circuit
        == Circuit(qubits: 2) {
          U3(0.1, 0.2, 0.3, 0); CX(0, 1)
        })
  }

  @Test func aFileMayDefineAGateOfTheLibraryItself() throws {
    let file = try readVersionTwo("gate sx a { h a; }\nqreg q[1];\nsx q[0];")
    #expect(file.circuit == Circuit(qubits: 1) { H(0) })
  }

  @Test func everyGateOfTheLibraryIsKnown() throws {
    // Names and counts of qelib1.inc as it is distributed: angles, qubits.
    let gates: [(String, Int, Int)] = [
      ("u3", 3, 1), ("u2", 2, 1), ("u1", 1, 1), ("cx", 0, 2), ("id", 0, 1), ("u0", 1, 1), ("u", 3, 1), ("p", 1, 1), ("x", 0, 1),
      ("y", 0, 1), ("z", 0, 1), ("h", 0, 1), ("s", 0, 1), ("sdg", 0, 1), ("t", 0, 1), ("tdg", 0, 1), ("rx", 1, 1), ("ry", 1, 1),
      ("rz", 1, 1), ("sx", 0, 1), ("sxdg", 0, 1), ("cz", 0, 2), ("cy", 0, 2), ("swap", 0, 2), ("ch", 0, 2), ("ccx", 0, 3),
      ("cswap", 0, 3), ("crx", 1, 2), ("cry", 1, 2), ("crz", 1, 2), ("cu1", 1, 2), ("cp", 1, 2), ("cu3", 3, 2), ("csx", 0, 2),
      ("cu", 4, 2), ("rxx", 1, 2), ("rzz", 1, 2), ("rccx", 0, 3), ("rc3x", 0, 4), ("c3x", 0, 4), ("c3sqrtx", 0, 4), ("c4x", 0, 5),
    ]
    for (name, angles, qubits) in gates {
      let numbers = (0..<angles).map { "0.\($0 + 1)" }.joined(separator: ",")
      let operands = (0..<qubits).map { "q[\($0)]" }.joined(separator: ",")
      let file = try readVersionTwo("qreg q[5];\n\(name)\(angles == 0 ? "" : "(\(numbers))") \(operands);")
      #expect(file.circuit.isUnitary && (name == "u0" || !file.circuit.instructions.isEmpty), "\(name)")
    }
  }
}
