import LinearAlgebra
import QuantumStates
import Randomness
import TestSupport
import RealModule
import Testing

/// Distances, entropies and entanglement: golden values, the reference, bounds and singular points.
@Suite struct DistanceLaws {
  static let ln2 = 0.6931471805599453

  /// (|0...0> + |1...1>) / sqrt(2).
  static func cat(_ qubitCount: Int) throws -> StateVector {
    var state = ReferenceState(qubitCount: qubitCount)
    state.amplitudes[0] = Complex(0.5.squareRoot())
    state.amplitudes[(1 << qubitCount) - 1] = Complex(0.5.squareRoot())
    return try StateVector(state)
  }

  @Test("A Bell pair: entropy ln 2 and 1 bit, negativity 1/2, mutual information 2 ln 2, each half maximally mixed")
  func bellPair() throws {
    let bell = try Self.cat(2)
    #expect(abs(try bell.entanglementEntropy(of: [0]) - Self.ln2) < 1e-14)
    #expect(abs(try bell.entanglementEntropyInBits(of: [1]) - 1) < 1e-14)
    #expect(abs(try bell.negativity(of: [0]) - 0.5) < 1e-14)
    #expect(abs(try bell.mutualInformation(between: [0], and: [1]) - 2 * Self.ln2) < 1e-14)
    let half = try bell.partialTrace(keeping: [1])
    #expect(maximumDifference(half.matrix(.littleEndian), ComplexMatrix([[0.5, 0], [0, 0.5]])) < 1e-15)
    #expect(abs(half.purity - 0.5) < 1e-15)
    #expect(abs(half.renyi2Entropy() - Self.ln2) < 1e-14)
    #expect(abs(try half.vonNeumannEntropyInBits() - 1) < 1e-14)
    let whole = try DensityMatrix(bell)
    #expect(abs(try whole.negativity(of: [1]) - 0.5) < 1e-14)
    #expect(abs(try whole.mutualInformation(between: [0], and: [1]) - 2 * Self.ln2) < 1e-13)
    #expect(try whole.vonNeumannEntropy() < 1e-14)
  }

