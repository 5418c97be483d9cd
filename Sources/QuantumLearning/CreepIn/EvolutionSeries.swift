import NeuralNetworks

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What evolutions whose spectra are about equally wide share: the weights of their Chebyshev polynomials, at time 1 and at the
/// times at which their derivative is sampled.
///
/// For |x| <= 1, `exp(i t r x) = sum_k c_k(t) i^k T_k(x)` with `c_k(t) = (2 - [k = 0]) J_k(t r)`.
struct EvolutionSeries<Scalar: TensorScalar>: Sendable {
  /// Widths on a grid of eighths of a factor of two.
  struct Key: Hashable, Sendable {
    /// Of r, which the angles that a unit of time turns are within.
    private let radiusStep: Int
    /// Of the difference between the largest and the smallest angle.
    private let spreadStep: Int

    init(radius: Double, spread: Double) {
      func step(_ width: Double) -> Int { Int((8 * log2(max(width, 0x1p-60))).rounded(.up)) }
      (radiusStep, spreadStep) = (step(radius), step(spread))
    }

    var radius: Double { exp2(Double(radiusStep) / 8) }
    var spread: Double { exp2(Double(spreadStep) / 8) }
  }

  /// What the angles are within, r.
  let radius: Double
  /// `c_k(1)`; their number is that of the terms.
  let weights: [Scalar]
  /// Where the derivative is sampled: Gauss and Legendre's nodes between 0 and 1, symmetric about 1/2.
  let nodes: [GaussLegendre.Node]
  /// `c_k` at every node, a row each.
  let weightsAtNodes: [[Scalar]]

  init(_ key: Key) {
    let radius = key.radius
    // Behind k = r the values fall faster than any power.
    let smallest = Double(Scalar.ulpOfOne) / 4
    let terms = (1...).first { Double($0) > radius && abs(jn(Int32($0), radius)) < smallest }!
    func weights(at time: Double) -> [Scalar] {
      (0..<terms).map { Scalar(($0 == 0 ? 1 : 2) * jn(Int32($0), time * radius)) }
    }
    self.radius = radius
    self.weights = weights(at: 1)
    nodes = GaussLegendre.nodes(forAngle: key.spread, precision: smallest)
    weightsAtNodes = nodes.map { weights(at: $0.time) }
  }
}
