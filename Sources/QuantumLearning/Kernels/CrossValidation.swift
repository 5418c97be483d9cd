import LinearAlgebra
import Randomness

/// A seeded division of samples into folds, each of which is judged by machines that learned from the others.
///
/// Every class is spread as evenly over the folds as its number allows. The same seed gives the same folds.
public struct CrossValidation: Sendable, Hashable {
  /// The rows of each fold, ascending.
  public let folds: [[Int]]
  private let count: Int

  /// - Parameters:
  ///   - labels: classes of the samples; of regression, all alike.
  ///   - folds: 2 to the number of samples.
  public init(labels: [Int], folds: Int = 5, seed: UInt64) {
    precondition(2...max(2, labels.count) ~= folds, "CrossValidation: \(folds) folds of \(labels.count) samples")
    var source = RandomSource(seed: seed, stream: 0x464F_4C44)
    var parts = [[Int]](repeating: [], count: folds)
    // Classes go on where the one before ended, so that folds differ by at most one sample.
    var next = 0
    for (_, rows) in Dictionary(grouping: labels.indices, by: { labels[$0] }).sorted(by: { $0.key < $1.key }) {
      for place in source.permutation(of: rows.count) {
        parts[next % folds].append(rows[place])
        next += 1
      }
    }
    self.folds = parts.map { $0.sorted() }
    count = labels.count
  }

  /// The rows outside of a fold, ascending.
  public func training(of fold: Int) -> [Int] {
    let held = Set(folds[fold])
    return (0..<count).filter { !held.contains($0) }
  }

  /// The share of samples that a support vector machine trained on the other folds classifies right.
  ///
  /// - Parameter gram: kernel values of all pairs of samples: it is computed once, folds are parts of it.
  /// - Throws: `KernelMachineError`.
  public func accuracy(gram: RealMatrix, labels: [Int], regularization: Double) throws(KernelMachineError) -> Double {
    try KernelMachineChecks.gram(gram, samples: count)
    precondition(labels.count == count, "CrossValidation: \(labels.count) labels for \(count) samples")
    var right = 0
    for (fold, held) in folds.enumerated() {
      let rows = training(of: fold)
      let machine = try SupportVectorClassifier(
        gram: gram.selecting(rows: rows, columns: rows), labels: rows.map { labels[$0] }, regularization: regularization)
      let predictions = try machine.predict(gram.selecting(rows: held, columns: rows))
      right += zip(held, predictions).count { labels[$0] == $1 }
    }
    return Double(right) / Double(count)
  }

  /// A choice among kernels and regularizations.
  public struct Choice: Sendable, Hashable {
    /// Which of the Gram matrices.
    public let kernel: Int
    /// C.
    public let regularization: Double
    /// Its share of held-out samples classified right.
    public let accuracy: Double
  }

  /// The kernel and the regularization with the best accuracy; of equal ones the first kernel and the smallest regularization.
  ///
  /// - Parameters:
  ///   - grams: at least one, of the same samples.
  ///   - regularizations: at least one.
  /// - Throws: `KernelMachineError`.
  public func best(
    grams: [RealMatrix], labels: [Int], regularizations: [Double] = [0.1, 1, 10, 100, 1000]
  ) throws(KernelMachineError) -> Choice {
    precondition(!grams.isEmpty && !regularizations.isEmpty, "CrossValidation: no kernels or no regularizations to choose from")
    var best: Choice?
    for (kernel, gram) in grams.enumerated() {
      for regularization in regularizations.sorted() {
        let accuracy = try accuracy(gram: gram, labels: labels, regularization: regularization)
        if accuracy > best?.accuracy ?? -1 { best = Choice(kernel: kernel, regularization: regularization, accuracy: accuracy) }
      }
    }
    return best!
  }
}

extension RealMatrix {
  /// The entries of some rows and columns.
  public func selecting(rows chosen: [Int], columns wanted: [Int]) -> RealMatrix {
    precondition(
      chosen.allSatisfy { 0..<rows ~= $0 } && wanted.allSatisfy { 0..<columns ~= $0 },
      "selecting: rows or columns beyond \(rows) x \(columns)")
    var result = RealMatrix(rows: chosen.count, columns: wanted.count)
    elements.withUnsafeBufferPointer { source in
      result.elements.withUnsafeMutableBufferPointer { target in
        for (place, row) in chosen.enumerated() {
          for (column, old) in wanted.enumerated() { target[place * wanted.count + column] = source[row * columns + old] }
        }
      }
    }
    return result
  }
}
