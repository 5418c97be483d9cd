import LinearAlgebra
import Randomness
import Stabilizers
import TestSupport
import Testing

@Suite struct StabilizerStateLaws {
  /// A random circuit: random elements of one or two qubits on random qubits.
  static func gates(qubits count: Int, _ length: Int, _ source: inout RandomSource) -> [CliffordGate] {
    (0..<length).flatMap { _ in
      let qubits = source.choose(min(2, count), from: count)
      return Clifford.random(qubits: qubits.count, using: &source).gates().map { $0.mapped(to: qubits) }
    }
  }

  static func letters(x: [Int], z: [Int]) -> [Int: Character] {
    Dictionary(uniqueKeysWithValues: Set(x + z).map { ($0, x.contains($0) ? (z.contains($0) ? "Y" : "X") : "Z") })
  }

  static func reference(_ gates: [CliffordGate], qubits count: Int) -> ReferenceState {
    gates.reduce(ReferenceState(qubitCount: count)) { state, gate in
      state.applying(CliffordLaws.generators.first { $0.name == gate.name }!.matrix, targets: gate.qubits)
    }
  }

  /// Every Pauli product has the expectation value of the dense state.
  @Test(arguments: 1...4, 0..<8)
  func expectationsAreThoseOfAmplitudes(_ count: Int, _ seed: Int) {
    var source = RandomSource(seed: UInt64(seed), stream: 21, index: UInt64(count))
    let gates = Self.gates(qubits: count, 4, &source)
    var state = StabilizerState(qubits: count)
    for gate in gates { state.apply(gate.name.clifford, to: gate.qubits) }
    let reference = Self.reference(gates, qubits: count)
    for code in 0..<1 << (2 * count) {
      let (x, z) = ((0..<count).filter { code >> $0 & 1 == 1 }, (0..<count).filter { code >> (count + $0) & 1 == 1 })
      #expect(abs(Double(state.expectation(x: x, z: z)) - reference.expectation(pauli: Self.letters(x: x, z: z))) < 1e-9)
    }
  }

  /// Measuring any product collapses the state as the projector does.
  @Test(arguments: 1...4, 0..<8)
  func measurementsProject(_ count: Int, _ seed: Int) {
    var source = RandomSource(seed: UInt64(seed), stream: 22, index: UInt64(count))
    let gates = Self.gates(qubits: count, 4, &source)
    var state = StabilizerState(qubits: count)
    for gate in gates { state.apply(gate.name.clifford, to: gate.qubits) }
    var reference = Self.reference(gates, qubits: count)
    for _ in 0..<6 {
      let code = 1 + source.integer(below: 1 << (2 * count) - 1)
      let (x, z) = ((0..<count).filter { code >> $0 & 1 == 1 }, (0..<count).filter { code >> (count + $0) & 1 == 1 })
      let word = ReferenceOperators.pauliWord(Self.letters(x: x, z: z), qubitCount: count)
      let before = reference.expectation(full: word).real
      let (outcome, isDetermined) = state.measure(x: x, z: z, otherwise: source.next() & 1 == 1)
      #expect(isDetermined == (abs(before) > 0.5))
      if isDetermined { #expect(outcome == (before < 0)) }
      let image = reference.applying(full: word)
      let sign = outcome ? -1.0 : 1
      let projected = zip(reference.amplitudes, image.amplitudes).map { ($0 + Complex(sign) * $1) / 2 }
      let norm = projected.reduce(0) { $0 + $1.lengthSquared }.squareRoot()
      reference = ReferenceState(amplitudes: projected.map { $0 / Complex(norm) })
      for check in 0..<1 << (2 * count) {
        let (x, z) = ((0..<count).filter { check >> $0 & 1 == 1 }, (0..<count).filter { check >> (count + $0) & 1 == 1 })
        #expect(abs(Double(state.expectation(x: x, z: z)) - reference.expectation(pauli: Self.letters(x: x, z: z))) < 1e-9)
      }
    }
  }

  /// Words of rows are crossed where there are more than 64 qubits.
  @Test(arguments: [63, 64, 65, 130, 1000])
  func longGHZStates(_ count: Int) {
    var state = StabilizerState(qubits: count)
    state.apply(.h, to: [0])
    for qubit in 1..<count { state.apply(.cx, to: [qubit - 1, qubit]) }
    #expect(state.expectation(x: Array(0..<count)) == 1)
    #expect(state.expectation(z: [0, count - 1]) == 1)
    #expect(state.expectation(z: [count - 1]) == 0)
    // Y on two qubits in place of X: -1.
    #expect(state.expectation(x: Array(0..<count), z: [1, count - 1]) == -1)
    let other = state.copy()
    let first = state.measure(z: [count / 2], otherwise: true)
    #expect(first.outcome && !first.isDetermined)
    for qubit in 0..<count { #expect(state.expectation(z: [qubit]) == -1) }
    #expect(other.expectation(z: [0]) == 0)
    let (x, z, isNegative) = other.stabilizer(0)
    #expect(other.expectation(x: x, z: z) == (isNegative ? -1 : 1))
  }
}
