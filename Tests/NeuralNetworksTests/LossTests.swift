import Foundation
import NeuralNetworks
import Testing

@Suite struct LossTests {
  let scores = Tensor<Double>(shape: [2, 3], scalars: [1, 2, 3, -1, 0.5, 0])

  func value(_ loss: Loss<Double>, _ outputs: Tensor<Double>, _ targets: Targets<Double>) throws -> Double {
    try loss(Tape<Double>().constant(outputs), targets).value.scalar
  }

  @Test("cross-entropy is the mean of -sum q log p", arguments: [0, 0.1])
  func crossEntropy(smoothing: Double) throws {
    var expected = 0.0
    for (sample, label) in [2, 0].enumerated() {
      let exponentials = (0..<3).map { exp(scores[sample, $0]) }
      for c in 0..<3 {
        let q = (1 - smoothing) * (c == label ? 1 : 0) + smoothing / 3
        expected -= q * log(exponentials[c] / exponentials.reduce(0, +)) / 2
      }
    }
    #expect(abs(try value(.crossEntropy(labelSmoothing: smoothing), scores, .labels([2, 0])) - expected) < 1e-14)
    let distribution = Tensor(shape: [2, 3], scalars: [0, 0, 1, 1, 0, 0] as [Double])
    #expect(abs(try value(.crossEntropy(labelSmoothing: smoothing), scores, .values(distribution)) - expected) < 1e-14)
  }

  @Test("cross-entropy of extreme scores is finite and right")
  func extremeScores() throws {
    let extreme = Tensor<Double>(shape: [1, 2], scalars: [1000, -1000])
    #expect(try value(.crossEntropy(), extreme, .labels([0])) == 0)
    #expect(try value(.crossEntropy(), extreme, .labels([1])) == 2000)
  }

  @Test("mean squared error")
  func meanSquaredError() throws {
    let wanted = Tensor<Double>(shape: [2, 3], scalars: [1, 1, 1, 1, 1, 1])
    #expect(abs(try value(.meanSquaredError, scores, .values(wanted)) - (0 + 1 + 4 + 4 + 0.25 + 1) / 6) < 1e-15)
  }

  @Test("gradients", arguments: [Loss<Double>.crossEntropy(), .crossEntropy(labelSmoothing: 0.2)])
  func gradients(loss: Loss<Double>) throws {
    try checkGradients(of: { try loss($0[0], .labels([2, 0])) }, at: [scores])
    try checkGradients(of: { try Loss.meanSquaredError($0[0], .values(Tensor(shape: [2, 3], repeating: 0.3))) }, at: [scores])
  }

  @Test(
    "targets that do not fit are named",
    arguments: [
      (Loss<Double>.crossEntropy(), Targets<Double>.labels([2, 3]), "Sample 1 of the batch has label 3, expected 0..<3. "),
      (.crossEntropy(), .labels([2]), "cross-entropy: outputs of shape [2, 3] meet 1 targets. "),
      (.meanSquaredError, .labels([2, 0]), "Mean squared error needs values, found labels. "),
      (
        .meanSquaredError, .values(Tensor(shape: [2, 1])),
        "meanSquaredError targets: expected shape [2, 3], found [2, 1]. "
      ),
    ])
  func wrongTargets(loss: Loss<Double>, targets: Targets<Double>, message: String) throws {
    let error = #expect(throws: NetworkError.self) { try value(loss, scores, targets) }
    #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
  }
}
