import Randomness

/// A few samples, gathered for one step.
public struct SampleBatch: Sendable, Hashable {
  /// Which samples of the set these are.
  public let rows: [Int]
  /// - Shape: `[rows.count] + sampleShape`, row-major.
  public let features: [Float]
  /// The shape of one sample.
  public let sampleShape: [Int]
  /// What these samples are to teach.
  public let targets: SampleTargets

  /// How many samples.
  public var count: Int { rows.count }

  /// One class index a sample; empty where the targets are no classes.
  public var labels: [Int] {
    if case .classes(let labels, _) = targets { labels } else { [] }
  }

  /// One real target a sample; empty where the targets are no numbers.
  public var values: [Double] {
    if case .values(let values) = targets { values } else { [] }
  }
}

/// The batches of one pass over a set; the last one holds what is left over.
public struct SampleBatches<Role: SampleRole>: Sequence, Sendable {
  let samples: SampleSet<Role>
  let order: [Int]
  let size: Int

  /// How many batches the pass has.
  public var count: Int { (order.count + size - 1) / size }

  public func makeIterator() -> some IteratorProtocol<SampleBatch> {
    stride(from: 0, to: order.count, by: size).lazy
      .map { samples.batch(rows: Array(order[$0..<Swift.min($0 + size, order.count)])) }.makeIterator()
  }
}

extension SampleSet {
  /// Batches in the order of the samples.
  public func batches(of size: Int) -> SampleBatches<Role> {
    precondition(size >= 1, "SampleSet: batch size is \(size), must be at least 1")
    return SampleBatches(samples: self, order: Array(0..<count), size: size)
  }

  /// Batches in a shuffled order that depends on `seed` and `epoch` alone, so that a run resumed at any epoch goes on
  /// as it would have.
  public func batches(of size: Int, seed: UInt64, epoch: Int) -> SampleBatches<Role> {
    precondition(size >= 1, "SampleSet: batch size is \(size), must be at least 1")
    precondition(epoch >= 0, "SampleSet: epoch is \(epoch), must not be negative")
    return SampleBatches(samples: self, order: shuffledRows(seed: seed, epoch: epoch), size: size)
  }

  /// The rows in the order in which `batches(of:seed:epoch:)` visits them.
  public func shuffledRows(seed: UInt64, epoch: Int) -> [Int] {
    var source = RandomSource(seed: seed, stream: RandomPurpose.shuffling.rawValue, index: UInt64(epoch))
    return source.permutation(of: count)
  }

  /// The samples of some rows as one batch.
  public func batch(rows: [Int]) -> SampleBatch {
    SampleBatch(rows: rows, features: gather(rows), sampleShape: sampleShape, targets: targets.selecting(rows))
  }
}
