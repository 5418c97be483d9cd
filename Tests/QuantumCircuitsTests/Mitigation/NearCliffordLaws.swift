import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

/// Training circuits consist of Clifford gates but for those that are kept, whatever gates they are made from.
@Suite struct NearCliffordLaws {
  private static func instruction(_ gate: Gate) -> Instruction {
    let row = gate.row
    return Instruction(
      .gate(gate, angles: (0..<row.angleCount).map { Angle(0.7 + 0.9 * Double($0)) }),
      targets: Array(row.controlCount..<row.qubitCount), controls: (0..<row.controlCount).map { Control($0) })
  }

  private static func isClifford(_ circuit: Circuit) -> Bool { (try? circuit.stabilizerProgram()) != nil }

  /// Every gate becomes a Clifford gate on the same qubits, or is named where it has no angle to change.
  @Test(arguments: Gate.allCases)
  func everyGateIsReplacedOrNamed(_ gate: Gate) throws {
    let circuit = Circuit(qubits: max(1, gate.qubitCount)) { Self.instruction(gate) }
    for seed in 0..<4 {
      var source = RandomSource(seed: UInt64(seed))
      do {
        let near = try circuit.nearClifford(keeping: 0, using: &source)
        #expect(Self.isClifford(near), "\(near.instructions)")
        #expect(near.instructions.map(\.qubits) == circuit.instructions.map(\.qubits))
        if Self.isClifford(circuit) { #expect(near == circuit) }
      } catch {
        #expect(gate.angleCount == 0 && gate.qubitCount > 1 && !Self.isClifford(circuit))
        #expect("\(error)".contains("is no Clifford gate and has no angle to change; decompose it, or keep at least 1"))
        #expect(try circuit.nearClifford(keeping: 1, using: &source) == circuit)
      }
    }
  }

  /// Controls, T, matrices, words, and gates in blocks.
  static let mixed = Circuit(qubits: 3, bits: 1) {
    T(0)
    RX(0.4, 2).controlled(by: [0: 0])
    Instruction.unitary(Gate.ry.matrix(angles: [1.2]), on: 1)
    Instruction(.pauliRotation(PauliWord([X(0), Z(1)]), 0.9), targets: [2, 0])
    BitFlip(0.1, 0)
    H(1)
    Measure(0, into: 0)
    If(ClassicalBit(0)) {
      RZ(0.3, 1)
    } else: {
      T(2)
    }
  }

  @Test(arguments: 0...6)
  func asManyAsAskedForAreKept(_ kept: Int) throws {
    var source = RandomSource(seed: 8, index: UInt64(kept))
    let near = try Self.mixed.nearClifford(keeping: kept, using: &source)
    func gates(_ instructions: [Instruction]) -> [Instruction] {
      instructions.flatMap { $0.blocks.isEmpty ? [$0] : gates(Array($0.blocks.joined())) }
    }
    let pairs = zip(gates(near.instructions), gates(Self.mixed.instructions))
    #expect(pairs.count { $0 != $1 } == 6 - kept)
    for (new, old) in pairs where new != old { #expect(Self.isClifford(Circuit(qubits: 3) { new }), "\(old): \(new)") }
  }

  /// T lies half way between the identity and S; a rotation by 0.4 is nearer to none than to a quarter turn.
  @Test func nearGatesAreLikely() throws {
    var source = RandomSource(seed: 9)
    let circuit = Circuit(qubits: 1) {
      T(0)
      RX(0.4, 0)
    }
    var (same, none) = (0, 0)
    for _ in 0..<400 {
      let near = try circuit.nearClifford(keeping: 0, using: &source)
      guard case .unitary(let matrix) = near.instructions[0].kind else { continue }
      if abs(matrix.trace.length - 2) < 1e-9 { same += 1 }
      if near.instructions[1] == RX(0, 0) { none += 1 }
    }
    // exp(-4 (π/4)^2) = 0.085 for each of the two, at most 0.0003 for all others; exp(-0.64) beside exp(-5.48).
    #expect(abs(same - 200) < 45 && none > 385)
  }

  @Test func whatCannotBeIsSaid() throws {
    func message(_ circuit: Circuit, keeping kept: Int) -> String? {
      #expect(throws: MitigationError.self) {
        var source = RandomSource(seed: 1)
        return try circuit.nearClifford(keeping: kept, using: &source)
      }?.description
    }
    #expect(message(Circuit(qubits: 1) { RX(.parameter(0), 0) }, keeping: 0)?.contains("bind the circuit first") == true)
    #expect(message(Circuit(qubits: 1) { T(0) }, keeping: 2)?.contains("2 gates are to be kept, and 1 are no Clifford") == true)
  }
}
