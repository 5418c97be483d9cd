import Execution
import LinearAlgebra
import QuantumCircuits
import QuantumLearning
import Randomness
import TestSupport
import Testing

/// Choosing among kernels, and Gram matrices larger than memory.
@Suite struct KernelSelectionTests {
  @Test(arguments: [2, 3, 5, 10]) func foldsShareOutTheClasses(_ folds: Int) {
    let labels = (0..<47).map { $0 % 7 == 0 ? 2 : $0 % 2 }
    let validation = CrossValidation(labels: labels, folds: folds, seed: 3)
    #expect(validation.folds.count == folds)
    #expect(validation.folds.flatMap { $0 }.sorted() == Array(0..<47))
    #expect(validation == CrossValidation(labels: labels, folds: folds, seed: 3))
    #expect(validation != CrossValidation(labels: labels, folds: folds, seed: 4))
    for label in 0..<3 {
      let sizes = validation.folds.map { $0.count { labels[$0] == label } }
      #expect(sizes.max()! - sizes.min()! <= 1, "class \(label)")
    }
    for fold in 0..<folds { #expect(Set(validation.training(of: fold)).isDisjoint(with: validation.folds[fold])) }
  }

  /// Held-out accuracy is that of machines trained by hand on the other folds; the best kernel is the one made for the labels.
  @Test func theBestKernelWins() throws {
    var source = RandomSource(seed: 8)
    let points = RealMatrix(rows: 60, columns: 2, elements: (0..<120).map { _ in source.uniform(in: -1..<1) })
    let labels = (0..<60).map { points[$0, 0] * points[$0, 1] > 0 ? 1 : 0 }
    let linear = try ClassicalKernel.linear.gramMatrix(points)
    let gaussian = try ClassicalKernel.gaussian(inverseWidth: 2).gramMatrix(points)
    let validation = CrossValidation(labels: labels, folds: 4, seed: 1)
    var right = 0
    for (fold, held) in validation.folds.enumerated() {
      let rows = validation.training(of: fold)
      let machine = try SupportVectorClassifier(
        gram: RealMatrix(rows.map { i in rows.map { gaussian[i, $0] } }), labels: rows.map { labels[$0] }, regularization: 10)
      let found = try machine.predict(RealMatrix(held.map { i in rows.map { gaussian[i, $0] } }))
      right += zip(held, found).count { labels[$0] == $1 }
    }
    #expect(try validation.accuracy(gram: gaussian, labels: labels, regularization: 10) == Double(right) / 60)
    let choice = try validation.best(grams: [linear, gaussian], labels: labels)
    #expect(choice.kernel == 1 && choice.accuracy > 0.85)
  }

  @Test(arguments: [1 << 14, 1 << 16, 1 << 30]) func tilesMakeUpTheMatrix(_ bytes: UInt64) throws {
    var source = RandomSource(seed: 2)
    let points = RealMatrix(rows: 70, columns: 3, elements: (0..<210).map { _ in source.uniform(in: 0..<6) })
    let kernel = try FidelityKernel(featureMap: .zzFeatureMap(Features(3)))
    let stream = KernelStream(kernel, features: points, budget: MemoryBudget(bytes: bytes), sampleBytes: 16 << 3)
    #expect(16 * stream.side * stream.side + 2 * stream.side * (128 + 24) <= Int(bytes))
    var (result, count) = (RealMatrix(rows: 70, columns: 70), 0)
    try stream.forEachTile { tile in
      count += 1
      for (i, row) in tile.rows.enumerated() {
        for (j, column) in tile.columns.enumerated() {
          (result[row, column], result[column, row]) = (tile.values[i, j], tile.values[i, j])
        }
      }
    }
    #expect(count == stream.tileCount)
    #expect(bytes < 1 << 20 ? count > 1 : count == 1)
    #expect(maximumDifference(result.elements, try kernel.gramMatrix(points).elements) < 1e-14)
  }
}
