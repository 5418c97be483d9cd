import LinearAlgebra
import OpenQASM
import QuantumCircuits
import QuantumStates
import Testing

/// Long files are read, compiled and run in a time that grows with their length and no faster.
@Suite struct LongFileTests {
  private static func seconds(_ body: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try body()
    let elapsed = (ContinuousClock.now - start).components
    return Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
  }

  private static func power(_ matrix: ComplexMatrix, _ exponent: Int) -> ComplexMatrix {
    var (result, square, rest) = (ComplexMatrix.identity(matrix.rows), matrix, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result = square * result }
      square = square * square
      rest >>= 1
    }
    return result
  }

  /// Sums and parities of many bits: what they read, and whether they fit where they are stored, is asked once of each operand.
  @Test func expressionsOfManyBits() throws {
    let seconds = try Self.seconds {
      let text = "OPENQASM 3.0;\nqubit q;\nbit[60] c;\nif (popcount(c) == 3) { reset q; }"
      let counting = try CircuitFile(openQASM: text).circuit
      #expect(counting.instructions.first?.readBits == Array(0..<60))
      var circuit = Circuit(qubits: 1, bits: 60)
      circuit.append(Assign((1..<60).reduce(ClassicalBit(0).expression) { $0 ^ ClassicalBit($1) }, to: ClassicalBit(0)))
      let file = CircuitFile(circuit)
      let back = try CircuitFile(openQASM: file.openQASM(.three))
      #expect(back == file)
    }
    // Twice in each operand would take years.
    #expect(seconds < 20, "\(seconds) s")
  }

  /// Gates in a row on one qubit are one step, to which each is added in place.
  @Test func aLongRunOnOneQubit() throws {
    let rounds = 60_000
    let text = "OPENQASM 2.0;\ninclude \"qelib1.inc\";\nqreg q[1];\n" + String(repeating: "h q[0];\nrz(0.3) q[0];\n", count: rounds)
    let seconds = try Self.seconds {
      let circuit = try CircuitFile(openQASM: text).circuit
      #expect(circuit.operationCount == 2 * rounds)
      let round = Gate.rz.matrix(angles: [0.3]) * Gate.h.matrix(angles: [])
      let expected = Self.power(round, rounds)
      let found = try circuit.run().amplitudes(.littleEndian)
      for row in 0..<2 { #expect((found[row] - expected[row, 0]).length < 1e-9) }
    }
    // A copy at each gate took minutes.
    #expect(seconds < 20, "\(seconds) s")
  }

  /// A unitary is not compared with all that was before it on other qubits.
  @Test func longChainsOnOtherQubits() throws {
    let rounds = 30_000
    func chain(_ a: Int, _ b: Int) -> String { String(repeating: "ry(0.1) q[\(a)];\ncx q[\(a)], q[\(b)];\n", count: rounds) }
    let text = "OPENQASM 2.0;\ninclude \"qelib1.inc\";\nqreg q[4];\n" + chain(0, 1) + chain(2, 3)
    let seconds = try Self.seconds {
      let state = try CircuitFile(openQASM: text).circuit.run().amplitudes(.littleEndian)
      // Two equal pairs: a product state.
      for first in 0..<4 {
        for second in 0..<4 {
          #expect((state[first + 4 * second] * state[0] - state[first] * state[4 * second]).length < 1e-9)
        }
      }
    }
    #expect(seconds < 20, "\(seconds) s")
  }
}
