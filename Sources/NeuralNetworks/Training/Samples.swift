import Execution
import Randomness

/// Inputs with their targets.
public struct Samples<Scalar: TensorScalar>: Sendable {
  /// Shape `[samples, ...]`.
  public let inputs: Tensor<Scalar>
  /// One target a sample.
  public let targets: Targets<Scalar>

  /// How many samples.
  public var count: Int { targets.count }

  /// - Throws: `NetworkError.data` when there are no samples, when inputs and targets differ in number, or when a sample holds
  ///   NaN or infinity; the message names the sample.
  public init(inputs: Tensor<Scalar>, targets: Targets<Scalar>) throws(NetworkError) {
    guard let count = inputs.shape.first, count > 0 else {
      throw .data("There are no samples: inputs have shape \(inputs.shape)", remedy: "Give at least one sample")
    }
    guard count == targets.count else {
      throw .data("\(count) inputs meet \(targets.count) targets", remedy: "Give one target for every input")
    }
    if !inputs.isFinite {
      let row = (0..<count).first { !inputs.rows([$0]).isFinite } ?? 0
      throw .data("Sample \(row) holds NaN or infinity", remedy: "Remove the sample or fill the gap")
    }
    if case .labels(let labels) = targets, let sample = labels.firstIndex(where: { $0 < 0 }) {
      throw .data("Sample \(sample) has label \(labels[sample])", remedy: "Count labels from 0")
    }
    (self.inputs, self.targets) = (inputs, targets)
  }

  private init(checked inputs: Tensor<Scalar>, _ targets: Targets<Scalar>) { (self.inputs, self.targets) = (inputs, targets) }

  /// Some of the samples, in the order of `indices`.
  public func rows(_ indices: [Int]) -> Samples { Samples(checked: inputs.rows(indices), targets.rows(indices)) }

  /// The samples with their images moved; `numbers` are theirs among the training samples.
  func moved(
    by augmentation: ImageAugmentation?, _ numbers: [Int], seed: UInt64, epoch: Int, loop: ParallelLoop
  ) -> Samples {
    guard let augmentation else { return self }
    return Samples(checked: augmentation.applied(to: inputs, numbers: numbers, seed: seed, epoch: epoch, loop: loop), targets)
  }

  /// A 64-bit number that changes when any input or target changes; it tells whether a run continues on its own data.
  public var fingerprint: UInt64 {
    var hash = FNV1a("\(inputs.shape)")
    func absorb(_ bytes: UnsafeRawBufferPointer) { hash.combine(wordsOf: bytes, fold: 32) }
    inputs.scalars.withUnsafeBytes(absorb)
    switch targets {
    case .labels(let labels): labels.withUnsafeBytes(absorb)
    case .values(let values): values.scalars.withUnsafeBytes(absorb)
    }
    return hash.value
  }
}
