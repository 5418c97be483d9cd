import LinearAlgebra

/// A state, a measurement with two outcomes and gates of one qubit, in components of the Pauli matrices I, X, Y, Z.
///
/// The state has the components `Tr(Pρ)`, the effect of outcome 0 those of `E = Σ e_P P`, and a gate is its transfer matrix
/// `R[i][j] = Tr(P_i G(P_j))/2`, so that `p(0) = e . R_m ... R_1 r`. The first component of the state is 1 and the first row of
/// each gate 1 0 0 0: probabilities are kept.
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
  public func probability(of sequence: [Int]) -> Double {
    var slopes = [Double](repeating: 0, count: 7 + 12 * gates.count)
    var probabilities = GateSetProbabilities(self)
    return probabilities.probability(of: sequence, slopes: &slopes)
  }

  /// How many numbers no counts can tell: a change of basis T that keeps the first component leaves all probabilities as they are.
  static let gaugeCount = 12
}
