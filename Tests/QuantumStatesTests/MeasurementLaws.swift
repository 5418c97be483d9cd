import LinearAlgebra
import QuantumStates
import Randomness
import TestSupport
import Testing

/// Laws of probabilities, sampling and collapse. Seeds are fixed; limits are 4 standard errors.
@Suite struct MeasurementLaws {
  @Test("Marginals equal the reference for every choice and order of qubits", arguments: Precision.allCases, 1...5)
  func marginals(precision: Precision, qubitCount: Int) throws {
    var source = RandomSource(seed: 31, stream: UInt64(qubitCount))
    let expected = RandomFixtures.state(qubitCount: qubitCount, &source)
    let state = try StateVector(expected, precision: precision)
    #expect(maximumDifference(state.probabilities(), expected.probabilities) < precision.tolerance)
    for count in 0...qubitCount {
      for qubits in Targeting.orderedChoices(count, of: qubitCount) {
        let difference = maximumDifference(state.probabilities(of: qubits), expected.probabilities(of: qubits))
        #expect(difference < precision.tolerance, "\(qubits)")
      }
    }
  }

  @Test("Marginals of a state of many pieces equal the reference, the same for 1 and 2 threads")
  func largeMarginals() throws {
    var source = RandomSource(seed: 32)
    let expected = RandomFixtures.state(qubitCount: 15, &source)
    let state = try StateVector(expected, threads: 1)
    let parallel = try StateVector(expected, threads: 2)
    for qubits in [[0], [14], [14, 3], [13, 2, 12, 0], Array(0..<15), Array((0..<15).reversed()), Array(1..<14)] {
      let marginal = state.probabilities(of: qubits)
      #expect(maximumDifference(marginal, expected.probabilities(of: qubits)) < Tolerance.double, "\(qubits)")
      #expect(marginal == parallel.probabilities(of: qubits), "\(qubits)")
      let outcome = BitString(5 % (1 << qubits.count), width: qubits.count)
      #expect(abs(state.probability(of: outcome, on: qubits) - marginal[outcome.value]) < Tolerance.double)
    }
  }

  @Test("Samples of all qubits follow the probabilities", arguments: Precision.allCases, [2, 5, 13])
  func samplesOfAllQubits(precision: Precision, qubitCount: Int) throws {
    var source = RandomSource(seed: 33, stream: UInt64(qubitCount))
    let expected = RandomFixtures.state(qubitCount: qubitCount, &source)
    let state = try StateVector(expected, precision: precision)
    let shots = state.sample(shots: 200_000, using: &source)
    var counts = Array(repeating: 0, count: 1 << qubitCount)
    for outcome in shots { counts[outcome] += 1 }
    let probabilities = expected.probabilities
    #expect(abs(Statistics.chiSquareZScore(counts: counts, probabilities: probabilities)) < 4)
    // Draws are in random order: the first half follows the same distribution as the whole.
    let low = probabilities.prefix(1 << (qubitCount - 1)).reduce(0, +)
    let firstHalf = shots.prefix(100_000).count { $0 < 1 << (qubitCount - 1) }
    #expect(abs(Statistics.binomialZScore(successes: firstHalf, trials: 100_000, probability: low)) < 4)
  }

  @Test("Counts of some qubits of a vector and of a density matrix follow the marginals")
  func countsOfSomeQubits() throws {
    var source = RandomSource(seed: 34)
    let expected = RandomFixtures.state(qubitCount: 4, &source)
    let qubits = [3, 0, 2]
    func check(_ counts: OutcomeCounts) {
      #expect(counts.shots == 50_000 && counts.width == 3)
      let list = (0..<8).map { counts[BitString($0, width: 3)] }
      #expect(abs(Statistics.chiSquareZScore(counts: list, probabilities: expected.probabilities(of: qubits))) < 4)
    }
    let vector = try StateVector(expected)
    check(vector.counts(shots: 50_000, of: qubits, using: &source))
    check(try DensityMatrix(vector).counts(shots: 50_000, of: qubits, using: &source))
  }

  @Test("Equal seeds give equal samples for any number of threads; sampling leaves the state")
  func samplesRepeat() throws {
    var source = RandomSource(seed: 35)
    let reference = RandomFixtures.state(qubitCount: 14, &source)
    let one = try StateVector(reference, threads: 1)
    let two = try StateVector(reference, threads: 2)
    var (first, second) = (RandomSource(seed: 1), RandomSource(seed: 1))
    #expect(one.sample(shots: 1000, using: &first) == two.sample(shots: 1000, using: &second))
    #expect(first == second)
    #expect(one.difference(from: reference) < 1e-15)
  }

  @Test("An impossible outcome is never drawn, wherever the sums round", arguments: Precision.allCases)
  func impossibleOutcomes(precision: Precision) throws {
    // Equal weights of 1/3 add up to less than 1, and the last basis states have none.
    var amplitudes = [Complex<Double>](repeating: .zero, count: 8192)
    for index in [1, 4096, 5000] { amplitudes[index] = Complex((1.0 / 3).squareRoot()) }
    let state = try StateVector(ReferenceState(amplitudes: amplitudes), precision: precision)
    var source = RandomSource(seed: 36)
    let shots = state.sample(shots: 300_000, using: &source)
    let counts = [1, 4096, 5000].map { outcome in shots.count { $0 == outcome } }
    #expect(counts.reduce(0, +) == 300_000)
    #expect(abs(Statistics.chiSquareZScore(counts: counts, probabilities: [1 / 3, 1 / 3, 1 / 3])) < 4)
  }

