import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Testing

/// Whole drawings, compared character by character.
struct CircuitDrawingTests {
  @Test func bellPair() {
    let circuit = Circuit(qubits: 2) {
      H(0)
      CX(0, 1)
    }
    let drawing = """
      q0: ─┤H├─●─
               │
      q1: ─────⊕─
      """
    #expect(circuit.description == drawing)
  }

  @Test func gatesControlsAndCrossings() {
    let circuit = Circuit(qubits: 4) {
      H(0)
      X(2)
      CX(0, 1)
      CX(0, 3)
      RX(0.123456, 1)
      SWAP(1, 2)
      Barrier()
      CCX(0, 3, 1)
      X(2).controlled(by: [0: 0, 3: 1])
      CP(.pi / 4, 2, 3)
      fSim(.parameter(0), 0.5, 1, 3)
      GlobalPhase(0.3).controlled(by: [1: 1, 2: 0])
      CZ(1, 2)
      GlobalPhase(.parameter(1))
      GlobalPhase(0.25)
    }
    let drawing = """
      q0: ─┤H├─●─●────────────────░─●──○──────────────────────────────────────────
               │ │                  │  │
      q1: ─────⊕─┼─┤RX(0.1235)├─×─░─⊕──┼───────────┤fSim:0(w[0],0.5)├─────●─────●─
                 │              │   │  │                   │              │     │
      q2: ─┤X├───┼──────────────×─░─┼─┤X├────●─────────────┼──────────┤P○(0.3)├─●─
                 │                  │  │     │             │
      q3: ───────⊕────────────────░─●──●──┤P(π/4)├──────┤fSim:1├──────────────────

      global phase: w[1] + 0.25
      """
    #expect(circuit.description == drawing)
  }

  @Test func instructionsBesideTheTable() {
    let circuit = Circuit(qubits: 3) {
      AmplitudeEncoding(Features(4), on: 0, 1)
      PauliRotation(.parameter(3), X(0), Y(2))
      Instruction.unitary(.identity(4), on: 2, 1)
      Instruction.diagonal([1, -1], on: 0)
      Instruction.permutation([1, 0], on: 0).controlled(by: [1: 0])
      Barrier(0, 1)
      P(2 * (.pi - .feature(0)) * (.pi - .feature(1)), 2)
      P(2 * (.pi - .feature(0)) * (.pi - .feature(1)) + 0.5, 1)
    }
    let drawing = """
      q0: ─┤State:0├─┤R:X(w[3])├─┤Diagonal├───────┤Permutation├───────░────────────────────────────
               │          │                             │
      q1: ─┤State:1├──────┼──────┤Unitary:1├────────────○─────────────░─┤P(2*(π-x[0])*(π-x[1])+0…├─
                          │           │
      q2: ──────────────┤R:Y├────┤Unitary:0├─┤P(2*(π-x[0])*(π-x[1]))├──────────────────────────────
      """
    #expect(circuit.description == drawing)
  }

  @Test func wideCircuitsGoOnInBlocks() {
    let circuit = Circuit(qubits: 2) {
      for layer in 0..<4 {
        RY(Parameters(4)[layer], 0)
        CX(0, 1)
      }
    }
    let drawing = """
      q0: ─┤RY(w[0])├─●─┤RY(w[1])├─●─»
                      │            │
      q1: ────────────⊕────────────⊕─»

      q0: ─┤RY(w[2])├─●─┤RY(w[3])├─●─
                      │            │
      q1: ────────────⊕────────────⊕─
      """
    #expect(circuit.drawing(width: 34) == drawing)
    #expect(circuit.drawing(width: 34).split(separator: "\n").allSatisfy { $0.count <= 34 })
    // No width is too small: at least one gate stands in each block.
    #expect(circuit.drawing(width: 1).split(separator: "\n").count { $0.hasPrefix("q1") } == 8)
  }

  @Test func prefixesOfManyQubitsLineUp() {
    let circuit = Circuit(qubits: 11) { CZ(9, 10) }
    let lines = circuit.description.split(separator: "\n")
    #expect(lines[0] == " q0: ───")
    #expect(lines.suffix(3) == [" q9: ─●─", "      │", "q10: ─●─"])
  }
}