  @Test("GHZ: ln 2 for every cut; two of its qubits are classically correlated: ln 2, no negativity")
  func ghz() throws {
    let state = try Self.cat(4)
    for cut in [[0], [3], [1, 2], [0, 1, 3]] { #expect(abs(try state.entanglementEntropy(of: cut) - Self.ln2) < 1e-14) }
    let pair = try state.partialTrace(keeping: [2, 0])
    #expect(abs(try pair.mutualInformation(between: [0], and: [1]) - Self.ln2) < 1e-13)
    #expect(try pair.negativity(of: [0]) < 1e-14)
  }

  @Test(
    "The Werner state p Bell + (1 - p) I/4 has negativity max(0, (3p - 1)/4) and entropy by its eigenvalues",
    arguments: [0, 0.2, 1.0 / 3, 0.5, 0.9, 1])
  func werner(p: Double) throws {
    var state = try DensityMatrix.maximallyMixed(qubits: 2)
    state.mix(with: try Self.cat(2), probability: p)
    #expect(abs(try state.negativity(of: [0]) - max(0, (3 * p - 1) / 4)) < 1e-14)
    let eigenvalues = [(1 + 3 * p) / 4, (1 - p) / 4, (1 - p) / 4, (1 - p) / 4]
    let entropy = eigenvalues.reduce(0) { $1 > 0 ? $0 - $1 * .log($1) : $0 }
    #expect(abs(try state.vonNeumannEntropy() - entropy) < 1e-13)
    #expect(abs(state.purity - eigenvalues.reduce(0) { $0 + $1 * $1 }) < 1e-14)
    #expect(abs(state.fidelity(with: try Self.cat(2)) - eigenvalues[0]) < 1e-14)
    #expect(abs(try state.fidelity(with: DensityMatrix(Self.cat(2))) - eigenvalues[0]) < 1e-13)
  }

  @Test("Commuting states: F = (sum sqrt(p q))^2, T = sum |p - q| / 2, D = sqrt(sum (p - q)^2)")
  func commutingStates() throws {
    let (p, q) = ([0.5, 0.25, 0.25, 0], [0.125, 0.375, 0, 0.5])
    let left = try DensityMatrix(.diagonal(p.map { Complex($0) }), order: .littleEndian)
    let right = try DensityMatrix(.diagonal(q.map { Complex($0) }), order: .littleEndian)
    let overlap = zip(p, q).reduce(0) { $0 + ($1.0 * $1.1).squareRoot() }
    #expect(abs(try left.fidelity(with: right) - overlap * overlap) < 1e-14)
    #expect(abs(try left.traceDistance(to: right) - 0.625) < 1e-14)
    let squared = zip(p, q).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    #expect(abs(left.hilbertSchmidtDistance(to: right) - squared.squareRoot()) < 1e-14)
  }

  @Test("Random states: every measure equals the reference and keeps its bounds", arguments: Precision.allCases, 1...4)
  func randomStates(precision: Precision, qubitCount: Int) throws {
    var source = RandomSource(seed: 61, stream: UInt64(qubitCount))
    let tolerance = precision == .float ? 1e-4 : Tolerance.spectral
    for rank in [1, 2, 1 << qubitCount] {
      let (a, b) = (
        RandomFixtures.density(qubitCount: qubitCount, rank: rank, &source),
        RandomFixtures.density(qubitCount: qubitCount, rank: rank, &source)
      )
      let left = try DensityMatrix(a, precision: precision)
      let right = try DensityMatrix(b, precision: precision)
      let fidelity = try left.fidelity(with: right)
      #expect(abs(fidelity - (try a.fidelity(b))) < tolerance)
      #expect(abs(fidelity - (try right.fidelity(with: left))) < tolerance)
      let distance = try left.traceDistance(to: right)
      #expect(abs(distance - (try a.traceDistance(b))) < tolerance)
      // Fuchs and van de Graaf: 1 - sqrt(F) <= T <= sqrt(1 - F).
      #expect(1 - fidelity.squareRoot() <= distance + tolerance && distance <= (1 - fidelity).squareRoot() + tolerance)
      let entropy = try left.vonNeumannEntropy()
      #expect(abs(entropy - (try a.entropy())) < tolerance)
      #expect(left.renyi2Entropy() <= entropy + tolerance && entropy <= Double(qubitCount) * Self.ln2 + tolerance)
      #expect(abs(left.purity - a.purity) < tolerance)
      #expect(abs(try left.negativity(of: [0]) - (try a.negativity(of: [0]))) < tolerance)
      let pure = RandomFixtures.state(qubitCount: qubitCount, &source)
      let vector = try StateVector(pure, precision: precision)
      let mean = a.expectation(full: pure.density.matrix).real
      #expect(abs(vector.fidelity(with: left) - mean) < tolerance)
      #expect(abs(left.fidelity(with: vector) - mean) < tolerance)
    }
  }

  @Test("Pure states: vector and density matrix give the same fidelity, distances, entropy and negativity", arguments: 2...5)
  func pureStates(qubitCount: Int) throws {
    var source = RandomSource(seed: 62, stream: UInt64(qubitCount))
    let (a, b) = (RandomFixtures.state(qubitCount: qubitCount, &source), RandomFixtures.state(qubitCount: qubitCount, &source))
    let left = try StateVector(a)
    let right = try StateVector(b)
    let rho = try DensityMatrix(left)
    let sigma = try DensityMatrix(right)
    #expect(abs(left.fidelity(with: right) - a.innerProduct(b).lengthSquared) < Tolerance.double)
    #expect(abs(try rho.fidelity(with: sigma) - a.innerProduct(b).lengthSquared) < Tolerance.double)
    #expect(abs(left.traceDistance(to: right) - (try rho.traceDistance(to: sigma))) < Tolerance.double)
    #expect(abs(left.hilbertSchmidtDistance(to: right) - rho.hilbertSchmidtDistance(to: sigma)) < Tolerance.double)
    for cut in [[0], [qubitCount - 1], Array(0..<qubitCount - 1), [1, 0]] {
      let schmidt = try left.schmidtCoefficients(of: cut)
      #expect(schmidt.count == 1 << min(cut.count, qubitCount - cut.count))
      #expect(abs(schmidt.reduce(0) { $0 + $1 * $1 } - 1) < Tolerance.double)
      let entropy = try left.entanglementEntropy(of: cut)
      #expect(abs(entropy - (try rho.partialTrace(keeping: cut).vonNeumannEntropy())) < Tolerance.double)
      #expect(abs(try left.negativity(of: cut) - (try rho.negativity(of: cut))) < Tolerance.double)
    }
    let information = try left.mutualInformation(between: [1], and: [0])
    #expect(abs(information - (try rho.mutualInformation(between: [1], and: [0]))) < Tolerance.double)
  }

  @Test("Singular points: equal, orthogonal and product states give exact finite values", arguments: Precision.allCases)
  func singularPoints(precision: Precision) throws {
    let tolerance = precision == .float ? 1e-6 : 1e-14
    let zero = try StateVector(ReferenceState(qubitCount: 2), precision: precision)
    let one = try StateVector(ReferenceState(qubitCount: 2, basis: 3), precision: precision)
    #expect(zero.fidelity(with: one) == 0 && zero.fidelity(with: zero) == 1)
    #expect(zero.traceDistance(to: one) == 1 && zero.traceDistance(to: zero) == 0)
    let rho = try DensityMatrix(zero)
    let sigma = try DensityMatrix(one)
    #expect(try rho.fidelity(with: sigma) < tolerance)
    #expect(abs(try rho.fidelity(with: rho) - 1) < tolerance)
    #expect(abs(try rho.traceDistance(to: sigma) - 1) < tolerance)
    #expect(try rho.traceDistance(to: rho) < tolerance)
    #expect(abs(rho.hilbertSchmidtDistance(to: sigma) - 2.0.squareRoot()) < tolerance)
    #expect(try rho.vonNeumannEntropy() < tolerance)
    #expect(rho.renyi2Entropy() < tolerance)
    #expect(try rho.negativity(of: [0]) < tolerance)
    #expect(try zero.entanglementEntropy(of: [0]) < tolerance)
    #expect(try zero.negativity(of: [1]) < tolerance)
    #expect(try zero.mutualInformation(between: [0], and: [1]) < tolerance)
    // Zero eigenvalues on one side: F(|0><0|, I/4) = 1/4 although the root of one state is singular.
    let mixed = try DensityMatrix.maximallyMixed(qubits: 2, precision: precision)
    #expect(abs(try rho.fidelity(with: mixed) - 0.25) < tolerance)
    #expect(abs(try mixed.fidelity(with: rho) - 0.25) < tolerance)
  }

  @Test("A rotated pure state keeps 14 digits of fidelity with a full-rank state although three eigenvalues are zero")
  func rankDeficientFidelity() throws {
    var source = RandomSource(seed: 63)
    let pure = RandomFixtures.state(qubitCount: 2, &source)
    let mixed = RandomFixtures.density(qubitCount: 2, rank: 4, &source)
    let exact = mixed.expectation(full: pure.density.matrix).real
    let fidelity = try DensityMatrix(StateVector(pure)).fidelity(with: DensityMatrix(mixed))
    #expect(abs(fidelity - exact) < 1e-14)
  }

  @Test("Nearly equal states keep their distance to full precision", arguments: [1e-3, 1e-6, 1e-9, 1e-12])
  func nearlyEqualStates(angle: Double) throws {
    let zero = try StateVector(qubits: 1)
    var turned = try StateVector(qubits: 1)
    turned.apply(rotation: PauliWord([Y(0)]), angle: 2 * angle)
    #expect(abs(zero.traceDistance(to: turned) / .sin(angle) - 1) < 1e-12)
    #expect(zero.fidelity(with: turned) <= 1)
  }

  @Test("A state that is not finite is refused, not crashed upon")
  func notFinite() throws {
    var state = try DensityMatrix(qubits: 1)
    state.apply(diagonal: [Complex(.nan), 1], targets: [0])
    #expect(throws: StateError.nonFinite(index: 0)) { try state.vonNeumannEntropy() }
    #expect(throws: StateError.nonFinite(index: 0)) { try state.fidelity(with: DensityMatrix(qubits: 1)) }
  }
}
