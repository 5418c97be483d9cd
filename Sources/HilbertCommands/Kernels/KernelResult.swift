import LinearAlgebra
import QuantumLearning
import Reports

/// What `hilbert kernel` found.
struct KernelResult: CommandResult {
  var command: String { "kernel" }

  /// The matrix itself, or the file that holds it.
  enum Gram: Encodable {
    case path(String)
    case matrix([[Double]])

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .path(let path): try container.encode(path)
      case .matrix(let rows): try container.encode(rows)
      }
    }
  }

  let samples: Int
  let features: Int
  let kernel: String
  var gram: Gram?
  var bandwidth: Double?
  var regularization: Double?
  var validationAccuracy: Double?
  var trainAccuracy: Double?
  var testAccuracy: Double?
  var testSamples: Int?
  var supportVectors: Int?
  /// The largest of the machines.
  var dualityGap: Double?
  /// Mean and variance of the entries off the diagonal.
  var offDiagonalMean: Double?
  var offDiagonalVariance: Double?
  var peakMegabytes: Int?

  /// The most samples whose matrix stands in the result.
  private static let listed = 200

  init(samples: Int, features: Int, kernel: String) {
    (self.samples, self.features, self.kernel) = (samples, features, kernel)
  }

  mutating func keep(_ matrix: RealMatrix, exportedTo path: String?) {
    if matrix.rows >= 2 {
      let spread = matrix.offDiagonalSpread
      (offDiagonalMean, offDiagonalVariance) = (spread.mean, spread.variance)
    }
    if let path {
      gram = .path(path)
    } else if matrix.rows <= Self.listed {
      gram = .matrix((0..<matrix.rows).map(matrix.row))
    }
  }

  mutating func note(_ machine: SupportVectorClassifier, regularization: Double) {
    self.regularization = regularization
    supportVectors = Set(machine.machines.flatMap(\.supportVectors)).count
    dualityGap = machine.machines.map(\.dualityGap).max()
  }

  var text: String {
    var lines = ["\(kernel) kernel of \(samples) samples with \(features) features"]
    if let mean = offDiagonalMean, let variance = offDiagonalVariance {
      lines.append("off the diagonal: mean \(mean.fixed(6)), variance \(variance.fixed(8))")
    }
    if let accuracy = validationAccuracy, let bandwidth, let regularization {
      lines.append("cross-validation chose bandwidth \(bandwidth) and C \(regularization), accuracy \(accuracy.fixed(4))")
    }
    if let vectors = supportVectors, let gap = dualityGap {
      lines.append("\(vectors) support vectors, duality gap \(gap.scientific)")
    }
    if let trainAccuracy { lines.append("accuracy on the training samples \(trainAccuracy.fixed(4))") }
    if let testAccuracy, let testSamples {
      lines.append("accuracy on \(testSamples) test samples \(testAccuracy.fixed(4))")
    }
    switch gram {
    case .path(let path): lines.append("Gram matrix: \(path)")
    case .matrix(let rows) where samples <= 12:
      lines += rows.map { $0.map { $0.fixed(6) }.joined(separator: "  ") }
    default: lines.append("give --export FILE.npz for the Gram matrix")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
