import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Testing

struct DynamicCircuitTests {
  /// Teleportation of qubit 0 to qubit 2.
  static let teleportation = Circuit(qubits: 3, bits: 2) {
    RY(.parameter(0), 0)
    H(1)
    CX(1, 2)
    CX(0, 1)
    H(0)
    Measure(0, into: 0)
    Measure(1, into: 1)
    If(ClassicalBit(1)) { X(2) }
    If(ClassicalBit(0)) { Z(2) }
  }

  @Test func registersAreDeclaredInOrder() {
    var circuit = Circuit(qubits: 2)
    let c = circuit.addRegister("c", size: 2)
    let flag = circuit.addRegister("flag", size: 1)
    #expect(circuit.registers == [c, flag] && circuit.bitCount == 3 && flag.bits == 2..<3 && flag[0].index == 2)
    circuit.append(Measure([0, 1], into: c))
    circuit.append(
      If(c == 2) {
        Reset(0)
      } else: {
        RX(.parameter(4), 1)
      })
    #expect(circuit.parameterCount == 5)
    var other = Circuit(qubits: 2, registers: [c])
    #expect(other != Circuit(qubits: 2))
    other.append(circuit)
    #expect(other == circuit && other.hashValue == circuit.hashValue)
    #expect(Circuit(qubits: 2, bits: 2).registers == [c])
    let moved = circuit.mapped(
      toBits: [1, 2, 0], registers: [ClassicalRegister("f", bits: 0..<1), ClassicalRegister("c", bits: 1..<3)])
    #expect(moved.instructions[0].writtenBits == [1, 2] && moved.instructions[1].readBits == [1, 2])
  }

  @Test func valuesThatDifferAreUnequal() {
    let circuits = [
      Circuit(qubits: 2, bits: 2) { Measure(0, into: 0) }, Circuit(qubits: 2, bits: 2) { Measure(0, into: 1) },
      Circuit(qubits: 2, bits: 2) { Reset(0) },
      Circuit(qubits: 2, bits: 2) { If(ClassicalBit(0)) { X(1) } }, Circuit(qubits: 2, bits: 2) { If(ClassicalBit(0)) { Z(1) } },
      Circuit(qubits: 2, bits: 2) {
        If(ClassicalBit(0)) {
        } else: {
          X(1)
        }
      },
      Circuit(qubits: 2, bits: 2) { While(ClassicalBit(0), limit: 3) { X(1) } },
      Circuit(qubits: 2, bits: 2) { While(ClassicalBit(0), limit: 4) { X(1) } },
      Circuit(qubits: 2, bits: 2) { Assign(ClassicalBit(0), to: ClassicalBit(1)) },
      Circuit(qubits: 2, bits: 2) { Snapshot("a", of: Z(0)) }, Circuit(qubits: 2, bits: 2) { Snapshot("a", of: X(0)) },
    ]
    #expect(Set(circuits).count == circuits.count)
  }

  @Test func countsLookIntoBlocks() {
    let circuit = Self.teleportation
    #expect(circuit.countsByName == ["RY": 1, "H": 2, "CX": 2, "Measure": 2, "X": 1, "Z": 1])
    #expect(circuit.operationCount == 9)
    #expect(circuit.depth == 6)
    #expect(!circuit.isUnitary)
  }

  @Test func transformationsReachIntoBlocks() {
    let circuit = Circuit(qubits: 2, bits: 1) {
      Measure(0, into: 0)
      If(ClassicalBit(0)) {
        RX(.parameter(0), 1)
      } else: {
        While(ClassicalBit(0), limit: 2) { Y(0) }
      }
    }
    let mapped = Circuit(qubits: 3, bits: 1) {
      Measure(2, into: 0)
      If(ClassicalBit(0)) {
        RX(0.5, 0)
      } else: {
        While(ClassicalBit(0), limit: 2) { Y(2) }
      }
    }
    #expect(circuit.mapped(to: [2, 0]).bound(parameters: [0.5]) == mapped)
    #expect(circuit.instructions[1].qubits == [0, 1])
  }

  @Test func finalMeasurementsComeOff() {
    let circuit = Circuit(qubits: 2, bits: 2) {
      H(0)
      Measure(0, into: 0)
      Barrier()
      CX(0, 1)
      Measure(1, into: 1)
      Barrier()
      Measure(0, into: 0)
    }
    #expect(circuit.removingFinalMeasurements.instructions.map(\.name) == ["H", "Measure", "Barrier", "CX", "Barrier"])
    let bell = Circuit(qubits: 2) {
      H(0)
      CX(0, 1)
    }
    #expect(bell.measured().instructions.last == Measure([0, 1], into: ClassicalRegister("measured", bits: 0..<2)))
    #expect(bell.measured().removingFinalMeasurements.instructions == bell.instructions)
  }

  static let here = SourceLocation(fileID: "Classifier/main.swift", line: 12)
  static let place = " at Classifier/main.swift:12: "

