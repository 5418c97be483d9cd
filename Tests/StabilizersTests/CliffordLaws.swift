import LinearAlgebra
import Randomness
import Stabilizers
import TestSupport
import Testing

@Suite struct CliffordLaws {
  /// The matrix of a signed product, from the matrices of its letters.
  static func matrix(_ pauli: SignedPauli, qubits count: Int) -> ComplexMatrix {
    var letters: [Int: Character] = [:]
    for qubit in 0..<count {
      let (x, z) = (pauli.x >> UInt64(qubit) & 1, pauli.z >> UInt64(qubit) & 1)
      letters[qubit] = x == 1 ? (z == 1 ? "Y" : "X") : z == 1 ? "Z" : nil
    }
    let phases: [Complex<Double>] = [1, .i, -1, Complex(0, -1)]
    return phases[pauli.phase] * ReferenceOperators.pauliWord(letters, qubitCount: count)
  }

  /// Matrices of the generators, written out.
  static let generators: [(name: CliffordGate.Name, matrix: ComplexMatrix)] = {
    let half = Complex<Double>(0.5.squareRoot())
    return [
      (.h, ComplexMatrix(rows: 2, columns: 2, elements: [half, half, half, -half])),
      (.s, ComplexMatrix(rows: 2, columns: 2, elements: [1, 0, 0, .i])),
      (.sdg, ComplexMatrix(rows: 2, columns: 2, elements: [1, 0, 0, Complex(0, -1)])),
      (.x, ReferenceOperators.pauli("X")), (.y, ReferenceOperators.pauli("Y")), (.z, ReferenceOperators.pauli("Z")),
      // The first qubit, the control, is the low bit of the index.
      (.cx, ComplexMatrix(rows: 4, columns: 4, elements: [1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0])),
    ]
  }()

  @Test(arguments: CliffordGate.Name.allCases)
  func imagesAreConjugatedMatrices(_ name: CliffordGate.Name) throws {
    let matrix = try #require(Self.generators.first { $0.name == name }).matrix
    let count = name.clifford.qubitCount
    for code in 0..<UInt64(1) << UInt64(2 * count) {
      let pauli = SignedPauli(x: code & (1 << UInt64(count) - 1), z: code >> UInt64(count))
      let expected = matrix * Self.matrix(pauli, qubits: count) * matrix.adjoint
      #expect((Self.matrix(name.clifford.image(of: pauli), qubits: count) - expected).frobeniusNorm < 1e-12, "\(pauli)")
    }
  }

  @Test func productsOfPaulisAreProductsOfMatrices() {
    for code in 0..<UInt64(256) {
      let left = SignedPauli(x: code & 3, z: code >> 2 & 3, isNegative: code & 1 == 1)
      let right = SignedPauli(x: code >> 4 & 3, z: code >> 6)
      let difference =
        Self.matrix(left * right, qubits: 2) - Self.matrix(left, qubits: 2) * Self.matrix(right, qubits: 2)
      #expect(difference.frobeniusNorm < 1e-12, "\(left) * \(right)")
    }
  }

  /// All elements that the generators reach.
  static func closure(qubits count: Int) -> Set<Clifford> {
    let pairs = count == 1 ? [] : [[0, 1], [1, 0]]
    let steps =
      (0..<count).flatMap { [Clifford.h.on([$0], of: count), .s.on([$0], of: count)] } + pairs.map { .cx.on($0, of: count) }
    var (found, newest): (Set<Clifford>, [Clifford]) = ([.identity(count)], [.identity(count)])
    while !newest.isEmpty { newest = newest.flatMap { one in steps.map { one.then($0) } }.filter { found.insert($0).inserted } }
    return found
  }

  /// 60,000 draws from each group: every element appears as often as it should.
  @Test(arguments: [(1, 24), (2, 11520)])
  func theGroupIsCompleteAndDrawnUniformly(_ count: Int, _ order: Int) {
    let elements = Self.closure(qubits: count)
    #expect(elements.count == order)
    #expect(Clifford.groupOrder(qubits: count) == Double(order))
    var source = RandomSource(seed: 11, index: UInt64(count))
    var counts: [Clifford: Int] = [:]
    for _ in 0..<60_000 { counts[.random(qubits: count, using: &source), default: 0] += 1 }
    #expect(counts.keys.allSatisfy(elements.contains))
    let z = Statistics.chiSquareZScore(
      counts: elements.map { counts[$0] ?? 0 }, probabilities: elements.map { _ in 1 / Double(order) })
    #expect(abs(z) < 4.5)
  }

  /// Of larger groups: the image of X_0 is uniform over all signed products but the identity, and images commute as they must.
  @Test(arguments: 3...5)
  func imagesOfLargerGroupsAreUniform(_ count: Int) {
    var source = RandomSource(seed: 12, index: UInt64(count))
    let cells = 2 * ((1 << (2 * count)) - 1)
    var (first, last): ([SignedPauli: Int], [SignedPauli: Int]) = ([:], [:])
    let draws = 60 * cells
    for _ in 0..<draws {
      let element = Clifford.random(qubits: count, using: &source)
      first[element.x[0], default: 0] += 1
      last[element.z[count - 1], default: 0] += 1
    }
    for counts in [first, last] {
      #expect(counts.count == cells)
      let uniform = [Double](repeating: 1 / Double(cells), count: cells)
      #expect(abs(Statistics.chiSquareZScore(counts: Array(counts.values), probabilities: uniform)) < 4.5)
    }
    for _ in 0..<100 {
      let element = Clifford.random(qubits: count, using: &source)
      #expect(Clifford(x: element.x, z: element.z) != nil)
      #expect(Clifford(x: element.z, z: element.z) == nil)
    }
  }

  @Test(arguments: [1, 2, 3, 4, 5, 17, 64])
  func inversesAndCircuitsAreExact(_ count: Int) {
    var source = RandomSource(seed: 13, index: UInt64(count))
    for _ in 0..<50 {
      let element = Clifford.random(qubits: count, using: &source)
      #expect(element.then(element.inverse) == .identity(count))
      #expect(element.inverse.then(element) == .identity(count))
      let circuit = element.gates().reduce(Clifford.identity(count)) { $0.then($1.name.clifford, on: $1.qubits) }
      #expect(circuit == element)
    }
  }

  /// Circuits of all elements on one and two qubits: exact, and with as few gates as there can be.
  @Test func circuitsOfSmallElementsAreShort() {
    let one = Self.closure(qubits: 1).map { $0.gates().count }
    #expect(one.max() == 3)
    var classes: [Int: Int] = [:]
    for element in Self.closure(qubits: 2) {
      let gates = element.gates()
      #expect(gates.reduce(Clifford.identity(2)) { $0.then($1.name.clifford, on: $1.qubits) } == element)
      classes[gates.count { $0.name == .cx }, default: 0] += 1
    }
    #expect(classes == [0: 576, 1: 5184, 2: 5184, 3: 576])
  }

  @Test func namedElementsAreTheirProducts() {
    #expect(Clifford.s.then(.s) == .z)
    #expect(Clifford.h.then(.z).then(.h) == .x)
    #expect(Clifford.x.then(.z) == .y)
    #expect(Clifford.s.inverse == .sdg)
    #expect(Clifford.cz == Clifford.h.on([1], of: 2).then(.cx).then(.h, on: [1]))
    #expect(Clifford.swap == Clifford.cx.then(.cx, on: [1, 0]).then(.cx))
    #expect(Clifford.y.isPauli && !Clifford.h.isPauli)
  }
}
