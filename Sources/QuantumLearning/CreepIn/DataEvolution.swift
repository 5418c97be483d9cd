import LinearAlgebra
import NeuralNetworks
import QuantumStates

/// The evolution `exp(i t S / L)` under one sample's numbers, L the repetitions, as a series of Chebyshev polynomials.
///
/// With S = B + sum_a s_a |p_a><p_a| of `DataSpectrum`, all eigenvalues of B / L within r and `|u> = |s> - sum_a |p_a><p_a|s>`,
/// ```
/// exp(i t S / L) |s> = sum_a e^(i t s_a / L) |p_a><p_a|s> + sum_k c_k(t) |v_k>
/// |v_0> = |u>,     |v_1> = i X |v_0>,     |v_(k+1)> = 2 i X |v_k> + |v_(k-1)>,     X = B / (L r)
/// ```
/// The vectors of the sum do not depend on t: they are the stack of a state, from which any time of its evolution is one product
/// with real weights. A term is one product of X with a state, so that an evolution costs O((r + 10) 4^n) in single precision. Were
/// an eigenvalue of B beyond r, the terms would grow without bound; that they do not is looked at.
///
/// The derivative by S is `d U = (i / L) int_0^1 exp(i t S / L) dS exp(i (1 - t) S / L) dt`, by as many nodes of Gauss and Legendre
/// as give it to rounding.
///
/// States are d real parts, then d imaginary ones.
///
/// Source: Tal-Ezer and Kosloff, "An accurate and efficient scheme for propagating the time dependent Schrödinger equation",
/// Journal of Chemical Physics 81 (1984) 3967; the derivative, Higham, Functions of Matrices, 2008, equation (10.15).
struct DataEvolution<Scalar: TensorScalar>: Sendable {
  private let dimension: Int
  private let rest: AlignedNumbers<Scalar>
  private let vectors: [Scalar]
  private let series: EvolutionSeries<Scalar>
  /// What B is multiplied by in X.
  private let scale: Double
  private let kernels: Kernels
  /// Weights of the vectors of a stack at time 1 and at time -1.
  private let forward: [Scalar]
  private let backward: [Scalar]
  /// The same for the nodes, a row each: backward by their times, with their weights; forward by what they leave of the unit of
  /// time.
  private let backwardAtNodes: [Scalar]
  private let forwardAtRemaining: [Scalar]

  /// - Parameter series: of a radius that B / L is within.
  init(_ spectrum: DataSpectrum<Scalar>, series: EvolutionSeries<Scalar>, repetitions: Int, kernels: Kernels) {
    (dimension, rest, vectors, self.series, self.kernels) = (spectrum.dimension, spectrum.rest, spectrum.vectors, series, kernels)
    scale = 1 / (series.radius * Double(repetitions))
    let angles = spectrum.values.map { $0 / Double(repetitions) }
    /// The weights at a time whose Chebyshev weights are given.
    func row(_ time: Double, _ weights: [Scalar], backward: Bool = false, factor: Double = 1) -> [Scalar] {
      let sign: Scalar = backward ? -1 : 1
      let turns = angles.flatMap { [Scalar(factor * .cos(time * $0)), sign * Scalar(factor * .sin(time * $0))] }
      return turns + weights.indices.map { ($0 & 1 == 0 ? 1 : sign) * Scalar(factor) * weights[$0] }
    }
    forward = row(1, series.weights)
    let (nodes, atNodes) = (series.nodes, series.weightsAtNodes)
    backward = row(1, series.weights, backward: true)
    backwardAtNodes = nodes.indices.flatMap {
      row(nodes[$0].time, atNodes[$0], backward: true, factor: nodes[$0].weight / Double(repetitions))
    }
    // The nodes are symmetric: what one leaves of the unit is another.
    forwardAtRemaining = nodes.indices.reversed().flatMap { row(nodes[$0].time, atNodes[$0]) }
  }

  /// How many vectors a stack has: |p_a><p_a|s> and i |p_a><p_a|s> for every a, then the |v_k>.
  private var height: Int { forward.count }
  /// Numbers in a stack.
  var stackCount: Int { height * 2 * dimension }

