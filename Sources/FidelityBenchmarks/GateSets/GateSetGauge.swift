import LinearAlgebra

extension GateSet {
  /// The gate set of the same probabilities that lies nearest to another.
  ///
  /// Least is the sum of squared distances of the gates' entries and, with a weight, of the state's and the effect's, over all
  /// changes of basis T that keep the first component: `G -> T^-1 G T`, `r -> T^-1 r`, `e -> T^T e`. By Gauss-Newton steps from
  /// where it is.
  ///
  /// - Parameter weight: of state and effects. 0.1^1.5 is what pyGSTi 0.10.2 makes of its `item_weights` of 0.1: there its answer
  ///   is stationary.
  func nearest(to target: GateSet, weight: Double = 0.0316228) -> GateSet {
    var best = self
    // Around the identity each time, since changes of basis follow each other.
    var (rest, damping) = (Self.distances(best, target, weight), 1e-4)
    func size(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 } }
    for _ in 0..<100 {
      let slopes = Self.slopes(best, weight)
      let (matrix, vector) = (slopes * slopes.transpose, slopes * rest)
      var gained = 0.0
      while damping < 1e9 {
        var damped = matrix
        for place in 0..<damped.rows { damped[place, place] += damping * max(matrix[place, place], 1e-9) }
        guard let change = try? damped.solve(vector.map { -$0 }) else { break }
        if let next = best.changed(by: change) {
          let values = Self.distances(next, target, weight)
          if size(values) < size(rest) {
            gained = size(rest) - size(values)
            (best, rest, damping) = (next, values, damping / 10)
            break
          }
        }
        damping *= 10
      }
      if gained < 1e-15 { break }
    }
    return best
  }

  /// In the basis T = 1 + the 12 numbers of the lower rows; nil where T has no inverse.
  private func changed(by numbers: [Double]) -> GateSet? {
    var basis = RealMatrix.identity(4)
    for (place, number) in numbers.enumerated() { basis[1 + place / 4, place % 4] += number }
    guard let inverse = try? basis.inverse() else { return nil }
    return GateSet(state: inverse * state, effect: basis.transpose * effect, gates: gates.map { inverse * $0 * basis })
  }

  /// Derivatives of `distances` by the numbers of `changed(by:)` at the identity, a row for each: of `T^-1 G T` by T it is `GE -
  /// EG`, of `T^-1 r` it is `-Er`, of `T^T e` it is `E^T e`, with 1 at the place of the number in E.
  private static func slopes(_ one: GateSet, _ weight: Double) -> RealMatrix {
    let count = 16 * one.gates.count
    var result = RealMatrix(rows: gaugeCount, columns: count + 8)
    for place in 0..<gaugeCount {
      let (row, column) = (1 + place / 4, place % 4)
      for (number, gate) in one.gates.enumerated() {
        for other in 0..<4 {
          result[place, 16 * number + 4 * other + column] += gate[other, row]
          result[place, 16 * number + 4 * row + other] -= gate[column, other]
        }
      }
      result[place, count + row] = -one.state[column] * (weight / 2).squareRoot()
      result[place, count + 4 + column] = one.effect[row] * (4 * weight).squareRoot()
    }
    return result
  }

  /// In components of normalized matrices P/sqrt 2; the second effect is as far off as the first.
  private static func distances(_ one: GateSet, _ other: GateSet, _ weight: Double) -> [Double] {
    let gates = zip(one.gates, other.gates).flatMap { zip($0.elements, $1.elements).map { $0 - $1 } }
    let states = zip(one.state, other.state).map { ($0 - $1) * (weight / 2).squareRoot() }
    let effects = zip(one.effect, other.effect).map { ($0 - $1) * (4 * weight).squareRoot() }
    return gates + states + effects
  }
}
