import LinearAlgebra
import QuantumStates
import Randomness
import TestSupport
import Testing

/// The algebra of Pauli words and sums equals that of their matrices.
struct PauliLaws {
  /// All words on three qubits.
  static let words: [PauliWord] = (0..<8).flatMap { x in (0..<8).map { PauliWord(xMask: UInt64(x), zMask: UInt64($0)) } }

  static func randomSum(_ source: inout RandomSource) -> PauliSum {
    PauliSum((0..<5).map { _ in PauliSum.Term(source.normal(), words[source.integer(below: words.count)]) })
  }

  @Test(arguments: words)
  func matrixIsTheKroneckerProduct(_ word: PauliWord) {
    let expected = (0..<3).reduce(ComplexMatrix.identity(1)) { low, qubit in
      (word[qubit]?.matrix ?? .identity(2)).kronecker(low)
    }
    #expect(word.matrix(qubits: 3) == expected)
    #expect(PauliWord(word.factors) == word)
    #expect(word.weight == word.qubits.count && word.qubitCount == (word.qubits.last ?? -1) + 1)
    #expect(word.isDiagonal == expected.isDiagonal())
  }

  @Test(arguments: words)
  func productsAndCommutationEqualThoseOfMatrices(_ left: PauliWord) {
    let phases: [Complex<Double>] = [1, .i, -1, -Complex.i]
    for right in Self.words {
      let (word, turns) = left.product(with: right)
      let product = left.matrix(qubits: 3) * right.matrix(qubits: 3)
      #expect(phases[turns] * word.matrix(qubits: 3) == product)
      #expect(left.commutes(with: right) == (product == right.matrix(qubits: 3) * left.matrix(qubits: 3)))
    }
  }

  @Test func matricesAreTheUsualOnes() {
    #expect(Pauli.x.matrix == [[0, 1], [1, 0]])
    #expect(Pauli.y.matrix == [[0, Complex(0, -1)], [Complex(0, 1), 0]])
    #expect(Pauli.z.matrix == [[1, 0], [0, -1]])
    #expect((Z(0) * X(1)).matrix(qubits: 2) == [[0, 0, 1, 0], [0, 0, 0, -1], [1, 0, 0, 0], [0, -1, 0, 0]])
  }

  @Test(arguments: 0..<20)
  func sumsAndSquaresEqualThoseOfMatrices(_ seed: UInt64) throws {
    var source = RandomSource(seed: seed)
    let (left, right) = (Self.randomSum(&source), Self.randomSum(&source))
    let (a, b) = (left.matrix(qubits: 3), right.matrix(qubits: 3))
    #expect(maximumDifference((left + right).matrix(qubits: 3), a + b) < 1e-14)
    #expect(maximumDifference((left - 0.5 * right + 2).matrix(qubits: 3), a - Complex(0.5) * b + Complex(2) * .identity(8)) < 1e-14)
    #expect(maximumDifference((-left - 1).matrix(qubits: 3), -a - .identity(8)) < 1e-14)
    #expect(maximumDifference((left * left).matrix(qubits: 3), a * a) < 1e-13)
    #expect(left.matrix(qubits: 3).isHermitian(tolerance: 0))
    let product = a * b
    if product.isHermitian(tolerance: 1e-12) {
      #expect(maximumDifference(try left.multiplied(by: right).matrix(qubits: 3), product) < 1e-13)
    } else {
      #expect(throws: PauliError.self) { try left.multiplied(by: right) }
    }
    #expect((left - left).terms.isEmpty)
  }

  @Test func mappingMovesQubits() {
    #expect((0.5 * X(0) * Z(2) - Y(1)).mapped(to: [3, 0, 7]) == 0.5 * X(3) * Z(7) - Y(0))
  }

  @Test func propertiesOfSums() {
    let sum = 0.5 * X(0) * Z(2) - Y(1) + 1.2
    #expect(sum.terms.count == 3 && sum.qubitCount == 3 && !sum.isDiagonal && sum.constant == 1.2)
    #expect((Z(0) * Z(1) + 0.5 * Z(3)).isDiagonal)
    #expect(PauliSum([]).description == "0" && PauliSum([]).qubitCount == 0)
  }

  @Test func wordsReachTheLastQubit() {
    let word = PauliWord([X(63), Z(0)])
    #expect(word.qubitCount == 64 && word.qubits == [0, 63] && word.description == "Z0 X63")
  }

  @Test func aProductThatIsNotHermitianSaysWhy() {
    let error = #expect(throws: PauliError.self) { try (2 * X(0) + Z(1)).multiplied(by: PauliSum("Y0")) }
    #expect(
      error?.description
        == "(2 X0 + Z1) * (Y0) is not Hermitian: the coefficient of Z0 is 2.0i; multiply observables that commute")
  }
}
