import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

/// Estimates from shots against exact expectation values: z-tests with fixed seeds, four standard errors wide.
struct EstimationLaws {
  static func observable(terms: Int, qubits: Int, _ source: inout RandomSource) -> PauliSum {
    let drawn = (0..<terms).map { _ in
      let places = RandomFixtures.distinct(1 + source.integer(below: qubits), below: qubits, &source)
      return PauliSum.Term(source.normal(), PauliWord(places.map { PauliFactor(Pauli.allCases[source.integer(below: 3)], $0) }))
    }
    return PauliSum(drawn + [PauliSum.Term(0.7, .identity)])
  }

  static func circuit(qubits: Int, _ source: inout RandomSource) -> Circuit {
    Circuit(qubits: qubits) { Instruction.unitary(RandomFixtures.unitary(1 << qubits, &source), qubits: Array(0..<qubits)) }
  }

  @Test(arguments: PauliGrouping.allCases, 0..<6)
  func everyGroupIsDiagonalAfterItsRotation(_ grouping: PauliGrouping, _ index: Int) {
    var source = RandomSource(seed: 3, index: UInt64(index))
    let qubits = 2 + index % 3
    let observable = Self.observable(terms: 12, qubits: qubits, &source)
    let groups = observable.measurementGroups(grouping, qubits: qubits)
    #expect(PauliSum(groups.flatMap(\.terms)) == PauliSum(observable.terms.filter { !$0.word.isIdentity }))
    for group in groups {
      let unitary = fullUnitary(group.rotation)
      let turned = unitary * PauliSum(group.terms).matrix(qubits: qubits) * unitary.adjoint
      let expected = ComplexMatrix.diagonal((0..<1 << qubits).map { Complex(group.value(of: $0)) })
      #expect(turned.isClose(to: expected, tolerance: 1e-12), "\(group.terms) \(group.rotation)")
      if grouping != .commuting { #expect(group.rotation.twoQubitCount == 0 || grouping == .none) }
    }
  }

  @Test func coarserGroupingsHaveFewerGroups() {
    var source = RandomSource(seed: 4)
    let observable = Self.observable(terms: 40, qubits: 4, &source)
    let counts = PauliGrouping.allCases.map { observable.measurementGroups($0, qubits: 4).count }
    #expect(counts[0] > counts[1] && counts[1] > counts[2])
    // A heavier term leads its group.
    #expect(
      observable.measurementGroups(.commuting, qubits: 4)[0].terms[0].coefficient.magnitude
        == observable.terms.filter { !$0.word.isIdentity }.map(\.coefficient.magnitude).max())
  }

  static let allocations: [ShotAllocation] = [.uniform, .coefficients, .variances(pilot: 50)]

  @Test(arguments: PauliGrouping.allCases, allocations)
  func estimatesAreUnbiasedAndTheirErrorsRight(_ grouping: PauliGrouping, _ allocation: ShotAllocation) throws {
    var source = RandomSource(seed: 6)
    let observable = Self.observable(terms: 8, qubits: 3, &source)
    let circuit = Self.circuit(qubits: 3, &source)
    let state = try circuit.run()
    let exact = observable.terms.reduce(0) { $0 + $1.coefficient * state.expectation(of: $1.word) }
    let scores = try (0..<40).map { _ in
      let estimate = try circuit.estimate(
        of: observable, shots: 1000, grouping: grouping, allocation: allocation, using: &source)
      return (estimate.value - exact) / estimate.standardError
    }
    let mean = scores.reduce(0, +) / 40
    #expect(abs(mean) < 4 / Double(40).squareRoot())
    #expect(abs(Statistics.chiSquareZScore(scores.reduce(0) { $0 + $1 * $1 }, freedom: 40)) < 4)
  }

  /// Groups that hardly scatter, with few shots: none is given up, nothing is spent beyond what was given, and the mean has no
  /// bias.
  @Test(arguments: [ShotAllocation.uniform, .coefficients, .variances(pilot: 10)])
  func fewShotsAreSpentAsTheyShould(_ allocation: ShotAllocation) throws {
    let circuit = Circuit(qubits: 2) { RY(0.3, 0) }
    let observable = 1.0 * Z(0) + 3 * X(1) - 0.2 * Y(0)
    let exact = Double.cos(0.3)
    var source = RandomSource(seed: 12)
    let (repetitions, shots) = (2000, 80)
    var (errors, squares, claimed) = (0.0, 0.0, 0.0)
    for _ in 0..<repetitions {
      var spent = 0
      let estimate = try circuit.estimate(of: observable, shots: shots, grouping: .none, allocation: allocation) {
        (circuit: Circuit, shots: Int) throws(CompilationError) in
        spent += shots
        return try circuit.run(shots: shots, using: &source).counts
      }
      #expect(spent == shots && estimate.standardError > 0)
      errors += estimate.value - exact
      squares += (estimate.value - exact) * (estimate.value - exact)
      claimed += estimate.standardError * estimate.standardError
    }
    #expect(abs(errors) < 4 * squares.squareRoot())
    #expect(0.8 < claimed / squares && claimed / squares < 1.25, "\(claimed / squares)")
  }

