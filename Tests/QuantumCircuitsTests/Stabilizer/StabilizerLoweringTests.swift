import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import Stabilizers
import TestSupport
import Testing

@Suite struct StabilizerLoweringTests {
  /// Each gate at multiples of a quarter turn: either the images of all Pauli words are conjugated matrices, or the matrix is no
  /// Clifford's.
  @Test(arguments: Gate.allCases)
  func imagesAreConjugatedMatrices(_ gate: Gate) {
    let count = gate.qubitCount
    for step in 0..<(gate.angleCount == 0 ? 1 : 4) {
      let matrix = gate.matrix(angles: (0..<gate.angleCount).map { Double(step + $0) * .pi / 2 })
      guard count > 0 else { continue }
      guard let clifford = Clifford(matrix: matrix) else {
        #expect(Self.leavesThePaulis(matrix, qubits: count), "\(gate) at step \(step) is a Clifford gate")
        continue
      }
      for code in 0..<UInt64(1) << UInt64(2 * count) {
        let pauli = SignedPauli(x: code & (1 << UInt64(count) - 1), z: code >> UInt64(count))
        let expected = matrix * pauli.matrix(qubits: count) * matrix.adjoint
        #expect(maximumDifference(clifford.image(of: pauli).matrix(qubits: count), expected) < 1e-9, "\(gate) \(step) \(pauli)")
      }
    }
  }

  /// Whether some X or Z becomes a matrix with more than one entry in a row, or with entries that are no fourth roots of 1.
  static func leavesThePaulis(_ matrix: ComplexMatrix, qubits count: Int) -> Bool {
    (0..<count).flatMap { [SignedPauli.x($0), .z($0)] }.contains { pauli in
      let image = matrix * pauli.matrix(qubits: count) * matrix.adjoint
      return words(qubits: count).allSatisfy { word in
        let overlap = (word.adjoint * image).diagonal.reduce(Complex<Double>.zero, +).length / Double(image.rows)
        return overlap < 1 - 1e-9
      }
    }
  }

  private static func words(qubits count: Int) -> [ComplexMatrix] {
    (0..<UInt64(1) << UInt64(2 * count)).map {
      SignedPauli(x: $0 & (1 << UInt64(count) - 1), z: $0 >> UInt64(count)).matrix(qubits: count)
    }
  }

  /// Shots of frames and shots of states, of one circuit with noise, conditions, resets and controls on 0: the same distribution.
  @Test func shotsAreThoseOfStates() throws {
    let circuit = Circuit(qubits: 3, bits: 3) {
      H(0)
      CX(0, 1)
      S(1)
      RX(.pi / 2, 2)
      X(2).instruction.controlled(by: [0: 0])
      Depolarizing(errorProbability: 0.1, 1, 2)
      PauliChannel(px: 0.05, py: 0.1, pz: 0.02, 0)
      Measure(0, into: 0)
      If(ClassicalBit(0)) { Y(1) }
      If(!ClassicalBit(0)) { Z(2) }
      H(1)
      BitFlip(0.1, 1)
      Measure(1, into: 1)
      Reset(0)
      CX(0, 2)
      H(2)
      Measure(2, into: 2)
    }
    let program = try circuit.stabilizerProgram()
    let shots = 40_000
    let bytes = program.sample(shots: shots, seed: 3)
    var counts = [Int](repeating: 0, count: 8)
    for byte in bytes { counts[Int(byte)] += 1 }
    var source = RandomSource(seed: 4)
    let others = try circuit.run(shots: shots, using: &source).counts
    for outcome in 0..<8 {
      let (one, other) = (Double(counts[outcome]), Double(others.occurrences[outcome] ?? 0))
      #expect(abs(one - other) < 4.5 * max(1, one + other).squareRoot(), "\(outcome): \(one) and \(other)")
    }
  }

  /// Errors of readout, in the middle too, of frames and of trajectories: the same distribution.
  @Test func readoutErrorsAreThoseOfTrajectories() throws {
    var readout = try ReadoutError(p01: 0.05, p10: 0.2, qubits: [0])
    try readout.add(
      RealMatrix([[0.8, 0.1, 0.05, 0], [0.1, 0.7, 0.05, 0.1], [0.1, 0.1, 0.9, 0.3], [0, 0.1, 0, 0.6]]), on: [2, 1])
    let circuit = Circuit(qubits: 3, bits: 4) {
      H(0)
      CX(0, 1)
      Measure(0, into: 3)
      If(ClassicalBit(3)) { X(0) }
      H(2)
      Measure(0, into: 0)
      Measure([1, 2], into: ClassicalRegister("c", bits: 1..<3))
    }
    let shots = 60_000
    let frames = try circuit.stabilizerProgram(readout: readout).counts(shots: shots, seed: 3)
    var source = RandomSource(seed: 4)
    let settings = TrajectorySettings(method: .trajectories, readout: readout)
    let states = try circuit.run(shots: shots, using: &source, settings: settings).counts
    for outcome in 0..<16 {
      let (one, other) = (Double(frames.occurrences[outcome] ?? 0), Double(states.occurrences[outcome] ?? 0))
      #expect(abs(one - other) < 4.5 * max(1, one + other).squareRoot(), "\(outcome): \(one) and \(other)")
    }
    let half = Circuit(qubits: 3, bits: 1) { Measure(1, into: 0) }
    #expect(throws: CompilationError.self) { try half.stabilizerProgram(readout: readout) }
    // One after the other is together where nothing comes between.
    let both = Circuit(qubits: 3, bits: 2) {
      Measure(1, into: 0); Measure(2, into: 1)
    }
    #expect(throws: Never.self) { try both.stabilizerProgram(readout: readout) }
  }

  @Test func whatDoesNotFitIsRefusedByName() throws {
    func message(_ circuit: Circuit) -> String {
      do {
        _ = try circuit.stabilizerProgram()
        return "none"
      } catch { return "\(error)" }
    }
    #expect(message(Circuit(qubits: 1) { T(0) }).contains("T(0)"))
    #expect(message(Circuit(qubits: 1) { T(0) }).hasSuffix("it is no Clifford gate."))
    #expect(message(Circuit(qubits: 1) { RX(0.3, 0) }).contains("RX"))
    #expect(message(Circuit(qubits: 1) { AmplitudeDamping(0.1, 0) }).contains("Circuit.pauliTwirled"))
    #expect(message(Circuit(qubits: 1, bits: 2) { If(ClassicalBit(0) && ClassicalBit(1)) { X(0) } }).contains("no parity of bits"))
    #expect(message(Circuit(qubits: 1, bits: 1) { If(ClassicalBit(0)) { H(0) } }).contains("only Pauli gates"))
    // A snapshot records nothing there, in blocks no more than elsewhere; a phase of the whole state is nothing to record.
    for snapshot in [Snapshot("s", of: Z(0)), Snapshot("s", probabilitiesOf: 0)] {
      #expect(message(Circuit(qubits: 1) { snapshot }).hasSuffix("it has no stabilizer form."))
      #expect(message(Circuit(qubits: 1, bits: 1) { If(ClassicalBit(0)) { snapshot } }).hasSuffix("it has no stabilizer form."))
    }
    let phase = Circuit(qubits: 1, bits: 1) {
      GlobalPhase(0.3)
      If(!ClassicalBit(0)) {
        GlobalPhase(0.3)
        X(0)
      }
      Measure(0, into: 0)
    }
    #expect(try phase.stabilizerProgram().counts(shots: 10, seed: 1).occurrences == [1: 10])
  }
}
