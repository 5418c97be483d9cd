import LinearAlgebra
import QuantumStates
import Randomness
import TestSupport
import Testing

@Suite struct DensityMatrixTests {
  @Test("A matrix read in either order comes back, and is printed back in both")
  func readsMatrices() throws {
    var source = RandomSource(seed: 51)
    let expected = RandomFixtures.density(qubitCount: 3, rank: 2, &source)
    let little = try DensityMatrix(expected.matrix, order: .littleEndian)
    #expect(maximumDifference(little.matrix(.littleEndian), expected.matrix) < Tolerance.double)
    let big = try DensityMatrix(little.matrix(.bigEndian), order: .bigEndian)
    #expect(maximumDifference(big.matrix(.littleEndian), expected.matrix) < Tolerance.double)
    #expect(maximumDifference(big.matrix(.bigEndian), expected.matrix) > 0.01)
  }

  @Test("Mixtures by ensemble and by mixing equal the reference")
  func mixtures() throws {
    var source = RandomSource(seed: 52)
    let (first, second) = (RandomFixtures.state(qubitCount: 3, &source), RandomFixtures.state(qubitCount: 3, &source))
    let expected = ReferenceDensity(mixing: [(0.3, first), (0.7, second)]).matrix
    let ensemble = try DensityMatrix(
      ensemble: [(probability: 0.3, amplitudes: first.amplitudes), (probability: 0.7, amplitudes: second.amplitudes)],
      order: .littleEndian)
    #expect(maximumDifference(ensemble.matrix(.littleEndian), expected) < Tolerance.double)
    var mixed = try DensityMatrix(StateVector(first))
    mixed.mix(with: try StateVector(second), probability: 0.7)
    #expect(maximumDifference(mixed.matrix(.littleEndian), expected) < Tolerance.double)
    var again = try DensityMatrix(StateVector(first))
    again.mix(with: try DensityMatrix(StateVector(second)), probability: 0.7)
    #expect(maximumDifference(again.matrix(.littleEndian), expected) < Tolerance.double)
  }

  @Test("A mixed state under controlled gates equals U rho U^+", arguments: 2...4)
  func gatesOnMixedStates(qubitCount: Int) throws {
    var source = RandomSource(seed: 53, stream: UInt64(qubitCount))
    var expected = RandomFixtures.density(qubitCount: qubitCount, rank: 3, &source)
    var actual = try DensityMatrix(expected)
    for _ in 0..<8 {
      let order = RandomFixtures.distinct(qubitCount, below: qubitCount, &source)
      let count = 1 + source.integer(below: 2)
      let conditions = Targeting.randomControls(on: Array(order.dropFirst(count)), &source)
      let unitary = RandomFixtures.unitary(1 << count, &source)
      actual.apply(unitary, targets: Array(order.prefix(count)), controls: controls(conditions))
      expected = expected.applying(unitary, targets: Array(order.prefix(count)), controls: conditions)
    }
    #expect(maximumDifference(actual.matrix(.littleEndian), expected.matrix) < Tolerance.double)
    #expect(abs(actual.trace - 1) < Tolerance.double)
    #expect(abs(actual.purity - expected.purity) < Tolerance.double)
    let kept = [qubitCount - 1, 0]
    let reduced = try actual.partialTrace(keeping: kept).matrix(.littleEndian)
    #expect(maximumDifference(reduced, expected.partialTrace(keeping: kept).matrix) < Tolerance.double)
  }

  @Test("The maximally mixed state has purity 2^-n and no preferred direction")
  func maximallyMixed() throws {
    let state = try DensityMatrix.maximallyMixed(qubits: 3)
    #expect(abs(state.purity - 0.125) < 1e-15)
    #expect(state.probabilities() == Array(repeating: 0.125, count: 8))
    #expect(state.expectation(of: X(0) * Y(2)) == 0)
    #expect(state.expectation(of: Z(1)) == 0)
    #expect(try StateVector(qubits: 3).expectation(of: Z(1)) == 1)
  }

