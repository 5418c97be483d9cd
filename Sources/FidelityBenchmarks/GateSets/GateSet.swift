import LinearAlgebra

/// A state, a measurement with two outcomes and gates of one qubit, in components of the Pauli matrices I, X, Y, Z.
///
/// The state has the components `Tr(Pρ)`, the effect of outcome 0 those of `E = Σ e_P P`, and a gate is its transfer matrix
/// `R[i][j] = Tr(P_i G(P_j))/2`, so that `p(0) = e . R_m ... R_1 r`. The first component of the state is 1 and the first row of each gate 1 0 0 0:
/// probabilities are kept.
///
/// As a list of numbers: three of the state, four of the effect, twelve of each gate, row by row.
public struct GateSet: Sendable, Hashable {
  /// Shape: 4; the first is 1.
  public let state: [Double]
  /// Of outcome 0. Shape: 4.
  public let effect: [Double]
  /// Shape of each: 4 x 4.
  public let gates: [RealMatrix]

  init(state: [Double], effect: [Double], gates: [RealMatrix]) {
    (self.state, self.effect, self.gates) = (state, effect, gates)
  }

  /// The gate set of a list of numbers.
  init(entries: [Double]) {
    state = [1] + entries[0..<3]
    effect = Array(entries[3..<7])
    gates = stride(from: 7, to: entries.count, by: 12).map { first in
      RealMatrix(rows: 4, columns: 4, elements: [1, 0, 0, 0] + entries[first..<first + 12])
    }
  }

  var entries: [Double] { state[1...] + effect + gates.flatMap { $0.elements[4...] } }

  /// The probability of outcome 0 after gates in the order of a sequence.
  public func probability(of sequence: [Int]) -> Double { dot(effect, states(along: sequence)[sequence.count]) }

  /// The state before the first gate and after each.
  private func states(along sequence: [Int]) -> [[Double]] {
    sequence.reduce(into: [state]) { $0.append(gates[$1] * $0[$0.count - 1]) }
  }

  /// The probability of outcome 0, and its derivatives by `entries`, written to a row.
  func probability(of sequence: [Int], slopes: inout [Double]) -> Double {
    let states = states(along: sequence)
    for place in slopes.indices { slopes[place] = 0 }
    for place in 0..<4 { slopes[3 + place] = states[sequence.count][place] }
    var row = effect
    for (step, gate) in sequence.enumerated().reversed() {
      let matrix = gates[gate]
      for i in 1..<4 { for j in 0..<4 { slopes[7 + 12 * gate + 4 * (i - 1) + j] += row[i] * states[step][j] } }
      row = (0..<4).map { j in (0..<4).reduce(0) { $0 + row[$1] * matrix[$1, j] } }
    }
    for place in 1..<4 { slopes[place - 1] = row[place] }
    return dot(effect, states[sequence.count])
  }

  private func dot(_ left: [Double], _ right: [Double]) -> Double { zip(left, right).reduce(0) { $0 + $1.0 * $1.1 } }

  /// How many numbers no counts can tell: a change of basis T that keeps the first component leaves all probabilities as they are.
  static let gaugeCount = 12
}
