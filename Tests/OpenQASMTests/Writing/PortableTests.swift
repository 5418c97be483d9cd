import Foundation
import LinearAlgebra
import OpenQASM
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

/// What is written for other programs is what Qiskit has read (References/portable.py), and the same circuit.
@Suite struct PortableTests {
  /// References/portable.json.
  struct References: Decodable {
    struct Written: Decodable {
      var gate: String?
      var circuit: String?
      var file: String?
      var digest: String?
      let loaded: Bool
      var sameState: Bool?
    }

    let gates: [Written]
    let files: [Written]

    static let here = URL(filePath: #filePath).deletingLastPathComponent()
    static let circuits = here.appending(path: "../../../Circuits")

    static func read() throws -> References {
      try JSONDecoder().decode(
        References.self, from: Data(contentsOf: here.appending(path: "../References/portable.json")))
    }
  }

  /// 64 bits of FNV-1a.
  private static func digest(_ text: String) -> String {
    let value = text.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// All gates but those that version 2 has no words for are read by a loader that knows the published qelib1.inc alone.
  @Test func version2IsReadElsewhere() throws {
    let gates = try References.read().gates
    for written in gates where written.loaded {
      let file = try CircuitFile(openQASM: #require(written.circuit))
      #expect(try Self.digest(file.openQASM(.two)) == written.digest, "\(written.gate ?? ""): run References/portable.py again")
    }
    #expect(
      Set(gates.filter { !$0.loaded }.compactMap(\.gate)) == [
        "double_excitation", "double_excitation_plus", "double_excitation_minus",
      ])
    #expect(Set(gates.compactMap(\.gate)) == Set(Gate.allCases.filter { ![.u, .gphase].contains($0) }.map(\.rawValue)))
  }

  @Test func circuitsAreReadElsewhere() throws {
    let files = try References.read().files
    for written in files where written.digest != nil {
      let path = References.circuits.appending(path: try #require(written.file)).path
      let text = try CircuitFile(contentsOf: path).portable().openQASM()
      #expect(Self.digest(text) == written.digest, "\(written.file ?? ""): run References/portable.py again")
      #expect(!text.contains("@") || text.contains("ctrl @") || text.contains("inv @"))
      #expect(!text.contains("#pragma") && !text.contains("array["))
    }
    #expect(files.count { $0.loaded } >= 50)
  }

  /// Matrices and Pauli rotations are the same as gates, the phase of the state included in version 3.
  @Test func matricesBecomeGates() throws {
    var source = RandomSource(seed: 5)
    var circuit = Circuit(qubits: 4)
    for qubit in 0..<4 { circuit.append(RY(Angle(0.3 + 0.2 * Double(qubit)), qubit)) }
    circuit.append(Instruction.unitary(RandomFixtures.unitary(2, &source), on: 2))
    circuit.append(Instruction.unitary(RandomFixtures.unitary(2, &source), on: 1).controlled(by: [3: 0]))
    circuit.append(Instruction.unitary(RandomFixtures.unitary(4, &source), on: 3, 0))
    circuit.append(Instruction.diagonal(RandomFixtures.phases(4, &source), on: 1, 2))
    circuit.append(Instruction.permutation([2, 0, 3, 1], on: 0, 3))
    circuit.append(PauliRotation(0.7, X(0), Y(2), Z(3)))
    circuit.append(PauliRotation(-0.4, Y(1), X(3)).controlled(by: 0))
    let expected = try amplitudes(circuit)
    let three = try CircuitFile(openQASM: CircuitFile(circuit).portable().openQASM())
    for (found, wanted) in zip(try amplitudes(three.circuit), expected) { #expect((found - wanted).length < 1e-12) }
    // Without what only modifiers can say.
    var plain = Circuit(qubits: 4)
    plain.append(circuit.instructions.filter { $0.controls.isEmpty })
    plain.append(U(0.3, 0.4, 0.5, 1))
    let two = try CircuitFile(openQASM: CircuitFile(plain).portable(for: .two).openQASM(.two))
    let overlap = zip(try amplitudes(two.circuit), try amplitudes(plain)).reduce(Complex<Double>.zero) {
      $0 + $1.0.conjugate * $1.1
    }
    #expect(abs(overlap.length - 1) < 1e-12)
  }

  @Test func whatIsLeftOutIsNamed() throws {
    let file = try read(
      """
      @hilbert.feature
      input array[float[64], 2] x;
      input float theta;
      qubit[2] q;
      output bit[2] c;
      #pragma hilbert observable Z0 Z1
      @vendor.mark 3
      rx(x[0] + theta) q[0];
      ry(x[1]) q[1];
      #pragma hilbert snapshot("middle", "Z0") q[0]
      c[{0, 1}] = measure q[{1, 0}];
      """)
    let portable = try file.portable()
    #expect(
      portable.leftOut == [
        "the observable Z0 Z1", "\"@vendor.mark 3\"", "that c is output", "that x[0], x[1] take data", "the snapshot middle",
      ])
    #expect(
      try portable.openQASM() == """
        OPENQASM 3.0;
        include "stdgates.inc";
        input float[64] x_0;
        input float[64] x_1;
        input float[64] theta;
        qubit[2] q;
        bit[2] c;
        rx(x_0 + theta) q[0];
        ry(x_1) q[1];
        c[0] = measure q[1];
        c[1] = measure q[0];

        """)
  }

  @Test func noiseIsRefusedByName() throws {
    var circuit = Circuit(qubits: 1)
    circuit.append(BitFlip(0.1, 0))
    #expect {
      _ = try CircuitFile(circuit).portable()
    } throws: { error in
      "\(error)"
        == "Portable OpenQASM 3.0 cannot hold BitFlip(0.1, 0): other programs have no word for it; write it without --portable, or as JSON"
    }
  }
}
