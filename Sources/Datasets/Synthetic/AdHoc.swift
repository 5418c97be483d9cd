import LinearAlgebra
import Randomness

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The classification problem that a quantum feature map was made for: labels are the parity of a rotated encoding of the sample.
///
/// With `U(x) = exp(i sum_j x_j Z_j + i sum_(j<k) (π - x_j)(π - x_k) Z_j Z_k)`, `|Φ(x)> = U(x) H U(x) H |0>` and a random
/// unitary V, a point x of [0, 2π)^n has the label +1 where `e(x) = <Φ(x)| V† Z...Z V |Φ(x)>` is at least the gap, -1 where it is
/// at most minus the gap, and is left out otherwise.
///
/// ```swift
/// let problem = AdHocProblem(seed: 1)
/// let training = try problem.samples(perClass: 20, draw: 0), test = try problem.samples(perClass: 20, draw: 1)
/// ```
/// A seed names V, a draw the points; the same numbers give the same samples on every machine up to rounding.
///
/// Source: Havlíček et al., "Supervised learning with quantum-enhanced feature spaces", 2019; the grid as in Qiskit's
/// `ad_hoc_data`.
public struct AdHocProblem: Sendable, Hashable {
  /// How V and the points are drawn.
  public enum Variant: String, CaseIterable, Sendable {
    /// V of the Haar measure, points uniform in [0, 2π)^n.
    case haar
    /// V the eigenvectors of B†B, descending, for B with real and imaginary parts uniform in [0, 1), which is not the Haar measure;
    /// points on a grid of 100 places a feature.
    case grid
  }

  /// Names V.
  public let seed: UInt64
  /// The gap Δ: how clear a label has to be.
  public let gap: Double
  /// How V and the points are drawn.
  public let variant: Variant
  /// Features of a sample, one qubit each.
  public let featureCount: Int
  /// V† Z...Z V.
  public let observable: ComplexMatrix

  private static let gridPlaces = 100

  /// - Parameters:
  ///   - gap: Δ in 0..<1; the paper's is 0.3.
  ///   - features: 2 to 4. Random observables concentrate: for more qubits next to no point keeps a gap.
  public init(seed: UInt64, gap: Double = 0.3, features: Int = 2, variant: Variant = .haar) {
    precondition(0..<1 ~= gap, "AdHocProblem: the gap is \(gap), must be in 0..<1")
    precondition(2...4 ~= features, "AdHocProblem: \(features) features, must be 2 to 4")
    (self.seed, self.gap, self.variant, featureCount) = (seed, gap, variant, features)
    var source = RandomSource(seed: seed, stream: RandomPurpose.adHoc.rawValue)
    let dimension = 1 << features
    let rotation: ComplexMatrix
    switch variant {
    case .haar: rotation = .randomUnitary(dimension, using: &source)
    case .grid:
      let entries = (0..<dimension * dimension).map { _ in Complex(source.uniform(), source.uniform()) }
      let square = ComplexMatrix(rows: dimension, columns: dimension, elements: entries)
      // Finite and Hermitian by construction, so that LAPACK has nothing to refuse.
      guard let eigen = try? (square.adjoint * square).hermitianEigen() else {
        preconditionFailure("AdHocProblem: no eigenvectors")
      }
      rotation = ComplexMatrix((0..<dimension).map { row in (0..<dimension).reversed().map { eigen.vectors[row, $0] } })
    }
    let parity = (0..<dimension).map { Complex<Double>($0.nonzeroBitCount % 2 == 0 ? 1 : -1) }
    observable = rotation.adjoint * .diagonal(parity) * rotation
  }

  /// e(x), in -1...1.
  public func expectation(_ point: [Double]) -> Double {
    precondition(point.count == featureCount, "AdHocProblem: \(point.count) features, expected \(featureCount)")
    let state = encoded(point)
    return zip(state, observable * state).reduce(0) { $0 + ($1.0.conjugate * $1.1).real }
  }