  @Test func tooFewShotsAreAnError() throws {
    let circuit = Circuit(qubits: 2) { H(0) }
    for (allocation, shots) in [(ShotAllocation.coefficients, 3), (.variances(pilot: 10), 23), (.variances(pilot: 1), 100)] {
      let error = #expect(throws: CompilationError.self) {
        var source = RandomSource(seed: 1)
        return try circuit.estimate(
          of: 1.0 * Z(0) + X(1), shots: shots, grouping: .none, allocation: allocation, using: &source)
      }
      #expect(error?.description.contains("2 groups are measured one by one") == true)
    }
  }

  /// Shots that all agree do not make a value exact.
  @Test func agreementIsNotCertainty() throws {
    var source = RandomSource(seed: 2)
    let estimate = try Circuit(qubits: 1) { RY(0.001, 0) }.estimate(of: 1.0 * Z(0) + 0.5, shots: 50, using: &source)
    #expect(estimate.value == 1.5 && abs(estimate.standardError - 0.02) < 1e-12)
  }

  /// Registers may be called what the estimators would call theirs.
  @Test func registersKeepTheirNames() throws {
    var circuit = Circuit(qubits: 1)
    for name in ["group", "shadow", "copies", "group_copy", "measured"] {
      let bit = circuit.addRegister(name, size: 1)
      circuit.append(Measure([0], into: bit))
    }
    circuit.append(H(0))
    var source = RandomSource(seed: 3)
    #expect(try circuit.estimate(of: X(0).pauliSum, shots: 100, using: &source).value == 1)
    #expect(try ClassicalShadow(of: circuit, shots: 100, using: &source).bases.count == 100)
    #expect(try circuit.estimateDistilled(of: X(0).pauliSum, shots: 100, using: &source).value == 1)
  }

  @Test func sharesAddUp() {
    #expect(ShotAllocation.shares(of: 10, weights: [1, 0, 0], atLeast: 2) == [6, 2, 2])
    #expect(ShotAllocation.shares(of: 10, weights: [1, 1, 2]) == [3, 3, 4])
    #expect(ShotAllocation.shares(of: 3, weights: [0, 0, 5]) == [1, 1, 1])
    #expect(ShotAllocation.shares(of: 7, weights: [0, 0]) == [4, 3])
    #expect(ShotAllocation.shares(of: 1003, weights: [0.1, 3, 0, 7]).reduce(0, +) == 1003)
  }

  @Test func betterAllocationHasSmallerErrors() throws {
    let circuit = Circuit(qubits: 2) {
      RY(0.3, 0)
      H(1)
    }
    // Of the three settings Z0 and X1 have little variance, Y1 all of it.
    let observable = PauliSum([
      PauliSum.Term(1, PauliWord([Z(0)])), PauliSum.Term(1, PauliWord([X(1)])), PauliSum.Term(1, PauliWord([Y(1)])),
    ])
    var source = RandomSource(seed: 8)
    let errors = try [ShotAllocation.uniform, .variances(pilot: 100)].map {
      try circuit.estimate(of: observable, shots: 6000, grouping: .none, allocation: $0, using: &source).standardError
    }
    #expect(errors[1] < 0.8 * errors[0])
  }

  @Test func shadowsGiveManyObservablesAtOnce() throws {
    var source = RandomSource(seed: 9)
    let circuit = Self.circuit(qubits: 3, &source)
    let state = try circuit.run()
    let shadow = try ClassicalShadow(of: circuit, shots: 20_000, using: &source)
    for word in [PauliWord([X(0)]), PauliWord([Y(1), Z(2)]), PauliWord([Z(0), X(1), Y(2)]), PauliWord([Z(0), Z(2)])] {
      let exact = state.expectation(of: word)
      for batches in [1, 9, 10] {
        let estimate = shadow.estimate(of: word, batches: batches)
        #expect(abs(estimate.value - exact) < 4 * estimate.standardError, "\(word) \(estimate) \(exact)")
        let expected = (Double(word.weight == 1 ? 3 : word.weight == 2 ? 9 : 27) / 20_000).squareRoot()
        #expect(estimate.standardError < 1.4 * expected)
      }
    }
    let sum = 0.5 * (X(0) * X(1)) - 2 * Z(2) + 0.25
    let exact = sum.terms.reduce(0) { $0 + $1.coefficient * state.expectation(of: $1.word) }
    let estimate = shadow.estimate(of: sum)
    #expect(abs(estimate.value - exact) < 4 * estimate.standardError)
  }
}
