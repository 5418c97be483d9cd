import LinearAlgebra
import QuantumStates
import Randomness

/// Takes errors of readout, of single qubits or of several together, out of counts.
///
/// Convention: entry (m, t) of a confusion matrix is the probability to read m where the value was t; columns add up to 1.
public struct ReadoutCorrection: Sendable {
  /// Bits that are confused together.
  private struct Block: Sendable {
    let bits: [Int]
    let confusion: RealMatrix
    let inverse: RealMatrix
  }

  private let blocks: [Block]
  private let width: Int

  /// - Parameter confusion: a 2 x 2 matrix for each bit of the counts, bit 0 first.
  /// - Throws: `MitigationError.confusion` for a matrix that is not stochastic, or whose two outcomes say nothing.
  public init(confusion: [RealMatrix]) throws(MitigationError) {
    try self.init(confusion.enumerated().map { ([$0.offset], $0.element) }, width: confusion.count)
  }

  /// - Parameters:
  ///   - readout: what the device does; qubits without an entry are read without error.
  ///   - qubits: which qubit each bit of the counts is of, bit 0 first; qubits that are confused together are listed all or none.
  public init(_ readout: ReadoutError, of qubits: [Int]) throws(MitigationError) {
    var blocks: [(bits: [Int], confusion: RealMatrix)] = []
    for block in readout.blocks {
      let bits = block.qubits.compactMap { qubits.firstIndex(of: $0) }
      if bits.isEmpty { continue }
      guard bits.count == block.qubits.count else {
        throw .confusion(qubit: block.qubits[0], reason: "is shared by qubits \(block.qubits), of which some are not measured")
      }
      blocks.append((bits, block.matrix))
    }
    try self.init(blocks, width: qubits.count)
  }

  private init(_ blocks: [(bits: [Int], confusion: RealMatrix)], width: Int) throws(MitigationError) {
    var checked: [Block] = []
    for (bits, matrix) in blocks {
      guard matrix.isSquare, matrix.rows == 1 << bits.count, matrix.elements.allSatisfy({ 0...1 ~= $0 }),
        (0..<matrix.columns).allSatisfy({ abs(matrix.column($0).reduce(0, +) - 1) < 1e-9 })
      else { throw .confusion(qubit: bits[0], reason: "has columns that are no probabilities") }
      guard let least = try? matrix.singularValues().last, least > 1e-6, let inverse = try? matrix.inverse() else {
        throw .confusion(qubit: bits[0], reason: "has no inverse")
      }
      checked.append(Block(bits: bits, confusion: matrix, inverse: inverse))
    }
    (self.blocks, self.width) = (checked, width)
  }

  /// The mean of the product of Z over the bits in `mask`, with its standard error: unbiased, by the inverse matrices.
  ///
  /// - Complexity: O(outcomes * bits), whatever the number of values of all bits.
  public func parity(mask: Int, of counts: OutcomeCounts) -> Estimate {
    check(counts)
    // Of each block, what a value that is read counts for: the signs of the true values, weighted by the inverse.
    let weights = blocks.map { block in
      let own = block.bits.enumerated().reduce(0) { $0 | (mask >> $1.element & 1) << $1.offset }
      return (0..<block.inverse.columns).map { read in
        (0..<block.inverse.rows).reduce(0.0) {
          $0 + (($1 & own).nonzeroBitCount.isMultiple(of: 2) ? 1 : -1) * block.inverse[$1, read]
        }
      }
    }
    let free = mask & ~blocks.flatMap(\.bits).reduce(0) { $0 | 1 << $1 }
    var (sum, squares) = (0.0, 0.0)
    for (outcome, count) in counts.occurrences.sorted(by: { $0.key < $1.key }) {
      var value: Double = (outcome & free).nonzeroBitCount.isMultiple(of: 2) ? 1 : -1
      for (block, weight) in zip(blocks, weights) { value *= weight[Self.value(outcome, at: block.bits)] }
      sum += Double(count) * value
      squares += Double(count) * value * value
    }
    return Estimate(count: counts.shots, sum: sum, squares: squares)
  }

