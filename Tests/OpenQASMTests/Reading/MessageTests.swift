import OpenQASM
import Testing

/// A wrong program and the whole message that it gets.
struct Mistake: Sendable, CustomTestStringConvertible {
  let body: String
  /// From the line and column on; the program stands below two lines of header.
  let message: String

  init(_ body: String, _ message: String) {
    self.body = body
    self.message = message
  }

  var testDescription: String { body }
}

@Suite struct MessageTests {
  static let mistakes = [
    Mistake("qubit[2] q\nh q;", "3:11: expected ;, found h\n  qubit[2] q\n            ^"),
    Mistake(
      "qubit[2] q;\nhh q[0];",
      "4:1: there is no gate hh (did you mean ch, h?); define it with gate, or include the file that does\n  hh q[0];\n  ^^"),
    Mistake(
      "qubit[2] q;\nrxx(0.1) q[0], q[1];",
      """
      4:1: there is no gate rxx (did you mean rx?); write include "hilbert.inc"; before it
        rxx(0.1) q[0], q[1];
        ^^^
      """),
    Mistake(
      "qubit[2] q;\nh p[0];", "4:3: there is no qubit or register p; declare it: qubit[2] p;\n  h p[0];\n    ^"),
    Mistake("qubit[2] q;\nh q[2];", "4:5: there is no q[2]: q has 2, q[0] to q[1]\n  h q[2];\n      ^"),
    Mistake(
      "qubit[2] q;\ncx q[0], q[0];",
      "4:10: q[0] is named twice; all qubits of a gate must differ\n  cx q[0], q[0];\n           ^^^^"),
    Mistake("qubit[2] q;\ncx q[0];", "4:1: cx acts on 2 qubits, got 1\n  cx q[0];\n  ^^^^^^^^"),
    Mistake("qubit q;\nrx q;", "4:1: rx takes 1 angle in parentheses, got none\n  rx q;\n  ^^"),
    Mistake("qubit q;\nh(0.5) q;", "4:1: h takes no angles in parentheses, got 1\n  h(0.5) q;\n  ^"),
    Mistake(
      "qubit[2] q;\nqubit[3] r;\ncx q, r;", "5:7: registers in one gate must have the same size, got 2 and 3\n  cx q, r;\n        ^"
    ),
    Mistake("qubit q;\nbit q;", "4:1: q is already defined in line 3; choose another name\n  bit q;\n  ^^^^^^"),
    Mistake("qubit q;\nrx(1 / 0) q;", "4:4: a division by zero; check the divisor\n  rx(1 / 0) q;\n     ^^^^^"),
    Mistake(
      "qubit q;\nrx(1/2) q;",
      "4:4: 1/2 is 0, for whole numbers divide as integers; write 1.0/2\n  rx(1/2) q;\n     ^^^"),
    Mistake("qubit q;\nrx(log(0)) q;", "4:4: log of 0.0 is no finite number; check its argument\n  rx(log(0)) q;\n     ^^^^^^"),
    Mistake(
      "qubit q;\nbit c;\nc = measure q;\nrx(c) q;",
      "6:4: an angle must be known when the file is read, but this depends on measured bits\n  rx(c) q;\n     ^"),
    Mistake(
      "input float n;\nqubit[n] q;",
      "4:7: a size must be known when the file is read, but this depends on an input\n  qubit[n] q;\n        ^"),
    Mistake(
      "input int n;\nqubit q;",
      """
      3:1: the input n is int and must be known when the file is read; give its value (--input n=VALUE)
        input int n;
        ^^^^^^^^^^^^
      """),
    Mistake("qubit q;\nx q; # y q;", "4:6: # has no place in OpenQASM here; remove it\n  x q; # y q;\n       ^"),
    Mistake("qubit q;\ns† q;", "4:2: † has no place in OpenQASM here; remove it\n  s† q;\n   ^"),
    Mistake("qubit q;\n/* x q;", "4:1: the comment /* begins here and has no end\n  /* x q;\n  ^^"),
    Mistake(
      "include \"more.inc;\nqubit q;", "3:9: the text in quotes begins here and has no end\n  include \"more.inc;\n          ^"),
    Mistake(
      "qubit q;\nrx(3x) q;",
      "4:4: 3x is no number: a name cannot begin with a digit, and a number ends where letters begin\n  rx(3x) q;\n     ^^"),
    Mistake(
      "qubit q;\nrx(99999999999999999999) q;",
      "4:4: 99999999999999999999 is no number: it does not fit 64 bits\n  rx(99999999999999999999) q;\n     ^^^^^^^^^^^^^^^^^^^^"),
    Mistake(
      "bit[3] b = -8;", "3:12: -8 does not fit 3 bits\n  bit[3] b = -8;\n             ^^"),
    Mistake(
      "qubit q;\nbit c;\nc = measure q;\nint k = 4294967296;\nif (c) { k = k + 1; }",
      "7:10: 4294967296 does not fit the 32 bits of int where measured bits decide; declare int[64]\n  if (c) { k = k + 1; }\n           ^"
    ),
    Mistake("gate g a { x a;\nqubit q;", "3:10: the block { begins here and has no end\n  gate g a { x a;\n           ^"),
    Mistake("qubit q;\nif (true) { x q;", "4:11: the block { begins here and has no end\n  if (true) { x q;\n            ^"),
    Mistake(
      "qubit q;\ndelay[100ns] q;", "4:1: delay is not supported; circuits here have no time; remove it\n  delay[100ns] q;\n  ^^^^^"),
    Mistake(
      "qubit q;\ndefcal x q { }",
      "4:1: defcal is not supported; pulses are no part of a circuit; remove the calibration\n  defcal x q { }\n  ^^^^^^"),
    Mistake(
      "opaque g a;",
      "3:1: opaque is not supported; nothing says what an opaque gate does; define it with gate\n  opaque g a;\n  ^^^^^^"),
    Mistake("box { }", "3:1: box is not supported; circuits here have no time; remove it\n  box { }\n  ^^^"),
    Mistake(
      "extern f(int) -> int;",
      "3:8: the external function f is not supported; only tanh is known here\n  extern f(int) -> int;\n         ^"),
    Mistake("bit c;", "the file declares no qubits; declare some, for example qubit[2] q;"),
    Mistake("qubit[0] q;", "3:7: q has a size of at least 1, not 0\n  qubit[0] q;\n        ^"),
    Mistake(
      "qubit[2] q;\nbit[3] c;\nc = measure q;",
      "5:1: qubits and the bits that they are measured into must have the same size, got 2 and 3\n  c = measure q;\n  ^^^^^^^^^^^^^^"
    ),
    Mistake(
      "qubit q;\nmeasure q -> d;", "4:14: there is no bit or register d; declare it: bit[2] d;\n  measure q -> d;\n               ^"
    ),
    Mistake("const int n = 2;\nqubit q;\nn = 3;", "5:1: n is a constant; declare it without const to change it\n  n = 3;\n  ^"),
    Mistake(
      "qubit q;\nint n;\nrx(n) q;", "5:4: n has no value yet; assign one where it is declared: int n = ...;\n  rx(n) q;\n     ^"),
    Mistake(
      "qubit q;\ngate g a { measure a; }",
      """
      4:12: this has no place in a gate; a gate holds gates only; use def for measurements, resets and variables
        gate g a { measure a; }
                   ^^^^^^^^^^
      """),
    Mistake(
      "qubit q;\ngate g a { x q; }\ng q;",
      "4:14: q is not visible here; a gate or subroutine acts on its own qubits; pass it\n  gate g a { x q; }\n               ^"),
    Mistake(
      "gate g(t, t) a { }\nqubit q;", "3:6: t stands twice in gate g; give each its own name\n  gate g(t, t) a { }\n       ^"),
    Mistake(
      "gate g a { g a; }\nqubit q;\ng q;",
      """
      3:12: g is called too deep inside itself: the limit is 100; gates and subroutines cannot call themselves
        gate g a { g a; }
                   ^^^^
      """),
    Mistake("qubit q;\nbreak;", "4:1: break stands in no loop; remove it\n  break;\n  ^^^^^^"),
    Mistake("qubit q;\nreturn 1;", "4:1: return stands in no subroutine; remove it\n  return 1;\n  ^^^^^^^^^"),
    Mistake("def f(qubit a) { x a; }\nqubit q;\nf();", "5:1: f takes 1 argument, got 0\n  f();\n  ^^^^"),
    Mistake(
      "qubit q;\nrx(sinn(1)) q;",
      "4:4: there is no function sinn (did you mean sin?); define it with def before it is used\n  rx(sinn(1)) q;\n     ^^^^^^^"),
    Mistake("qubit q;\nctrl @ x q;", "4:1: x acts on 2 qubits, got 1\n  ctrl @ x q;\n  ^^^^^^^^^^^"),
    Mistake("qubit q;\npow @ x q;", "4:1: pow takes one exponent in parentheses, got 0\n  pow @ x q;\n  ^^^"),
    Mistake(
      "qubit q;\n@hilbert.variable\nx q;",
      "4:1: @hilbert.variable stands before a register of bits; move it or remove it\n  @hilbert.variable\n  ^^^^^^^^^^^^^^^^^"),
    Mistake(
      "qubit q;\n@hilbert.limits 3\nx q;",
      """
      4:1: there is no annotation hilbert.limits (did you mean hilbert.limit, hilbert.feature, hilbert.variable?); annotations of Hilbert are hilbert.feature, hilbert.limit, hilbert.variable
        @hilbert.limits 3
        ^^^^^^^^^^^^^^^
      """),
    Mistake(
      "qubit q;\n#pragma hilbert noise bitflip(0.1) q",
      """
      4:23: there is no channel bitflip (did you mean bit_flip, bit_phase_flip?); channels are bit_flip, phase_flip, bit_phase_flip, \
      pauli, depolarizing, depolarizing_mixing, amplitude_damping, generalized_amplitude_damping, phase_damping, \
      phase_amplitude_damping, thermal_relaxation, reset, over_rotation_x, over_rotation_y, over_rotation_z, paulis, pauli_lindblad, kraus
        #pragma hilbert noise bitflip(0.1) q
                              ^^^^^^^
      """),
    Mistake(
      "qubit q;\n#pragma hilbert observable Z0 ++ X0",
      "4:32: expected a number or a Pauli factor such as Z0, found +\n  #pragma hilbert observable Z0 ++ X0\n                                 ^"
    ),
    Mistake(
      "qubit q;\n#pragma hilbert unitary([[1, 0], [0, 2]]) q",
      """
      4:1: the matrix is not unitary: U†U differs from the identity by 3.0, the tolerance is 1e-08
        #pragma hilbert unitary([[1, 0], [0, 2]]) q
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      """),
    Mistake(
      "qubit q;\n#pragma hilbert noise depolarizing(1.5) q",
      """
      4:1: Depolarizing: errorProbability is 1.5, allowed are 0.0 to 1.0.
        #pragma hilbert noise depolarizing(1.5) q
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      """),
    Mistake(
      "qubit q;\nfor int i in [0:100000000] { x q; }",
      """
      4:30: the file unrolls to too many instructions: the limit is 1000; shorten the loops, or raise the limit where you read the file
        for int i in [0:100000000] { x q; }
                                     ^^^^
      """),
    Mistake(
      "qubit q;\nwhile (true) { }",
      """
      4:1: reading the file takes too many steps: the limit is 10000; a loop may never end
        while (true) { }
        ^^^^^^^^^^^^^^^^
      """),
    Mistake(
      "qubit q;\nx q;\nOPENQASM 3.0;",
      "5:1: the version stands once, at the beginning; remove this line\n  OPENQASM 3.0;\n  ^^^^^^^^"),
    Mistake(
      "qubit q;\ninclude \"none.inc\";",
      "4:1: cannot read none.inc: No such file or directory. Check the path.\n  include \"none.inc\";\n  ^^^^^^^^^^^^^^^^^^^"),
    Mistake(
      "qubit q;\nint[4] n = \"10\" + true ++ 3;",
      "4:23: expected ;, found ++\n  int[4] n = \"10\" + true ++ 3;\n                        ^"),
  ]

  @Test(arguments: mistakes)
  func theWholeMessage(_ mistake: Mistake) {
    do {
      _ = try read(mistake.body, options: ReadingOptions(instructionLimit: 1000))
      Issue.record("read without an error: \(mistake.body)")
    } catch {
      let expected = mistake.message.first!.isNumber ? "test.qasm:" + mistake.message : mistake.message
      #expect(error.description == expected)
    }
  }
}
