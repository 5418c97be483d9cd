import LinearAlgebra
import QuantumStates
import Randomness
import TestSupport
import Testing

/// Law: every kind of state gives the same numbers for the same operations. A new kind is one more `check` in `agree`.
@Suite struct StateConformance {
  @Test("Vector and density matrix agree with the reference after random operations", arguments: Precision.allCases, 1...4)
  func agree(precision: Precision, qubitCount: Int) throws {
    var source = RandomSource(seed: 21, stream: UInt64(qubitCount))
    for _ in 0..<5 {
      let start = RandomFixtures.state(qubitCount: qubitCount, &source)
      let steps = (0..<12).map { _ in Step.random(qubitCount: qubitCount, &source) }
      let expected = steps.reduce(start) { $1.applied(to: $0) }
      let observable = RandomFixtures.hermitian(1 << min(2, qubitCount), &source)
      let words = (0..<8).map { _ in Self.word(qubitCount: qubitCount, &source) }
      let qubits = RandomFixtures.distinct(max(1, qubitCount - 1), below: qubitCount, &source)

      var vector = try StateVector(start, precision: precision)
      var density = try DensityMatrix(StateVector(start, precision: precision))
      for step in steps {
        step.apply(to: &vector)
        step.apply(to: &density)
      }
      try check(vector, expected, observable, words, qubits)
      try check(density, expected, observable, words, qubits)
      #expect(maximumDifference(density.matrix(.littleEndian), expected.density.matrix) < 10 * precision.tolerance)
    }
  }

  private func check<State: ObservedState & ~Copyable>(
    _ state: borrowing State, _ expected: ReferenceState, _ observable: ComplexMatrix, _ words: [[Int: Character]], _ qubits: [Int]
  ) throws {
    let tolerance = 20 * state.precision.tolerance
    #expect(maximumDifference(state.probabilities(), expected.probabilities) < tolerance)
    #expect(maximumDifference(state.probabilities(of: qubits), expected.probabilities(of: qubits)) < tolerance)
    for word in words {
      #expect(abs(state.expectation(of: PauliWord(word)) - expected.expectation(pauli: word)) < tolerance, "\(word)")
    }
    let sum = PauliSum(words.enumerated().map { PauliSum.Term(Double($0.offset) - 2.5, PauliWord($0.element)) })
    let total = words.enumerated().reduce(0) { $0 + (Double($1.offset) - 2.5) * expected.expectation(pauli: $1.element) }
    #expect(abs(state.expectation(of: sum) - total) < 10 * tolerance)
    let targets = observable.rows == 2 ? [0] : [expected.qubitCount - 1, 0]
    let mean = try state.expectation(of: observable, targets: targets)
    #expect(abs(mean - expected.expectation(observable, targets: targets).real) < 10 * tolerance)
    let kept = try state.partialTrace(keeping: qubits).matrix(.littleEndian)
    #expect(maximumDifference(kept, expected.density.partialTrace(keeping: qubits).matrix) < tolerance)
  }

  static func word(qubitCount: Int, _ source: inout RandomSource) -> [Int: Character] {
    var word: [Int: Character] = [:]
    for qubit in 0..<qubitCount { word[qubit] = [nil, "X", "Y", "Z"][source.integer(below: 4)] }
    return word
  }
}

/// What both kinds of state offer beside the seam.
private protocol ObservedState: QuantumState, ~Copyable {
  func expectation(of observable: some PauliExpression) -> Double
  func expectation(of observable: ComplexMatrix, targets: [Int]) throws(StateError) -> Double
  func partialTrace(keeping kept: [Int]) throws(StateError) -> DensityMatrix
}
extension StateVector: ObservedState {}
extension DensityMatrix: ObservedState {}

/// One unitary operation, for the library and for the reference.
private enum Step {
  case matrix(ComplexMatrix, targets: [Int], controls: [Int: Int])
  case diagonal([Complex<Double>], targets: [Int], controls: [Int: Int])
  case permutation([Int], targets: [Int], controls: [Int: Int])
  case rotation([Int: Character], angle: Double, controls: [Int: Int])

  static func random(qubitCount: Int, _ source: inout RandomSource) -> Step {
    let order = RandomFixtures.distinct(qubitCount, below: qubitCount, &source)
    let count = 1 + source.integer(below: qubitCount)
    let targets = Array(order.prefix(count))
    let controls = Targeting.randomControls(on: Array(order.dropFirst(count)), &source)
    switch source.integer(below: 4) {
    case 0: return .matrix(RandomFixtures.unitary(1 << count, &source), targets: targets, controls: controls)
    case 1: return .diagonal(RandomFixtures.phases(1 << count, &source), targets: targets, controls: controls)
    case 2: return .permutation(source.permutation(of: 1 << count), targets: targets, controls: controls)
    default:
      var word = StateConformance.word(qubitCount: qubitCount, &source)
      for qubit in controls.keys { word[qubit] = nil }
      return .rotation(word, angle: source.uniform(in: -4...4), controls: controls)
    }
  }

  func apply<State: QuantumState & ~Copyable>(to state: inout State) {
    switch self {
    case .matrix(let matrix, let targets, let values): state.apply(matrix, targets: targets, controls: controls(values))
    case .diagonal(let entries, let targets, let values):
      state.apply(diagonal: entries, targets: targets, controls: controls(values))
    case .permutation(let images, let targets, let values):
      state.apply(permutation: images, targets: targets, controls: controls(values))
    case .rotation(let word, let angle, let values):
      state.apply(rotation: PauliWord(word), angle: angle, controls: controls(values))
    }
  }

  func applied(to state: ReferenceState) -> ReferenceState {
    switch self {
    case .matrix(let matrix, let targets, let controls): return state.applying(matrix, targets: targets, controls: controls)
    case .diagonal(let entries, let targets, let controls):
      return state.applying(.diagonal(entries), targets: targets, controls: controls)
    case .permutation(let images, let targets, let controls):
      var matrix = ComplexMatrix(rows: images.count, columns: images.count)
      for (column, row) in images.enumerated() { matrix[row, column] = 1 }
      return state.applying(matrix, targets: targets, controls: controls)
    case .rotation(let word, let angle, let controls):
      let matrix = ReferenceOperators.pauliRotation(word, angle: angle, qubitCount: state.qubitCount)
      let rotated = state.applying(full: matrix)
      var result = state
      for index in state.amplitudes.indices where ReferenceOperators.holds(controls, at: index) {
        result.amplitudes[index] = rotated.amplitudes[index]
      }
      return result
    }
  }
}