  /// `state <- exp(i S / L) state`
  ///
  /// - Parameter stack: gets the state's stack, which `evolveBack` needs.
  /// - Returns: false where an eigenvalue of B lies outside the series: the state is worth nothing then.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  func evolve(_ state: UnsafeMutablePointer<Scalar>, stack: UnsafeMutablePointer<Scalar>) -> Bool {
    let holds = fill(stack, from: state)
    Scalar.gemv(transpose: true, rows: height, columns: 2 * dimension, alpha: 1, a: stack, x: forward, beta: 0, y: state)
    return holds
  }

  /// Numbers in each of the two factors whose product is the derivative by S.
  var factorCount: Int { 2 * series.nodes.count * dimension }

  /// `costate <- exp(-i S / L) costate`, NaN where the series does not hold.
  ///
  /// - Parameters:
  ///   - stack: of the state, as `evolve` has left it.
  ///   - factors: get rows a_k and b_k of d numbers, `factorCount` of them each: the derivative of `Re <costate|exp(i S /
  ///     L)|state>` by S is `sum_k |a_k><b_k|`. nil where none is asked for.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  func evolveBack(
    _ costate: UnsafeMutablePointer<Scalar>, stack: UnsafePointer<Scalar>,
    factors: (UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>)?
  ) {
    let (d, width) = (dimension, 2 * dimension)
    withUnsafeTemporaryAllocation(of: Scalar.self, capacity: stackCount + width) { space in
      let (costack, turned) = (space.baseAddress!, space.baseAddress! + stackCount)
      // -i |l> for |l>: the derivative is then the sum of the outer products of real and of imaginary parts.
      for j in 0..<d { (costate[j], costate[d + j]) = (costate[d + j], -costate[j]) }
      if !fill(costack, from: costate) { (costack + stackCount - width).update(repeating: .nan, count: width) }
      Scalar.gemv(transpose: true, rows: height, columns: width, alpha: 1, a: costack, x: backward, beta: 0, y: turned)
      for j in 0..<d { (costate[j], costate[d + j]) = (-turned[d + j], turned[j]) }
      guard let factors else { return }
      product(backwardAtNodes, of: costack, into: factors.0)
      product(forwardAtRemaining, of: stack, into: factors.1)
    }
  }

  /// The stack of a state.
  ///
  /// - Returns: whether the last vector is no longer than the state, as `|T_k(x)| <= 1` has it, but for rounding.
  @inline(__always)
  private func fill(_ stack: UnsafeMutablePointer<Scalar>, from state: UnsafePointer<Scalar>) -> Bool {
    let (d, width, count) = (dimension, 2 * dimension, vectors.count / dimension)
    let first = stack + 2 * count * width
    first.initialize(from: state, count: width)
    for a in 0..<count {
      vectors.withUnsafeBufferPointer {
        let (vector, row) = ($0.baseAddress! + a * d, stack + 2 * a * width)
        var overlap: (Scalar, Scalar) = (0, 0)
        Scalar.gemv(transpose: false, rows: 1, columns: d, alpha: 1, a: vector, x: state, beta: 0, y: &overlap.0)
        Scalar.gemv(transpose: false, rows: 1, columns: d, alpha: 1, a: vector, x: state + d, beta: 0, y: &overlap.1)
        for j in 0..<d {
          let (x, y) = (overlap.0 * vector[j], overlap.1 * vector[j])
          (row[j], row[d + j], row[width + j], row[width + d + j]) = (x, y, -y, x)
          first[j] -= x
          first[d + j] -= y
        }
      }
    }
    for k in 1..<max(1, series.weights.count) {
      let vector = first + k * width
      kernels.symmetricStep(
        rest.base, dimension: d, vector - width, scale: k == 1 ? scale : 2 * scale,
        previous: k == 1 ? nil : UnsafePointer(vector - 2 * width), into: vector)
    }
    let last = stack + (height - 1) * width
    var (before, after): (Scalar, Scalar) = (0, 0)
    Scalar.gemv(transpose: false, rows: 1, columns: width, alpha: 1, a: state, x: state, beta: 0, y: &before)
    Scalar.gemv(transpose: false, rows: 1, columns: width, alpha: 1, a: last, x: last, beta: 0, y: &after)
    // Squares of very small numbers have no digits left.
    return !(after > 4 * before + .leastNormalMagnitude)
  }

  /// Sums of a stack's vectors, one for every node.
  @inline(__always)
  private func product(_ weights: [Scalar], of stack: UnsafePointer<Scalar>, into sums: UnsafeMutablePointer<Scalar>) {
    Scalar.gemm(
      transposeA: false, transposeB: false, m: series.nodes.count, n: 2 * dimension, k: height, alpha: 1, a: weights, lda: height,
      b: stack, ldb: 2 * dimension, beta: 0, c: sums, ldc: 2 * dimension)
  }
}