  /// The inverse of the confusion applied to frequencies: adds up to 1, unbiased, and can be negative.
  ///
  /// - Returns: by value of all bits, with standard errors.
  public func quasiProbabilities(of counts: OutcomeCounts) -> [Estimate] {
    check(counts)
    let measured = frequencies(counts)
    let means = applying(to: measured) { $0.inverse }
    // The mean of the squares of what single shots count for.
    let squares = applying(to: measured) { block in
      RealMatrix(rows: block.inverse.rows, columns: block.inverse.columns, elements: block.inverse.elements.map { $0 * $0 })
    }
    let shots = Double(counts.shots)
    return zip(means, squares).map { Estimate(count: counts.shots, sum: shots * $0, squares: shots * $1) }
  }

  /// Iterative Bayesian unfolding: probabilities under which the counts are ever more likely, starting from uniform ones.
  ///
  /// `p_t <- sum_m f_m A_mt p_t / sum_s A_ms p_s`; they stay positive and add up to 1.
  ///
  /// - Parameters:
  ///   - resamples: counts drawn anew from the counts, whose unfoldings scatter as the standard errors say (bootstrap).
  ///   - source: draws the resamples.
  /// - Returns: by value of all bits, with standard errors.
  ///
  /// Source: D'Agostini, "A multidimensional unfolding method based on Bayes' theorem", 1995; Nachman, Urbanek, de Jong, Bauer,
  /// "Unfolding quantum computer readout noise", 2020.
  public func unfolded(
    _ counts: OutcomeCounts, iterations: Int = 100, resamples: Int = 50, using source: inout RandomSource
  ) -> [Estimate] {
    precondition(resamples >= 2, "ReadoutCorrection.unfolded: \(resamples) resamples, at least 2")
    check(counts)
    let measured = frequencies(counts)
    let values = unfolded(measured, iterations)
    var (sums, squares) = (values.map { _ in 0.0 }, values.map { _ in 0.0 })
    for _ in 0..<resamples {
      for (place, value) in unfolded(
        frequencies(OutcomeCounts(drawing: counts.shots, from: measured, using: &source)), iterations
      ).enumerated() {
        sums[place] += value
        squares[place] += value * value
      }
    }
    let count = Double(resamples)
    return values.indices.map { place in
      let mean = sums[place] / count
      return Estimate(
        values[place], standardError: (max(0, squares[place] / count - mean * mean) * count / (count - 1)).squareRoot())
    }
  }

  private func unfolded(_ measured: [Double], _ iterations: Int) -> [Double] {
    var probabilities = Array(repeating: 1 / Double(measured.count), count: measured.count)
    for _ in 0..<iterations {
      let expected = applying(to: probabilities) { $0.confusion }
      let ratios = zip(measured, expected).map { $1 > 0 ? $0 / $1 : 0 }
      let factors = applying(to: ratios) { $0.confusion.transpose }
      for place in probabilities.indices { probabilities[place] *= factors[place] }
    }
    return probabilities
  }

  private func check(_ counts: OutcomeCounts) {
    precondition(
      counts.width == width && counts.shots > 0,
      "ReadoutCorrection: \(counts.shots) counts of \(counts.width) bits for confusion matrices of \(width)")
  }

  private func frequencies(_ counts: OutcomeCounts) -> [Double] {
    (0..<1 << counts.width).map { Double(counts.occurrences[$0] ?? 0) / Double(counts.shots) }
  }

  private static func value(_ outcome: Int, at bits: [Int]) -> Int {
    bits.enumerated().reduce(0) { $0 | (outcome >> $1.element & 1) << $1.offset }
  }

  /// The product of one matrix for each block, applied block by block.
  private func applying(to vector: [Double], _ matrix: (Block) -> RealMatrix) -> [Double] {
    var result = vector
    for block in blocks {
      let (matrix, mask) = (matrix(block), block.bits.reduce(0) { $0 | 1 << $1 })
      let places = (0..<matrix.rows).map { value in
        block.bits.enumerated().reduce(0) { $0 | (value >> $1.offset & 1) << $1.element }
      }
      for base in result.indices where base & mask == 0 {
        let old = places.map { result[base | $0] }
        for (row, place) in places.enumerated() {
          result[base | place] = old.indices.reduce(0) { $0 + matrix[row, $1] * old[$1] }
        }
      }
    }
    return result
  }
}
