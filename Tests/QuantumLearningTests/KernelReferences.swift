import Foundation
import LinearAlgebra
import RealModule

/// References/kernel_machines.json: data, and what scikit-learn's machines make of them.
struct KernelReferences: Decodable {
  struct Machine: Decodable {
    let kernel: String
    let regularization: Double
    let predictions: [Int]
    let decisionValues: [[Double]]
    let supportCounts: [Int]
    let regression: [Double]
    let regressionRegularization: Double
  }
  struct Ridge: Decodable {
    let penalty: Double
    let predictions: [Double]
  }
  struct Process: Decodable {
    let noise: Double
    let means: [Double]
    let variances: [Double]
    let logMarginalLikelihood: Double
  }
  struct Components: Decodable {
    let eigenvalues: [Double]
    let transformed: [[Double]]
  }

  let trainingCount: Int
  let points: [[Double]]
  let labels: [Int]
  let targets: [Double]
  let machines: [Machine]
  let ridge: Ridge
  let process: Process
  let components: Components

  static let read = Result {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "References/kernel_machines.json")
    return try JSONDecoder().decode(KernelReferences.self, from: Data(contentsOf: file))
  }

  var trainingLabels: [Int] { Array(labels[..<trainingCount]) }
  var trainingTargets: [Double] { Array(targets[..<trainingCount]) }
  var testLabels: [Int] { Array(labels[trainingCount...]) }

  /// Kernel values of the training samples with each other, and of the test samples with them.
  func matrices(_ kernel: String) -> (gram: RealMatrix, test: RealMatrix) {
    func values(_ left: ArraySlice<[Double]>) -> RealMatrix {
      RealMatrix(left.map { a in points[..<trainingCount].map { Self.kernel(kernel, a, $0) } })
    }
    return (values(points[..<trainingCount]), values(points[trainingCount...]))
  }

  private static func kernel(_ name: String, _ a: [Double], _ b: [Double]) -> Double {
    let pairs = zip(a, b)
    switch name {
    case "gaussian": return .exp(-0.5 * pairs.reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) })
    case "linear": return pairs.reduce(0) { $0 + $1.0 * $1.1 }
    case "fidelity":
      return pairs.reduce(1) {
        let cosine = Double.cos(($1.0 - $1.1) / 2)
        return $0 * cosine * cosine
      }
    default: preconditionFailure("no kernel \(name)")
    }
  }
}
