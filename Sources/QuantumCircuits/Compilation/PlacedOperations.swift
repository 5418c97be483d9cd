import QuantumStates

/// Operations on the layout of one circuit, each placed once: long circuits repeat few of them many times, and they never change.
struct PlacedOperations {
  /// What is placed.
  enum Matrix: Hashable {
    case matrix(MatrixPattern)
    case permutation([Int])
  }

  private struct Key: Hashable {
    let matrix: Matrix
    let targets: [Int]
    let controls: [Control]
  }

  private var known: [Key: (KernelOperation, KernelOperation)] = [:]
  /// Beyond so many, a circuit does not repeat itself.
  private static let largestCount = 10_000

  /// The operation and its inverse.
  mutating func pair(
    _ matrix: Matrix, _ targets: [Int], _ controls: [Control], _ make: () -> (KernelOperation, KernelOperation)
  ) -> (KernelOperation, KernelOperation) {
    let key = Key(matrix: matrix, targets: targets, controls: controls)
    if let pair = known[key] { return pair }
    let pair = make()
    if known.count < Self.largestCount { known[key] = pair }
    return pair
  }
}
