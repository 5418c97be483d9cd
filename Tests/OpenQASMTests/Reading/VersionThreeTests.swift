import LinearAlgebra
import OpenQASM
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

@Suite struct VersionThreeTests {
  @Test func aBellStateIsRead() throws {
    let file = try read("qubit[2] q;\nbit[2] c;\nh q[0];\ncx q[0], q[1];\nc = measure q;")
    let c = ClassicalRegister("c", bits: 0..<2)
    #expect(
      file.circuit
        == Circuit(qubits: 2, bits: 2) {
          H(0); CX(0, 1); Measure([0, 1], into: c)
        })
  }

  @Test func namesAreKept() throws {
    let file = try read(
      """
      qubit[2] data; qubit ancilla;
      input float[64] theta;
      @hilbert.feature
      input float x;
      input array[float[64], 2] w;
      output bit[2] result;
      @vendor.layout 3, 4
      rx(theta * x + w[1]) data[0];
      #pragma vendor noise off
      #pragma hilbert observable Z0 Z1 + 0.5 X2
      """)
    #expect(file.qubitRegisters == [QubitRegister("data", qubits: 0..<2), QubitRegister("ancilla", qubits: 2..<3)])
    #expect(
      file.inputs == [
        CircuitInput("theta", .parameter(0)), CircuitInput("x", .feature(0)), CircuitInput("w[0]", .parameter(1)),
        CircuitInput("w[1]", .parameter(2)),
      ])
    #expect(file.outputs == ["result"])
    #expect(file.remarks == [Remark("@vendor.layout 3, 4", place: 0), Remark("#pragma vendor noise off", place: 1)])
    #expect(file.observables == [try PauliSum("Z0 Z1 + 0.5 X2")])
    #expect(file.circuit.instructions == [RX(.parameter(0) * .feature(0) + .parameter(2), 0)])
  }

  @Test func expressionsBindAsTheSpecificationSays() throws {
    // Each is true.
    let claims = [
      "2 + 3 * 4 == 14", "(2 + 3) * 4 == 20", "2 ** 3 ** 2 == 512", "-2 ** 2 == -4", "2 ** -1 == 0.5", "7 / 2 == 3", "-7 / 2 == -3",
      "7.0 / 2 == 3.5", "-7 % 3 == -1", "1 << 2 + 1 == 8", "7 & 3 == 3 || false", "\"110\" == 6", "(6 & 3) == 2", "5 ^ 1 | 2 == 2",
      "!false && true",
      "true || false && false", "~0 == -1", "0x1F == 31", "0b101 == 5", "0o17 == 15", "1_000 == 1000", "10 - 3 - 2 == 5",
      "1 < 2 == true",
      "int(3.9) == 3", "int(-3.9) == -3", "int[4](9) == -7", "uint[4](18) == 2", "int[63](5) == 5", "int[63](-1) == -1",
      "uint[63](-1) == 9223372036854775807",
      "int[63](4611686018427387904) == -4611686018427387904", "int[64](-3) == -3", "bool(2)", "float(1) / 2 == 0.5",
      "popcount(\"0110\") == 2",
      "rotl(\"0011\", 1) == \"0110\"", "rotr(\"0011\", 1) == \"1001\"", "mod(7, 3) == 1", "pow(2, 10) == 1024", "floor(2.5) == 2",
      "ceiling(2.5) == 3", "sizeof(q) == 3", "arcsin(1) == pi / 2", "tau == 2 * π", "\"101\" == 5", "(\"101\" >> 1) == \"010\"",
      "real(3 + 2im) == 3", "imag((1 + 2im) * (1 - 2im)) == 0", "log(euler) == 1",
    ]
    for claim in claims {
      let file = try read("qubit[3] q;\nif (\(claim)) x q[0];")
      #expect(file.circuit.instructions == [X(0).instruction], "\(claim)")
    }
  }

  @Test func modifiersAreApplied() throws {
    let file = try read(
      """
      qubit[5] q;
      ctrl @ x q[0], q[1];
      negctrl @ ctrl @ rx(0.5) q[0], q[1], q[2];
      ctrl(2) @ cx q[0], q[1], q[2], q[3];
      inv @ s q[0];
      inv @ rx(0.5) q[0];
      pow(2) @ rx(0.5) q[0];
      pow(-1) @ t q[0];
      pow(3) @ x q[0];
      pow(0.25) @ rz(0.5) q[0];
      ctrl @ gphase(0.3) q[4];
      gphase(0.7);
      inv @ ctrl @ pow(0.5) @ p(1.0) q[0], q[1];
      """)
    #expect(
      file.circuit.instructions == [
        X(1).controlled(by: 0), RX(0.5, 2).controlled(by: [0: 0, 1: 1]), CX(2, 3).controlled(by: 0, 1), Sdg(0), RX(-0.5, 0),
        RX(1, 0),
        Tdg(0), X(0).instruction, X(0).instruction, X(0).instruction, RZ(0.125, 0), GlobalPhase(0.3).controlled(by: 4),
        GlobalPhase(0.7), P(-0.5, 1).controlled(by: 0),
      ])
  }

  @Test func fractionalPowersAreRoots() throws {
    let halves: [(String, ComplexMatrix)] = [
      ("x", Gate.sx.matrix()), ("y", Gate.sy.matrix()), ("z", Gate.s.matrix()), ("s", Gate.t.matrix()),
      ("swap", Gate.sswap.matrix()),
    ]
    for (name, root) in halves {
      let operands = name == "swap" ? "q[0], q[1]" : "q[0]"
      let file = try read("qubit[2] q;\npow(0.5) @ \(name) \(operands);\npow(-0.5) @ \(name) \(operands);")
      guard case .unitary(let forward) = file.circuit.instructions[0].kind,
        case .unitary(let back) = file.circuit.instructions[1].kind
      else {
        Issue.record("\(name): no matrix")
        continue
      }
      #expect(maximumDifference(forward, root) < 1e-12, "\(name)")
      #expect(maximumDifference(back, root.adjoint) < 1e-12, "\(name)")
    }
  }

  @Test func loopsAreUnrolled() throws {
    let file = try read(
      """
      const int n = 3;
      qubit[n] q;
      for int i in [0:n - 1] { h q[i]; }
      for uint i in [2:-2:0] x q[i];
      for int i in {2, 0} y q[i];
      array[float[64], 2] angles = {0.5, 1.5};
      for float[64] a in angles rz(a) q[0];
      int k = 0;
      while (k < 2) { z q[k]; k += 1; if (k == 1) continue; }
      for int i in [0:10] { if (i == 1) break; s q[i]; }
      switch (n) { case 1, 2 { x q[0]; } case 3 { t q[0]; } default { y q[0]; } }
      """)
    #expect(
      file.circuit
        == Circuit(qubits: 3) {
          H(0); H(1); H(2); X(2); X(0); Y(2); Y(0); RZ(0.5, 0); RZ(1.5, 0); Z(0); Z(1); S(0); T(0)
        })
  }

  @Test func namesMayStandForPartsOfRegisters() throws {
    let file = try read(
      """
      qubit[4] a; qubit[2] b; bit[4] c; bit d;
      let even = a[0:2:2];
      let both = even ++ b;
      let last = a[-1];
      let chosen = a[{3, 1}];
      x both; y last; z chosen[1];
      let bits = c[0] ++ d;
      if (bits == 3) x a[1];
      c[{0, 2}] = measure a[{1, 3}];
      c[1:2] = measure b;
      """)
    let (c, d) = (ClassicalRegister("c", bits: 0..<4), ClassicalRegister("d", bits: 4..<5))
    var expected = Circuit(qubits: 6, registers: [c, d]) {
      X(0); X(2); X(4); X(5); Y(3); Z(1)
    }
    expected.append(
      Instruction(.conditional(.binary(.equal, .bits([0, 4]), .integer(3)), then: [X(1).instruction], otherwise: []), targets: []))
    expected.append(Instruction(.measurement(bits: [0, 2]), targets: [1, 3]))
    expected.append(Instruction(.measurement(bits: [1, 2]), targets: [4, 5]))
    #expect(file.circuit == expected)
  }

  /// Registers that hold variables are told from those of results, and stay so when the file is written and read again.
  @Test func variablesAreNoResults() throws {
    let file = try read(
      """
      qubit[3] q;
      bit[2] c;
      int[8] n = 0;
      def both(qubit a, qubit b) -> bit { bit[2] local; local[0] = measure a; local[1] = measure b; return local[0] & local[1]; }
      c[0] = measure q[0];
      if (c[0]) { n = 3; }
      if (measure q[1]) { x q[2]; }
      c[1] = both(q[0], q[1]);
      """)
    #expect(file.circuit.registers.map(\.name).filter { !file.variables.contains($0) } == ["c"])
    #expect(file.variables.contains("n") && file.variables.contains("local"))
    #expect(try CircuitFile(openQASM: file.openQASM()) == file)
    #expect(try CircuitFile(json: file.json) == file)
  }

  /// Bits that are passed to a subroutine have elements like any register.
  @Test func bitsOfParametersHaveElements() throws {
    let file = try read(
      """
      qubit[2] q;
      bit[3] c;
      def mend(bit[3] syndrome, qubit a) { if (syndrome[1]) x a; if (syndrome[1:2] == 2) z a; }
      c[0] = measure q[0];
      mend(c, q[1]);
      """)
    let conditions = file.circuit.instructions.compactMap { instruction -> ClassicalExpression? in
      if case .conditional(let condition, _, _) = instruction.kind { condition } else { nil }
    }
    #expect(conditions == [.bits([1]), .binary(.equal, .bits([1, 2]), .integer(2))])
  }

  /// A register that is stored in one too wide for a number leaves nothing of what was there before.
  @Test func wideRegistersAreStoredWhole() throws {
    let file = try read("qubit q;\nbit[66] wide;\nbit[2] c;\nwide = c;")
    let (wide, c) = (file.circuit.registers[0].bits, file.circuit.registers[1].bits)
    #expect(file.circuit.instructions.flatMap(\.writtenBits) == Array(wide) && file.circuit.instructions.count == 66)
    for (place, instruction) in file.circuit.instructions.enumerated() {
      guard case .assignment(_, let value) = instruction.kind else { continue }
      #expect(value == (place < 2 ? .bits([c.lowerBound + place]) : .integer(0)))
    }
  }

  @Test func subroutinesAreWrittenOut() throws {
    let file = try read(
      """
      def parity(qubit[2] data, qubit helper) -> bit {
        reset helper;
        for int i in [0:1] { cx data[i], helper; }
        return measure helper;
      }
      def turn(qubit q, angle theta, int times) { for int i in [1:times] { rx(theta) q; } }
      qubit[2] q; qubit a; bit[2] s;
      turn(q[0], pi / 4, 2);
      s[0] = parity(q, a);
      s[1] = parity(q, a);
      """)
    #expect(file.circuit.registers.map(\.name) == ["s", "outcome", "outcome_2"])
    #expect(file.circuit.instructions.prefix(5) == [RX(.pi / 4, 0), RX(.pi / 4, 0), Reset(2), CX(0, 2), CX(1, 2)])
    #expect(file.circuit.instructions[6] == Assign(ClassicalExpression.bits([2]), to: 0))
  }

  @Test func measuredBitsDecide() throws {
    let file = try read(
      """
      qubit[2] q; bit[2] c; bit done;
      c[0] = measure q[0];
      if (c[0] && !c[1]) { x q[1]; } else { z q[1]; }
      @hilbert.limit 7
      while (!done) { h q[0]; done = measure q[0]; }
      while (c != 0) { c = measure q; }
      switch (c) { case 1, 2 { x q[0]; } default { y q[0]; } }
      c = 2;
      c[1] = c[0] ^ done;
      """)
    let c = ClassicalRegister("c", bits: 0..<2)
    let done = ClassicalRegister("done", bits: 2..<3)
    #expect(
      file.circuit
        == Circuit(qubits: 2, registers: [c, done]) {
          Measure(0, into: 0)
          If(c[0] && !c[1]) {
            X(1)
          } else: {
            Z(1)
          }
          While(!done[0], limit: 7) {
            H(0); Measure(0, into: 2)
          }
          While(c != 0, limit: 1000) { Measure([0, 1], into: c) }
          If(c == 1 || c == 2) {
            X(0)
          } else: {
            Y(0)
          }
          Assign(ClassicalExpression.integer(2), to: c)
          Assign(c[0] ^ done[0], to: 1)
        })
  }

  @Test func variablesThatDependOnMeasurementsBecomeBits() throws {
    let file = try read(
      """
      qubit q; bit c; int[4] n = 2; bool seen = false;
      c = measure q;
      if (c) { n = n - 3; seen = true; }
      if (n == -1 && seen) x q;
      """)
    #expect(file.circuit.registers.map(\.name) == ["c", "n", "seen"])
    // The value of n is -1 where the bit was 1: 1111 in two's complement.
    let flipped = try read(
      """
      qubit q; bit c; int[4] n = 2; bit good;
      x q;
      c = measure q;
      if (c) { n = n - 3; }
      if (n == -1) { good = 1; }
      """)
    var random = RandomSource(seed: 1)
    let shots = try flipped.circuit.run(shots: 8, using: &random)
    #expect(shots.marginal("good").occurrences == [1: 8])
  }

  @Test func definitionsOfTheTableAreRecognised() throws {
    let file = try read(
      """
      gate rxx(t) a, b { h a; h b; cx a, b; rz(t) b; cx a, b; h b; h a; }
      gate rzz(t) a, b { cx a, b; p(t) b; cx a, b; }
      gate iswap a, b { s a; s b; h a; cx a, b; cx b, a; h b; }
      qubit[2] q; input float t;
      rxx(t) q[0], q[1];
      iswap q[0], q[1];
      rzz(0.5) q[0], q[1];
      """)
    let instructions = file.circuit.instructions
    #expect(instructions[0] == RXX(.parameter(0), 0, 1))
    #expect(instructions[1] == .gate(.iswap, on: 0, 1))
    // The phase of this one differs: it stays what it is.
    #expect(Array(instructions[2...]) == [CX(0, 1), P(0.5, 1), CX(0, 1)])
  }

  @Test func pragmasHoldWhatTheLanguageHasNot() throws {
    let file = try read(
      """
      qubit[3] q; input float t; bit c;
      #pragma hilbert prepare([0.6, 0.8]) q[2]
      #pragma hilbert unitary([[0, -1.0im], [1im, 0]]) q[0]
      #pragma hilbert ctrl @ negctrl @ diagonal([1, 0.6 + 0.8im]) q[1], q[2], q[0]
      #pragma hilbert permutation([0, 2, 1, 3]) q[0], q[1]
      #pragma hilbert pauli_rotation(2 * t, "X0 Z1") q[2], q[0]
      #pragma hilbert noise depolarizing(0.01) q[0]
      #pragma hilbert noise paulis(["X0", "Z1"], [0.1, t]) q[0], q[1]
      #pragma hilbert noise pauli_lindblad(["X0 X1"], [0.1]) q[0], q[1]
      #pragma hilbert noise kraus([[[1, 0], [0, 0.6]], [[0, 0.8], [0, 0]]]) q[1]
      #pragma hilbert noise kraus("Decay", [[[1, 0], [0, 0.6]], [[0, 0.8], [0, 0]]]) q[1]
      #pragma hilbert snapshot("a", "Z0 Z1") q[0], q[2]
      if (c) {
        #pragma hilbert snapshot("101") q[0], q[2]
      }
      """)
    let operators: [ComplexMatrix] = [[[1, 0], [0, Complex(0.6)]], [[0, Complex(0.8)], [0, 0]]]
    let kraus = try Channel(kraus: operators)
    let named = try Channel(kraus: operators, name: "Decay")
    let t = Angle.parameter(0)
    let (x0, z1) = (PauliWord([X(0)]), PauliWord([Z(1)]))
    #expect(
      file.circuit.instructions == [
        .amplitudeEncoding([0.6, 0.8], qubits: [2]), .unitary([[0, -Complex.i], [Complex.i, 0]], on: 0),
        Instruction.diagonal([1, Complex(0.6, 0.8)], on: 0).controlled(by: [1: 1, 2: 0]), .permutation([0, 2, 1, 3], on: 0, 1),
        Instruction(.pauliRotation(PauliWord([X(0), Z(1)]), 2 * t), targets: [2, 0]),
        .channel(.depolarizing(errorProbability: 0.01), on: 0),
        .channel(.paulis([(word: x0, probability: Angle(0.1)), (word: z1, probability: t)], qubitCount: 2), on: 0, 1),
        .channel(.pauliLindblad([(word: PauliWord([X(0), X(1)]), rate: Angle(0.1))], qubitCount: 2), on: 0, 1),
        .channel(kraus, on: 1),
        .channel(named, on: 1),
        Instruction(.snapshot(StateSnapshot("a", .expectation(PauliSum(1, PauliWord([Z(0), Z(1)]))))), targets: [0, 2]),
        If(ClassicalExpression.bits([0])) { Snapshot("101", probabilitiesOf: 0, 2) },
      ])
  }

  @Test func inputsThatMustBeKnownAreGiven() throws {
    let text = "input int n;\ninput float t;\nqubit[n] q;\nfor int i in [0:n - 1] rx(t) q[i];"
    let file = try read(text, options: ReadingOptions(values: ["n": 2, "t": 0.25]))
    #expect(
      file.circuit
        == Circuit(qubits: 2) {
          RX(0.25, 0); RX(0.25, 1)
        })
    #expect(file.inputs.isEmpty)
  }

  @Test func anglesOfSomeBitsAreRounded() throws {
    let file = try read("qubit q;\nangle[4] a = 3 * pi;\nangle[3] b = 0.9;\nrx(a) q;\nrx(b) q;\nrx(angle[4](\"0100\")) q;")
    let angles = file.circuit.instructions.flatMap(\.angles).compactMap(\.constantValue)
    #expect(maximumDifference(angles, [.pi, .pi / 4, .pi / 2]) < Tolerance.double)
  }

  @Test func functionsOfInputsStayExpressions() throws {
    let file = try read(
      "extern tanh(float[64]) -> float[64];\ninput float t;\nqubit q;\nrx(2 * arccos(t) + tanh(t ** 2) / sqrt(t)) q;\nry(-t ** 3) q;"
    )
    let t = Angle.parameter(0)
    #expect(file.circuit.instructions == [RX(2 * .acos(t) + .tanh(.square(t)) / .sqrt(t), 0), RY(-(t * t * t), 0)])
  }

  @Test func physicalQubitsNeedNoDeclaration() throws {
    let file = try read("h $0;\ncx $0, $3;")
    #expect(
      file.circuit
        == Circuit(qubits: 4) {
          H(0); CX(0, 3)
        })
  }

  @Test func endEndsTheFile() throws {
    let file = try read("qubit q;\nx q;\nend;\ny q;")
    #expect(file.circuit == Circuit(qubits: 1) { X(0) })
  }
}