  static let mistakes: [(Instruction, String)] = [
    (Measure(2, into: 0), "Measure(2, into: bit[0])" + place + "there is no qubit 2 in a circuit of 2; qubits are 0...1"),
    (Measure(0, into: 2), "Measure(0, into: bit[2])" + place + "there is no classical bit 2 in a circuit of 2; bits are 0...1"),
    (
      Measure([0, 1], into: ClassicalRegister("d", bits: 0..<1)),
      "Measure(0, 1, into: bit[0])" + place + "2 qubits are measured into 1 bits; give one bit for each qubit"
    ),
    (
      Instruction(.measurement(bits: [1, 1]), targets: [0, 1]),
      "Measure(0, 1, into: bit[1],bit[1])" + place + "bit 1 is named twice; each outcome needs a bit of its own"
    ),
    (
      Measure(0, into: 0).controlled(by: 1),
      "Measure(0, into: bit[0]).controlled(by: [1: 1])" + place + "a measurement is no unitary gate and takes no controls"
    ),
    (Reset(0).controlled(by: 1), "Reset(0).controlled(by: [1: 1])" + place + "a reset is no unitary gate and takes no controls"),
    (If(ClassicalBit(7)) { X(0) }, "If(bit[7])" + place + "there is no classical bit 7 in a circuit of 2; bits are 0...1"),
    (
      While(ClassicalBit(0), limit: 0) { X(0) },
      "While(bit[0], limit: 0)" + place + "a loop of at most 0 rounds does nothing; the limit is at least 1"
    ),
    (
      Instruction(.conditional(.integer(1), then: [H(5)], otherwise: []), targets: []),
      "H(5)" + place + "there is no qubit 5 in a circuit of 2; qubits are 0...1"
    ),
    (
      Instruction(.conditional(.integer(1), then: [], otherwise: [AmplitudeEncoding(Features(2), on: 0)]), targets: []),
      "AmplitudeEncoding(2 amplitudes, 0)" + place
        + "a state preparation cannot stand in a block; prepare before the first condition"
    ),
  ]

  @Test(arguments: mistakes)
  func saysWhatIsWrong(_ instruction: Instruction, _ message: String) {
    var located = instruction
    located.source = Self.here
    let error = #expect(throws: CircuitError.self) { try Circuit(qubits: 2, bits: 2).check(located) }
    #expect(error?.description == message)
  }

  @Test func withoutBitsTheErrorSaysHowToDeclareThem() {
    let error = #expect(throws: CircuitError.self) { try Circuit(qubits: 1, instructions: [Measure(0, into: 0)]) }
    #expect(
      error?.description == "Measure(0, into: bit[0]): there is no classical bit 0, the circuit has none; "
        + "declare bits with Circuit(qubits:bits:) or addRegister")
  }

  /// Everything that needs a circuit of unitary gates, by what its error says it is.
  static let uses: [(String, @Sendable (Circuit) throws -> Void)] = [
    ("CircuitRunner", { _ = try $0.run(parameters: [0.1]) }),
    ("CircuitFunction", { _ = try CircuitFunction.expectation(of: [Z(2).pauliSum], after: $0) }),
    ("BatchStates", { _ = try BatchStates(of: $0) }),
    ("Circuit.metricTensor", { _ = try $0.metricTensor(parameters: [0.1]) }),
  ]

  @Test(arguments: uses)
  func exactUsesRefuseByName(_ purpose: String, _ use: @Sendable (Circuit) throws -> Void) {
    let error = #expect(throws: CompilationError.self) { try use(Self.teleportation) }
    let message = error?.description ?? ""
    #expect(message.hasPrefix("Measure(0, into: bit[0]) at QuantumCircuitsTests/DynamicCircuitTests.swift:"))
    #expect(
      message.hasSuffix(
        " is no unitary gate, and \(purpose) needs a circuit of unitary gates: run it with shots (Circuit.run(shots:)), "
          + "or leave final measurements out (Circuit.removingFinalMeasurements)."))
  }

  @Test func drawingShowsRegistersAndBlocks() {
    var circuit = Circuit(qubits: 3)
    let c = circuit.addRegister("c", size: 2)
    let flag = circuit.addRegister("flag", size: 1)
    circuit.append(H(0))
    circuit.append(Measure(0, into: c[1]))
    circuit.append(
      If(c == 2) {
        CX(1, 2)
      } else: {
        Reset(1)
      })
    circuit.append(Assign(c[0] ^ c[1], to: flag[0]))
    circuit.append(While(flag, limit: 4) { Measure([1, 2], into: c) })
    circuit.append(Snapshot("z", of: Z(2)))
    let drawing = """
        q0: ─┤H├─┤M├─────────────────────────────────────────────────────────────────────────────
                  │
        q1: ──────┼──┤if c == 2├─●─┤else├─┤|0⟩├─┤end├───────────────┤while flag├─┤M├─┤end├───────
                  │       │      │   │            │                      │        │    │
        q2: ──────┼───────┊──────⊕───┊────────────┊──────────────────────┊───────┤M├───┊───┤◉ z├─
                  │       │          │            │                      │        │    │
         c: ══════1═══════■══════════┊════════════┊═════════■════════════┊════════c════┊═════════
                                                            │            │             │
      flag: ══════════════════════════════════════════0=c[0] ^ c[1]══════■═════════════┊═════════
      """
    #expect(circuit.drawing(width: 110) == drawing)
  }
}
