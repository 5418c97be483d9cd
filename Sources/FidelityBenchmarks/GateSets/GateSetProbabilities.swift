import LinearAlgebra

/// Probabilities that a gate set gives, and how they follow its entries, in vectors of four components.
///
/// With the states s_k before gate k and the rows `t_k = e R_m ... R_(k+1)` after it, `dp/dR_k = t_k s_k`: one pass forwards, one
/// backwards, and nothing is allocated along the way.
struct GateSetProbabilities {
  private let state: SIMD4<Double>
  private let effect: SIMD4<Double>
  /// Four of each gate.
  private let rows: [SIMD4<Double>]
  /// Four of each gate.
  private let columns: [SIMD4<Double>]
  /// The state before the first gate of a sequence and after each.
  private var states: [SIMD4<Double>] = []

  init(_ gateSet: GateSet) {
    (state, effect) = (SIMD4(gateSet.state), SIMD4(gateSet.effect))
    rows = gateSet.gates.flatMap { gate in (0..<4).map { row in SIMD4(gate.row(row)) } }
    columns = gateSet.gates.flatMap { gate in (0..<4).map { column in SIMD4(gate.column(column)) } }
  }

  /// Σ_k weights[k] vectors[4 gate + k].
  private func sum(_ vectors: [SIMD4<Double>], of gate: Int, _ weights: SIMD4<Double>) -> SIMD4<Double> {
    var result = weights[0] * vectors[4 * gate]
    for place in 1..<4 { result.addProduct(SIMD4(repeating: weights[place]), vectors[4 * gate + place]) }
    return result
  }

  /// The probability of outcome 0 after a sequence of gates.
  ///
  /// - Parameter slopes: becomes the derivatives by `GateSet.entries`.
  mutating func probability(of sequence: [Int], slopes: inout [Double]) -> Double {
    states.removeAll(keepingCapacity: true)
    states.append(state)
    for gate in sequence { states.append(sum(columns, of: gate, states[states.count - 1])) }
    for place in slopes.indices { slopes[place] = 0 }
    let last = states[sequence.count]
    for place in 0..<4 { slopes[3 + place] = last[place] }
    var row = effect
    for step in sequence.indices.reversed() {
      let gate = sequence[step]
      for i in 1..<4 {
        let part = row[i] * states[step]
        for j in 0..<4 { slopes[7 + 12 * gate + 4 * (i - 1) + j] += part[j] }
      }
      row = sum(rows, of: gate, row)
    }
    for place in 1..<4 { slopes[place - 1] = row[place] }
    return (effect * last).sum()
  }
}
