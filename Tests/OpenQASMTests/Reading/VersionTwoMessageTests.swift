import OpenQASM
import Testing

@Suite struct VersionTwoMessageTests {
  static let mistakes = [
    Mistake(
      "qreg q[2];\nctrl @ x q[0], q[1];",
      "4:1: ctrl belongs to OpenQASM 3.0; begin the file with OPENQASM 3.0;\n  ctrl @ x q[0], q[1];\n  ^^^^"),
    Mistake("qubit q;", "3:1: qubit belongs to OpenQASM 3.0; begin the file with OPENQASM 3.0;\n  qubit q;\n  ^^^^^"),
    Mistake("qreg q;", "3:7: expected the size in brackets, found ;\n  qreg q;\n        ^"),
    Mistake(
      "qreg q[1];\ncreg c[1];\nif (c) x q[0];", "5:5: expected a register == a whole number, found c\n  if (c) x q[0];\n      ^"),
    Mistake("qreg q[1];\nmeasure q;", "4:10: expected ->, found ;\n  measure q;\n           ^"),
    Mistake(
      "opaque magic(a) q;",
      "3:1: opaque is not supported; nothing says what an opaque gate does; define it with gate\n  opaque magic(a) q;\n  ^^^^^^"),
    Mistake(
      "qreg q[1];\n#pragma hilbert noise reset() q[0]",
      "4:1: a pragma belongs to OpenQASM 3.0; begin the file with OPENQASM 3.0;\n  #pragma hilbert noise reset() q[0]\n  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^"
    ),
    Mistake(
      "qreg q[1];\n@note\nx q[0];", "4:1: an annotation belongs to OpenQASM 3.0; begin the file with OPENQASM 3.0;\n  @note\n  ^"),
  ]

  @Test(arguments: mistakes)
  func theWholeMessage(_ mistake: Mistake) {
    do {
      _ = try readVersionTwo(mistake.body)
      Issue.record("read without an error: \(mistake.body)")
    } catch {
      #expect(error.description == "test.qasm:" + mistake.message)
    }
  }

  @Test func theVersionIsOneThatThereIs() {
    #expect(throws: OpenQASMError.self) { try CircuitFile(openQASM: "OPENQASM 4.0;\nqubit q;") }
    do {
      _ = try CircuitFile(openQASM: "OPENQASM 4.0;\nqubit q;", named: "a.qasm")
    } catch {
      #expect(
        error.description
          == "a.qasm:1:10: there is no OpenQASM 4.0 here; write OPENQASM 2.0; or OPENQASM 3.0;\n  OPENQASM 4.0;\n           ^^^")
    }
  }
}
