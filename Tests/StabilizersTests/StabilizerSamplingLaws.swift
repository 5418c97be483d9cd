import Execution
import LinearAlgebra
import Randomness
import Stabilizers
import TestSupport
import Testing

@Suite struct StabilizerSamplingLaws {
  /// Bits of each shot as a number.
  static func outcomes(_ program: StabilizerProgram, shots: Int, seed: UInt64) -> [Int] {
    let bytes = program.sample(shots: shots, seed: seed)
    let width = program.bytesPerShot
    return (0..<shots).map { shot in (0..<width).reduce(0) { $0 | Int(bytes[shot * width + $1]) << (8 * $1) } }
  }

  /// How unlikely the outcomes are, as a z-score.
  static func zScore(_ outcomes: [Int], _ probabilities: [Double]) -> Double {
    var counts = [Int](repeating: 0, count: probabilities.count)
    for outcome in outcomes { counts[outcome] += 1 }
    return Statistics.chiSquareZScore(counts: counts, probabilities: probabilities.map { $0 < 1e-12 ? 0 : $0 })
  }

  /// Noisy random circuits: the distribution is the diagonal of the density matrix.
  @Test(arguments: 1...3, 0..<6)
  func shotsFollowTheDensityMatrix(_ count: Int, _ seed: Int) {
    var source = RandomSource(seed: UInt64(seed), stream: 31, index: UInt64(count))
    var program = StabilizerProgram(qubits: count, bits: count)
    var reference = ReferenceState(qubitCount: count).density
    for gate in StabilizerStateLaws.gates(qubits: count, 3, &source) {
      program.append(.gate(gate.name.clifford, gate.qubits))
      reference = reference.applying(CliffordLaws.generators.first { $0.name == gate.name }!.matrix, targets: gate.qubits)
      let mixture =
        gate.qubits.count == 2
        ? PauliNoise.depolarizing(qubits: 2, errorProbability: 0.1)
        : PauliNoise(qubits: 1, [(.x(0), 0.02), (SignedPauli(x: 1, z: 1), 0.05), (.z(0), 0.03)])
      program.append(.noise(mixture, gate.qubits))
      var mixed = Complex(1 - mixture.total) * reference.matrix
      for (product, probability) in zip(mixture.products, mixture.probabilities) {
        let matrix = CliffordLaws.matrix(SignedPauli(x: product.x, z: product.z), qubits: gate.qubits.count)
        mixed = mixed + Complex(probability) * reference.applying(matrix, targets: gate.qubits).matrix
      }
      reference.matrix = mixed
    }
    for qubit in 0..<count { program.append(.measure(qubit, bit: qubit)) }
    let outcomes = Self.outcomes(program, shots: 40_000, seed: UInt64(seed))
    #expect(abs(Self.zScore(outcomes, reference.probabilities)) < 4.5)
  }

  /// Measured in the middle, corrected, reset and measured again; the bit that is corrected is 0 but for flips of what was read.
  @Test func feedbackAndResetAct() {
    var program = StabilizerProgram(qubits: 2, bits: 4)
    program.append(.gate(.h, [0]))
    program.append(.gate(.cx, [0, 1]))
    program.append(.measure(0, bit: 0))
    program.append(.feedback(.x(0), [1], bits: [0]))
    program.append(.measure(1, bit: 1))
    program.append(.gate(.h, [0]))
    program.append(.measure(0, bit: 2))
    program.append(.reset(0))
    program.append(.flip(bit: 2, probability: 1))
    program.append(.measure(0, bit: 3))
    let outcomes = Self.outcomes(program, shots: 20_000, seed: 5)
    #expect(outcomes.allSatisfy { $0 & 0b1010 == 0 })
    #expect(abs(Self.zScore(outcomes, (0..<16).map { $0 & 0b1010 == 0 ? 0.25 : 0 })) < 4.5)
  }

  /// Teleporting a qubit by Bell measurement and feedback leaves its state, by all three Pauli expectation values.
  @Test(arguments: [Clifford.h, .h.then(.s), .x, .identity(1)])
  func teleportation(_ preparation: Clifford) {
    var program = StabilizerProgram(qubits: 3, bits: 3)
    program.append(.gate(preparation, [0]))
    program.append(.gate(.h, [1]))
    program.append(.gate(.cx, [1, 2]))
    program.append(.gate(.cx, [0, 1]))
    program.append(.gate(.h, [0]))
    program.append(.measure(0, bit: 0))
    program.append(.measure(1, bit: 1))
    program.append(.feedback(.x(0), [2], bits: [1]))
    program.append(.feedback(.z(0), [2], bits: [0]))
    program.append(.gate(preparation.inverse, [2]))
    program.append(.measure(2, bit: 2))
    #expect(Self.outcomes(program, shots: 5_000, seed: 6).allSatisfy { $0 & 4 == 0 })
  }

  @Test func shotsDoNotDependOnThreadsNorOnHowMany() {
    var program = StabilizerProgram(qubits: 70, bits: 70)
    for qubit in 0..<70 {
      program.append(.gate(.h, [qubit]))
      program.append(.noise(.depolarizing(qubits: 1, errorProbability: 0.1), [qubit]))
      program.append(.gate(qubit.isMultiple(of: 3) ? .h : .s, [qubit]))
      program.append(.measure(qubit, bit: 69 - qubit))
    }
    let all = program.sample(shots: 10_000, seed: 7, loop: .serial)
    #expect(all.count == 10_000 * 9)
    #expect(program.sample(shots: 10_000, seed: 7, loop: ParallelLoop(threads: 3)) == all)
    #expect(program.sample(shots: 5_000, seed: 7) == Array(all.prefix(5_000 * 9)))
    #expect(program.sample(shots: 5_000, seed: 8) != Array(all.prefix(5_000 * 9)))
    #expect(program.sample(shots: 0, seed: 7).isEmpty)
  }
  /// Three bits of which two are confused together, read twice: the distribution is the true one with the confusion's columns in
  /// place of its values, and a correction by a reported bit acts on what was reported.
  @Test(arguments: [1, 2, 3] as [UInt64]) func confusedBitsFollowTheirColumns(_ seed: UInt64) {
    var source = RandomSource(seed: seed)
    func column(_ count: Int) -> [Double] {
      let weights = (0..<count).map { _ in source.uniform() }
      return weights.map { $0 / weights.reduce(0, +) }
    }
    let (pair, single) = ((0..<4).map { _ in column(4) }, (0..<2).map { _ in column(2) })
    var program = StabilizerProgram(qubits: 3, bits: 3)
    program.append(.gate(.h, [0]))
    program.append(.gate(.x, [1]))
    program.append(.gate(.cx, [0, 2]))
    for qubit in 0..<2 { program.append(.measure(qubit, bit: qubit)) }
    program.append(.confuse(BitConfusion(pair), bits: [1, 0]))
    program.append(.feedback(.x(0), [2], bits: [0]))
    program.append(.measure(2, bit: 2))
    program.append(.confuse(BitConfusion(single), bits: [2]))
    var expected = [Double](repeating: 0, count: 8)
    for first in 0...1 {
      for (reported, probability) in pair[1 | first << 1].enumerated() {
        let (bit1, bit0) = (reported & 1, reported >> 1)
        for (bit2, other) in single[first ^ bit0].enumerated() { expected[bit0 | bit1 << 1 | bit2 << 2] += probability * other / 2 }
      }
    }
    let outcomes = Self.outcomes(program, shots: 100_000, seed: seed)
    #expect(abs(Self.zScore(outcomes, expected)) < 4.5)
  }
}