  /// `perClass` points of each label in random order; class 0 is +1, class 1 is -1.
  ///
  /// - Parameter draw: which points; different draws of one problem are independent.
  /// - Throws: `DatasetError.unsupported` where a million points have too few of a label: the gap is too wide for this V.
  /// - Complexity: O(4^n) for each point tried; with the paper's gap about two are tried for one that is kept.
  public func samples(perClass: Int, draw: UInt64 = 0) throws(DatasetError) -> Dataset {
    precondition(perClass >= 1, "AdHocProblem: \(perClass) samples a class, must be at least 1")
    var source = RandomSource(seed: seed, stream: RandomPurpose.adHocPoints.rawValue, index: draw)
    var (features, labels, left): ([Float], [Int], [Int]) = ([], [], [perClass, perClass])
    var tried = 0
    while left[0] + left[1] > 0 {
      guard tried < 1_000_000 else {
        throw .unsupported(
          path: "ad-hoc", found: "\(tried) points of seed \(seed) lack \(left[0]) of +1 and \(left[1]) of -1 with a gap of \(gap)",
          advice: "Take a smaller gap or another seed.")
      }
      tried += 1
      let point = (0..<featureCount).map { _ in coordinate(&source) }
      // The label is that of the point as it is stored.
      let value = expectation(point.map(Double.init))
      let label = value > 0 ? 0 : 1
      guard value.magnitude >= gap, left[label] > 0 else { continue }
      left[label] -= 1
      features += point
      labels.append(label)
    }
    return Dataset(
      trusting: "ad-hoc", features: features, sampleShape: [featureCount], featureNames: (1...featureCount).map { "x\($0)" },
      targets: .classes(labels: labels, names: ["+1", "-1"]), origin: .computed)
  }

  private func coordinate(_ source: inout RandomSource) -> Float {
    switch variant {
    case .haar: min(Float(source.uniform(in: 0..<2 * .pi)), Float(2 * Double.pi).nextDown)
    case .grid: Float(2 * Double.pi * Double(source.integer(below: Self.gridPlaces)) / Double(Self.gridPlaces))
    }
  }

  /// |Φ(x)>, bit j of an index being qubit j.
  private func encoded(_ point: [Double]) -> [Complex<Double>] {
    let dimension = 1 << featureCount
    let phases = (0..<dimension).map { index -> Complex<Double> in
      func z(_ qubit: Int) -> Double { index >> qubit & 1 == 0 ? 1 : -1 }
      var angle = 0.0
      for j in 0..<featureCount {
        angle += point[j] * z(j)
        for k in j + 1..<max(j + 1, featureCount) { angle += (.pi - point[j]) * (.pi - point[k]) * z(j) * z(k) }
      }
      return Complex(cos(angle), sin(angle))
    }
    var state = [Complex<Double>](repeating: .zero, count: dimension)
    state[0] = 1
    for _ in 0..<2 {
      for bit in 0..<featureCount {
        for low in 0..<dimension where low >> bit & 1 == 0 {
          let (a, b) = (state[low], state[low | 1 << bit])
          (state[low], state[low | 1 << bit]) = (Complex(0.5.squareRoot()) * (a + b), Complex(0.5.squareRoot()) * (a - b))
        }
      }
      for index in state.indices { state[index] *= phases[index] }
    }
    return state
  }
}

extension SampleSet where Role == UndividedRole {
  /// Points of an ad hoc problem, as many of each class: see `AdHocProblem`.
  ///
  /// - Throws: `DatasetError.unsupported` where the gap is too wide.
  public static func adHoc(
    perClass: Int = 20, gap: Double = 0.3, variant: AdHocProblem.Variant = .haar, seed: UInt64
  ) throws(DatasetError) -> Dataset {
    try AdHocProblem(seed: seed, gap: gap, variant: variant).samples(perClass: perClass)
  }
}
