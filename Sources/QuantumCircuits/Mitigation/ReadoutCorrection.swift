import LinearAlgebra
import QuantumStates

/// Takes errors of reading qubits, one by one, out of counts.
///
/// Convention: entry (m, t) of a qubit's confusion matrix is the probability to read m where the qubit was t; columns add up to 1.
public struct ReadoutCorrection: Sendable {
  private let confusion: [RealMatrix]
  private let inverses: [RealMatrix]

  /// - Parameter confusion: a 2 x 2 matrix for each bit of the counts, bit 0 first.
  /// - Throws: `MitigationError.confusion` for a matrix that is not stochastic, or whose two outcomes say nothing.
  public init(confusion: [RealMatrix]) throws(MitigationError) {
    var inverses: [RealMatrix] = []
    for (qubit, matrix) in confusion.enumerated() {
      guard matrix.rows == 2, matrix.columns == 2, matrix.elements.allSatisfy({ 0...1 ~= $0 }),
        (0..<2).allSatisfy({ abs(matrix[0, $0] + matrix[1, $0] - 1) < 1e-9 })
      else { throw .confusion(qubit: qubit, reason: "has columns that are no probabilities") }
      let determinant = matrix[0, 0] - matrix[0, 1]
      guard abs(determinant) > 1e-6 else { throw .confusion(qubit: qubit, reason: "has no inverse") }
      inverses.append(
        RealMatrix([
          [matrix[1, 1] / determinant, -matrix[0, 1] / determinant], [-matrix[1, 0] / determinant, matrix[0, 0] / determinant],
        ]))
    }
    (self.confusion, self.inverses) = (confusion, inverses)
  }

  /// The mean of the product of Z over the bits in `mask`, with its standard error: unbiased, by the inverse matrices.
  ///
  /// - Complexity: O(outcomes * bits), whatever the number of values of all bits.
  public func parity(mask: Int, of counts: OutcomeCounts) -> Estimate {
    check(counts)
    var (sum, squares) = (0.0, 0.0)
    for (outcome, count) in counts.occurrences.sorted(by: { $0.key < $1.key }) {
      var value = 1.0
      for bit in 0..<counts.width where mask >> bit & 1 == 1 {
        let read = outcome >> bit & 1
        value *= inverses[bit][0, read] - inverses[bit][1, read]
      }
      sum += Double(count) * value
      squares += Double(count) * value * value
    }
    return Estimate(count: counts.shots, sum: sum, squares: squares)
  }

  /// The inverse of the confusion applied to frequencies: adds up to 1, unbiased, and can be negative.
  public func quasiProbabilities(of counts: OutcomeCounts) -> [Double] {
    check(counts)
    return Self.applying(inverses, to: frequencies(counts))
  }

  /// Iterative Bayesian unfolding: probabilities under which the counts are ever more likely, starting from uniform ones.
  ///
  /// `p_t <- sum_m f_m A_mt p_t / sum_s A_ms p_s`; they stay positive and add up to 1.
  ///
  /// Source: D'Agostini, "A multidimensional unfolding method based on Bayes' theorem", 1995; Nachman, Urbanek, de Jong, Bauer,
  /// "Unfolding quantum computer readout noise", 2020.
  public func unfolded(_ counts: OutcomeCounts, iterations: Int = 100) -> [Double] {
    check(counts)
    let measured = frequencies(counts)
    let transposes = confusion.map(\.transpose)
    var probabilities = Array(repeating: 1 / Double(measured.count), count: measured.count)
    for _ in 0..<iterations {
      let expected = Self.applying(confusion, to: probabilities)
      let ratios = zip(measured, expected).map { $1 > 0 ? $0 / $1 : 0 }
      let factors = Self.applying(transposes, to: ratios)
      for place in probabilities.indices { probabilities[place] *= factors[place] }
    }
    return probabilities
  }

  private func check(_ counts: OutcomeCounts) {
    precondition(
      counts.width == confusion.count && counts.shots > 0,
      "ReadoutCorrection: \(counts.shots) counts of \(counts.width) bits for \(confusion.count) confusion matrices")
  }

  private func frequencies(_ counts: OutcomeCounts) -> [Double] {
    (0..<1 << counts.width).map { Double(counts.occurrences[$0] ?? 0) / Double(counts.shots) }
  }

  /// The product of one matrix for each bit, applied bit by bit.
  private static func applying(_ matrices: [RealMatrix], to vector: [Double]) -> [Double] {
    var result = vector
    for (bit, matrix) in matrices.enumerated() {
      for low in result.indices where low >> bit & 1 == 0 {
        let (a, b) = (result[low], result[low | 1 << bit])
        result[low] = matrix[0, 0] * a + matrix[0, 1] * b
        result[low | 1 << bit] = matrix[1, 0] * a + matrix[1, 1] * b
      }
    }
    return result
  }
}

extension OutcomeCounts {
  /// The counts whose parity over the bits in `mask` is that of a symmetry of the state: errors that break it are thrown away.
  ///
  /// Source: Bonet-Monroig, Sagastizabal, Singh, O'Brien, "Low-cost error mitigation by symmetry verification", 2018.
  public func verified(parity mask: Int, isEven: Bool) -> OutcomeCounts {
    OutcomeCounts(
      occurrences: occurrences.filter { ($0.key & mask).nonzeroBitCount.isMultiple(of: 2) == isEven }, width: width)
  }
}
