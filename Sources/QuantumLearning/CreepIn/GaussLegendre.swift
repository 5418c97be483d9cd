#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Gauss and Legendre's quadrature, `int_0^1 f(t) dt ~ sum_q weight_q f(time_q)`.
enum GaussLegendre {
  struct Node: Sendable {
    let time: Double
    let weight: Double
  }

  /// As few nodes as integrate `exp(i c t)` to the precision.
  ///
  /// With n nodes the error is at most `c^(2n) (n!)^4 / ((2n + 1) ((2n)!)^3)`.
  static func nodes(forAngle c: Double, precision: Double) -> [Node] {
    var (count, logError) = (1, 2 * log(c) - log(24))
    while logError > log(precision) {
      let n = Double(count)
      logError += 2 * log(c) + 4 * log(n + 1) + log((2 * n + 1) / (2 * n + 3)) - 3 * log((2 * n + 1) * (2 * n + 2))
      count += 1
    }
    return nodes(count)
  }

  /// The zeros of the Legendre polynomial of degree n, by Newton's method, and their weights.
  static func nodes(_ n: Int) -> [Node] {
    (0..<n).map { place in
      var x = -cos(Double.pi * (Double(place) + 0.75) / (Double(n) + 0.5))
      var slope = 0.0
      // Four steps reach rounding from this start; a fifth costs nothing.
      for _ in 0..<5 {
        var (value, before) = (1.0, 0.0)
        for k in 1...n { (value, before) = ((Double(2 * k - 1) * x * value - Double(k - 1) * before) / Double(k), value) }
        slope = Double(n) * (x * value - before) / (x * x - 1)
        x -= value / slope
      }
      return Node(time: (1 + x) / 2, weight: 1 / ((1 - x * x) * slope * slope))
    }
  }
}
