import Foundation
import NeuralNetworks
import Randomness

/// A folder that is removed when the test is over.
final class Workplace {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "hilbert-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> String { folder.appending(path: name).path }
}

/// Points in the plane with the class of their ring: a small task that needs a hidden layer.
func rings<Scalar: TensorScalar>(_ count: Int, seed: UInt64) throws -> Samples<Scalar> {
  var random = RandomSource(seed: seed)
  let labels = (0..<count).map { $0 % 2 }
  let points = labels.flatMap { label in
    let (radius, angle) = (Double(label + 1) + 0.2 * random.normal(), random.uniform(in: 0..<2 * .pi))
    return [Scalar(radius * cos(angle)), Scalar(radius * sin(angle))]
  }
  return try Samples(inputs: Tensor(shape: [count, 2], scalars: points), targets: .labels(labels))
}

/// A network with everything that a resumed run has to get right: dropout, running statistics, weights.
func ringModel<Scalar: TensorScalar>(seed: UInt64 = 1, width: Int = 12) throws -> Sequential<Scalar> {
  try Sequential(
    inputShape: [2], layers: [.dense(width), .batchNorm, .tanh, .dropout(0.1), .dense(width), .relu, .dense(2)], seed: seed)
}
