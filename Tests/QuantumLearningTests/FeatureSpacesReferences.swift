import Foundation
import LinearAlgebra

/// References/feature_spaces.json: kernels of numpy's states, and what scikit-learn's machines make of them.
struct FeatureSpacesReferences: Decodable {
  let points: [[Double]]
  let labels: [Int]
  let gramRows: [[Double]]
  let predictions: [Int]
  let decisionValues: [Double]
  let supportCount: Int
  let shots: Int
  let counts: [[Int]]
  let crossCounts: [[Int]]
  let leastEigenvalue: Double
  let sampledPredictions: [Int]
  let sampledDecisionValues: [Double]
  let blobs: [[Double]]
  let blobLabels: [Int]
  let blobPredictions: [Int]
  let families: [String: [[Double]]]
  let x3: [Double]
  let x4: [Double]
  let five: [[Double]]
  let projected: [[Double]]
  let bitFlipTolerant: [[Double]]
  let hamming: [[Double]]
  let tangent: [[Double]]
  let theta: [Double]
  let penalty: Double
  let geometricDifference: Double
  let modelComplexity: Double
  let alignment: Double
  let centredAlignment: Double

  static let read = Result {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "References/feature_spaces.json")
    return try JSONDecoder().decode(FeatureSpacesReferences.self, from: Data(contentsOf: file))
  }

  var training: RealMatrix { RealMatrix(Array(points[..<40])) }
  var test: RealMatrix { RealMatrix(Array(points[40...])) }
  var trainingLabels: [Int] { Array(labels[..<40]) }

  /// Shares of counts as kernel values.
  func shares(_ counts: [[Int]]) -> RealMatrix { RealMatrix(counts.map { $0.map { Double($0) / Double(shots) } }) }
}