  @Test("A state whose norm has drifted is sampled by its relative weights")
  func driftedNorm() throws {
    var state = try StateVector(qubits: 1)
    state.apply([[Complex(1.2), 0], [Complex(0.9), 0]], targets: [0])  // squared norm 2.25
    var source = RandomSource(seed: 37)
    let ones = state.sample(shots: 100_000, using: &source).reduce(0, +)
    #expect(abs(Statistics.binomialZScore(successes: ones, trials: 100_000, probability: 0.36)) < 4)
  }

  @Test("Measuring collapses to the announced outcome, a second time with certainty", arguments: Precision.allCases, 1...6)
  func collapse(precision: Precision, qubitCount: Int) throws {
    var source = RandomSource(seed: 38, stream: UInt64(qubitCount))
    for _ in 0..<10 {
      let reference = RandomFixtures.state(qubitCount: qubitCount, &source)
      let qubits = RandomFixtures.distinct(1 + source.integer(below: qubitCount), below: qubitCount, &source)
      var vector = try StateVector(reference, precision: precision)
      var density = try DensityMatrix(vector)
      let outcome = vector.measure(qubits, using: &source)
      let expected = reference.collapsed(qubits: qubits, outcome: outcome.value)
      #expect(vector.difference(from: expected) < 10 * precision.tolerance)
      #expect(vector.measure(qubits, using: &source) == outcome)

      let probability = try density.project(qubits, onto: outcome)
      #expect(abs(probability - reference.probabilities(of: qubits)[outcome.value]) < precision.tolerance)
      #expect(maximumDifference(density.matrix(.littleEndian), expected.density.matrix) < 10 * precision.tolerance)
      #expect(density.measure(qubits, using: &source) == outcome)
      #expect(abs(density.trace - 1) < precision.tolerance)
    }
  }

  @Test("Outcomes of repeated measurements follow the probabilities")
  func measurementStatistics() throws {
    var source = RandomSource(seed: 39)
    let reference = RandomFixtures.state(qubitCount: 3, &source)
    let vector = try StateVector(reference)
    let density = try DensityMatrix(StateVector(reference))
    var counts = [[Int]](repeating: [0, 0, 0, 0], count: 2)
    for _ in 0..<4000 {
      var first = vector.copy()
      var second = density.copy()
      counts[0][first.measure([2, 0], using: &source).value] += 1
      counts[1][second.measure([2, 0], using: &source).value] += 1
    }
    for list in counts {
      #expect(abs(Statistics.chiSquareZScore(counts: list, probabilities: reference.probabilities(of: [2, 0]))) < 4)
    }
  }

  @Test("Projecting on an impossible outcome is an error and leaves the state")
  func impossibleProjection() throws {
    var vector = try StateVector(qubits: 2)
    let error = #expect(throws: StateError.self) { try vector.project([1], onto: "1") }
    #expect(error == .impossibleOutcome("1", qubits: [1]))
    #expect(error?.description == "The outcome 1 of qubits [1] has probability 0: project onto one that can occur.")
    #expect(vector[0] == 1)
    var density = try DensityMatrix(qubits: 2)
    #expect(throws: StateError.impossibleOutcome("1", qubits: [1])) { try density.project([1], onto: "1") }
    #expect(density[0, 0] == 1)
  }

  @Test("Bit j of an outcome is the j-th measured qubit, printed from the right")
  func bitOrder() throws {
    var state = try StateVector(qubits: 3)
    state.apply(permutation: [1, 0], targets: [1])  // |010>
    var source = RandomSource(seed: 40)
    #expect(state.counts(shots: 5, using: &source)["010"] == 5)
    #expect(state.counts(shots: 5, of: [1, 2], using: &source)["01"] == 5)
    #expect(state.counts(shots: 5, of: [2, 1], using: &source)["10"] == 5)
    #expect(state.measure([1, 0, 2], using: &source).description == "001")
    #expect(state.amplitudes(.littleEndian)[2] == 1)
    #expect(state.amplitudes(.bigEndian)[2] == 1)
    state.apply(permutation: [1, 0], targets: [0])  // |011>
    #expect(state.amplitudes(.littleEndian)[3] == 1)
    #expect(state.amplitudes(.bigEndian)[6] == 1)
  }

  @Test("A matrix that is not Hermitian has no expectation")
  func expectationNeedsHermitian() throws {
    let state = try StateVector(qubits: 2)
    #expect(throws: StateError.invalidMatrix(property: "Hermitian", defect: 1, tolerance: 1e-10)) {
      try state.expectation(of: [[0, 1], [0, 0]], targets: [1])
    }
    #expect(throws: StateError.nonFinite(index: 3)) {
      try DensityMatrix(qubits: 2).expectation(of: [[0, 0], [0, Complex(.nan)]], targets: [0])
    }
  }
}
