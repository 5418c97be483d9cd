import LinearAlgebra
import QuantumStates

/// Errors of readout: a measured value is reported as another, on single qubits or on several together.
///
/// Convention: `matrix[reported, true]`, columns add up to 1; of several qubits the first listed is the least significant bit.
public struct ReadoutError: Sendable, Hashable {
  /// Qubits that are confused together.
  public struct Block: Sendable, Hashable {
    /// Which, the first as the lowest bit of a value.
    public let qubits: [Int]
    /// Shape: 2^k x 2^k.
    public let matrix: RealMatrix
  }

  /// Blocks on different qubits.
  public private(set) var blocks: [Block] = []

  public init() {}

  /// Blocks that are known to be right.
  init(checked blocks: [(qubits: [Int], matrix: RealMatrix)]) {
    self.blocks = blocks.map { Block(qubits: $0.qubits, matrix: $0.matrix) }
  }

  /// The same error on each of some qubits.
  ///
  /// - Parameters:
  ///   - p01: the probability that 0 is reported as 1.
  ///   - p10: the probability that 1 is reported as 0.
  public init(p01: Double, p10: Double, qubits: some Sequence<Int>) throws(ChannelError) {
    for qubit in qubits { try add([[1 - p01, p10], [p01, 1 - p10]], on: [qubit]) }
  }

  /// Adds the confusion matrix of further qubits.
  ///
  /// - Throws: `ChannelError` for a matrix of another shape, with negative entries or columns that do not add up to 1.
  public mutating func add(_ matrix: RealMatrix, on qubits: [Int]) throws(ChannelError) {
    let used = Set(blocks.flatMap(\.qubits))
    precondition(
      Set(qubits).count == qubits.count && used.isDisjoint(with: qubits) && 1...10 ~= qubits.count,
      "ReadoutError: qubits \(qubits) must differ, and from \(used.sorted())")
    guard matrix.rows == 1 << qubits.count, matrix.isSquare else {
      throw .shape(
        expected: "a confusion matrix of \(1 << qubits.count) rows and columns", found: "\(matrix.rows) x \(matrix.columns)")
    }
    for column in 0..<matrix.columns {
      let entries = matrix.column(column)
      let (sum, least) = (entries.reduce(0, +), entries.min()!)
      guard abs(sum - 1) <= 1e-8, least >= 0 else { throw .probabilities(sum: sum, least: least) }
    }
    blocks.append(Block(qubits: qubits, matrix: matrix))
  }

  /// The distribution of reported values of some qubits, from that of the true ones; the first listed qubit is the lowest bit.
  ///
  /// A block must be listed whole or not at all: a part of it depends on the true values of the rest.
  public func applied(to probabilities: [Double], of qubits: [Int]) -> [Double] {
    precondition(
      probabilities.count == 1 << qubits.count, "ReadoutError: \(probabilities.count) probabilities of \(qubits.count) qubits")
    var result = probabilities
    for block in blocks where !Set(block.qubits).isDisjoint(with: qubits) {
      let places = block.qubits.compactMap { qubits.firstIndex(of: $0) }
      precondition(
        places.count == block.qubits.count,
        "ReadoutError: qubits \(block.qubits) are confused together, and only some of them are among \(qubits)")
      let mask = places.reduce(0) { $0 | 1 << $1 }
      var next = [Double](repeating: 0, count: result.count)
      for (value, probability) in result.enumerated() where probability != 0 {
        let own = places.enumerated().reduce(0) { $0 | (value >> $1.element & 1) << $1.offset }
        for reported in 0..<block.matrix.rows {
          let bits = places.enumerated().reduce(0) { $0 | (reported >> $1.offset & 1) << $1.element }
          next[(value & ~mask) | bits] += block.matrix[reported, own] * probability
        }
      }
      result = next
    }
    return result
  }

  /// The observable whose exact expectation is what the reported values give on average.
  ///
  /// Each word is measured in the bases of its factors, other qubits in that of Z: on one qubit P becomes
  /// (1 - p01 - p10) P + (p10 - p01).
  public func applied(to observable: PauliSum) -> PauliSum {
    var terms: [PauliSum.Term] = []
    for term in observable.terms {
      var parts: [(word: PauliWord, coefficient: Double)] = [(term.word, term.coefficient)]
      for block in blocks where block.qubits.contains(where: { term.word[$0] != nil }) {
        let letters = block.qubits.map { term.word[$0] ?? .z }
        let inside = block.qubits.indices.reduce(0) { $0 | (term.word[block.qubits[$1]] == nil ? 0 : 1 << $1) }
        let spread = spectrum(of: block.matrix, mask: inside)
        let rest = term.word.factors.filter { block.qubits.contains($0.qubit) }.map(\.qubit)
        parts = parts.flatMap { part in
          let outside = part.word.factors.filter { !rest.contains($0.qubit) }
          return spread.map { mask, weight in
            let own = block.qubits.indices.filter { mask >> $0 & 1 == 1 }.map { PauliFactor(letters[$0], block.qubits[$0]) }
            return (PauliWord(outside + own), part.coefficient * weight)
          }
        }
      }
      terms += parts.map { PauliSum.Term($0.coefficient, $0.word) }
    }
    return PauliSum(terms)
  }

  /// The signs (-1)^|x & mask| of reported values x as a function of the true ones: weights of the signs of all masks.
  private func spectrum(of matrix: RealMatrix, mask: Int) -> [(mask: Int, weight: Double)] {
    func sign(_ value: Int, _ mask: Int) -> Double { (value & mask).nonzeroBitCount % 2 == 0 ? 1 : -1 }
    let count = matrix.rows
    let means = (0..<count).map { value in (0..<count).reduce(0) { $0 + sign($1, mask) * matrix[$1, value] } }
    return (0..<count).map { other in
      (other, (0..<count).reduce(0) { $0 + sign($1, other) * means[$1] } / Double(count))
    }.filter { $0.1 != 0 }
  }
}