  @Test("Copies share no memory")
  func copies() throws {
    let first = try DensityMatrix(qubits: 1)
    var second = first.copy()
    second.apply([[0, 1], [1, 0]], targets: [0])
    #expect(first[0, 0] == 1 && second[0, 0] == 0 && second[1, 1] == 1)
  }

  @Test("What is no state is refused with property, defect and tolerance")
  func refusesInput() {
    func error(_ matrix: ComplexMatrix) -> StateError? {
      do throws(StateError) {
        _ = try DensityMatrix(matrix, order: .littleEndian)
        return nil
      } catch {
        return error
      }
    }
    #expect(error(ComplexMatrix(rows: 3, columns: 3)) == .matrixShape(rows: 3, columns: 3))
    #expect(error(ComplexMatrix(rows: 2, columns: 4)) == .matrixShape(rows: 2, columns: 4))
    #expect(error([[1, Complex(.nan)], [0, 0]]) == .nonFinite(index: 1))
    #expect(
      error(ComplexMatrix([[0.5, 0.25], [0, 0.5]])) == .invalidMatrix(property: "Hermitian", defect: 0.25, tolerance: 1e-6))
    #expect(error(ComplexMatrix([[0.5, 0], [0, 0.25]])) == .notNormalized(found: 0.75, tolerance: 1e-6))
    #expect(
      error(ComplexMatrix([[1.5, 0], [0, -0.5]])) == .invalidMatrix(property: "positive semidefinite", defect: 0.5, tolerance: 1e-6)
    )
    #expect(error(ComplexMatrix([[0.5, 0.25], [0.25, 0.5]])) == nil)
    #expect(
      error(ComplexMatrix([[1.5, 0], [0, -0.5]]))?.description
        == "The matrix is not positive semidefinite: the defect is 0.5, the tolerance 1e-06. Check the input.")
  }

  @Test(
    "What is no ensemble is refused with its place",
    arguments: [
      ([], "The probabilities of the ensemble add up to 0.0, not to 1 within 1e-06: divide each by their sum."),
      ([(0.5, 2)], "The probabilities of the ensemble add up to 0.5, not to 1 within 1e-06: divide each by their sum."),
      (
        [(1.5, 2), (-0.5, 2)],
        "The probability of state 1 of the ensemble is -0.5, which is not in 0...1: correct it or leave the state out."
      ),
      (
        [(.nan, 2)],
        "The probability of state 0 of the ensemble is nan, which is not in 0...1: correct it or leave the state out."
      ),
      (
        [(0.5, 2), (0.5, 4)],
        "State 1 of the ensemble has 4 amplitudes, the first one 2: give states of equally many qubits."
      ),
      ([(1, 3)], "3 amplitudes are no state of qubits: give 2, 4, 8, ... of them, padding with zeros."),
    ] as [([(Double, Int)], String)])
  func refusesEnsembles(parts: [(probability: Double, length: Int)], message: String) {
    let ensemble = parts.map { part in
      (probability: part.probability, amplitudes: (0..<part.length).map { Complex<Double>($0 == 0 ? 1 : 0) })
    }
    do {
      _ = try DensityMatrix(ensemble: ensemble, order: .littleEndian)
      Issue.record("accepted")
    } catch {
      #expect("\(error)" == message)
    }
  }

  @Test("A register that does not fit is refused before memory is taken", arguments: [25, 31, 40, 1000])
  func tooLarge(qubitCount: Int) throws {
    let error = try #require(throws: StateError.self) { _ = try DensityMatrix(qubits: qubitCount) }
    guard case .tooLarge(let bytes, let purpose, let available, let largest) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(purpose == "A density matrix of \(qubitCount) qubits")
    #expect(bytes == (qubitCount < 30 ? 16 << UInt64(2 * qubitCount) : .max))
    #expect(largest >= 8 && 16 << UInt64(2 * largest) <= available && 16 << UInt64(2 * largest + 2) > available)
    let vectorError = try #require(throws: StateError.self) { _ = try StateVector(qubits: qubitCount + 15) }
    #expect("\(vectorError)".contains("the largest register that fits has"))
  }
}
