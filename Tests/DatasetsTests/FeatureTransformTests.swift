import Datasets
import Foundation
import Testing

@Suite("Feature transforms") struct FeatureTransformTests {
  func training(_ features: [Float], shape: [Int]) throws -> TrainingSet {
    try Dataset(name: "t", features: features, sampleShape: shape, targets: .none).allForTraining()
  }

  @Test("A standardizer gives the training set mean 0 and deviation 1, and keeps what it learnt")
  func standardizer() throws {
    let scaler = Standardizer(fitting: try training([1, 5, 3, 5, 5, 5, 7, 5], shape: [2]))
    #expect(scaler.means == [4, 5])
    #expect(scaler.deviations == [Float(5).squareRoot(), 1])
    let other = try Dataset(name: "o", features: [4, 6], sampleShape: [2], targets: .none).allHeldOut()
    #expect(scaler.applied(to: other).features == [0, 1])
  }

  @Test("A min-max scaler reaches both ends of its range and clamps what lies beyond")
  func minMaxScaler() throws {
    let scaler = MinMaxScaler(fitting: try training([0, 5, 10, 5], shape: [2]), to: -1...1)
    #expect(scaler.transforming([0, 5, 10, 5, 20, 9, 2.5, 0], sampleShape: [2]) == [-1, -1, 1, -1, 1, -1, -0.5, -1])
  }

  @Test("A min-max scaler survives differences that are too large for a single number")
  func hugeDifferences() throws {
    let scaler = MinMaxScaler(fitting: try training([-3e38, 3e38], shape: [1]), to: -3e38...3e38)
    #expect(scaler.transforming([-3e38, 0, 3e38], sampleShape: [1]) == [-3e38, 0, 3e38])
  }

  @Test("Principal components of iris: variances, directions and signs as by singular value decomposition in numpy")
  func iris() throws {
    let training = try DataSource("iris").load().training
    let components = try PrincipalComponents(fitting: training, count: 4)
    let variances = [0.92461872, 0.05306648, 0.01710261, 0.00521218]
    #expect(zip(components.explainedVariance, variances).allSatisfy { abs($0 - $1) < 1e-7 })
    let directions: [Float] = [
      0.36138659, -0.08452251, 0.85667061, 0.3582892, 0.65658877, 0.73016143, -0.17337266, -0.07548102,
      -0.58202985, 0.59791083, 0.07623608, 0.54583143, 0.31548719, -0.3197231, -0.47983899, 0.75365743,
    ]
    #expect(zip(components.directions, directions).allSatisfy { abs($0 - $1) < 1e-6 })
    let projected = components.applied(to: training)
    #expect(projected.sampleShape == [4])
    #expect(Standardizer(fitting: projected).means.allSatisfy { abs($0) < 1e-5 })
  }

  @Test("Principal components of images, as by singular value decomposition in numpy")
  func images() throws {
    let components = try PrincipalComponents(fitting: try DataRequest().load().training, count: 4)
    let variances = [0.29617515, 0.17961646, 0.05875727, 0.0519004]
    #expect(zip(components.explainedVariance, variances).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test("More components than features are refused", arguments: [0, 3])
  func tooManyComponents(count: Int) throws {
    let samples = try training([1, 2, 3, 4], shape: [2])
    let error = #expect(throws: DatasetError.self) { try PrincipalComponents(fitting: samples, count: count) }
    #expect(
      error?.description
        == "t: \(count) principal components asked of 2 samples with 2 features. Ask for 1 to 2 of at least 2 samples.")
  }

  @Test("Resizing averages areas: whole pixels, parts of pixels, and copies when it enlarges")
  func resizing() {
    let image: [Float] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]
    func resized(_ height: Int, _ width: Int) -> [Float] {
      ImageResizing(height: height, width: width).transforming(image, sampleShape: [1, 4, 4])
    }
    #expect(resized(2, 2) == [3.5, 5.5, 11.5, 13.5])
    #expect(resized(4, 4) == image)
    #expect(resized(1, 1) == [8.5])
    let thirds = resized(1, 3)
    #expect(zip(thirds, [7.25, 8.5, 9.75]).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(resized(8, 4).prefix(8) == [1, 2, 3, 4, 1, 2, 3, 4])
  }

  @Test("Resizing keeps the mean of every image and channel", arguments: [1, 3, 7, 8, 16, 28, 31])
  func resizingKeepsMean(side: Int) throws {
    let images = try DataRequest(limit: 10).load().training
    let resized = ImageResizing(height: side, width: side).applied(to: images)
    #expect(resized.sampleShape == [1, side, side])
    for index in 0..<images.count {
      let before = images.sample(index).reduce(0, +) / 784
      let after = resized.sample(index).reduce(0, +) / Float(side * side)
      #expect(abs(before - after) < 1e-4)
    }
  }

  @Test("A pipeline fits each step on what the steps before leave, and survives saving")
  func pipeline() throws {
    let parts = try DataRequest(source: "digits-8x8", seed: 1).load()
    let pipeline = try FeaturePipeline(
      [.resize(height: 4, width: 4), .standardize, .principalComponents(3), .scale(to: 0...Float.pi)], fitting: parts.training)
    let changed = parts.applying(pipeline)
    #expect(changed.training.sampleShape == [3])
    #expect(changed.test.count == parts.test.count && changed.test.labels == parts.test.labels)
    #expect(changed.training.features.min() == 0 && changed.training.features.max() == Float.pi)
    #expect(changed.test.features.allSatisfy { 0...Float.pi ~= $0 })
    let copy = try JSONDecoder().decode(FeaturePipeline.self, from: JSONEncoder().encode(pipeline))
    #expect(copy == pipeline)
    #expect(copy.applied(to: parts.test) == changed.test)
  }

  @Test("What components leave out is the error of putting samples together again")
  func reconstruction() throws {
    let parts = try DataRequest(source: "digits-8x8", seed: 1).load()
    let components = try PrincipalComponents(fitting: parts.training, count: 10)
    let z = components.transforming(parts.test.features, sampleShape: parts.test.sampleShape)
    var sum = 0.0
    for sample in 0..<parts.test.count {
      for feature in 0..<64 {
        let back = (0..<10).reduce(components.mean[feature]) { $0 + z[10 * sample + $1] * components.directions[64 * $1 + feature] }
        let difference = Double(parts.test.features[64 * sample + feature] - back)
        sum += difference * difference
      }
    }
    let error = components.reconstructionError(of: parts.test)
    #expect(abs(error - sum / Double(64 * parts.test.count)) < 1e-6)
    // Nothing is left out by as many components as features, and what is left out of the training samples is their variance.
    #expect(try PrincipalComponents(fitting: parts.training, count: 64).reconstructionError(of: parts.test) < 1e-6)
  }

  @Test("An encoder is its dense layers with ReLU, and can stand before other steps")
  func encoder() throws {
    let encoder = DenseEncoder(layers: [
      .init(weights: [1, -1, 0, 2, 0, 1], biases: [0.5, -1]), .init(weights: [1, 1, -1, 3], biases: [0, 0.25]),
    ])
    // relu(1 - 2 + 0.5, 2 + 3 - 1) = (0, 4); relu(4, 12.25). Then relu(3 - 1 + 0.5, 6 + 1 - 1) = (2.5, 6); (8.5, 15.75).
    #expect(encoder.transforming([1, 2, 3, 3, 1, 1], sampleShape: [3, 1, 1]) == [4, 12.25, 8.5, 15.75])
    #expect(encoder.outputShape(for: [3, 1, 1]) == [2])
    let samples = try training([1, 2, 3, 3, 1, 1], shape: [3])
    let pipeline = try FeaturePipeline(
      [.scale(to: 0...1)], after: FeaturePipeline(steps: [.encoder(encoder)]), fitting: samples)
    #expect(pipeline.applied(to: samples).features == [0, 0, 1, 1])
    #expect(try JSONDecoder().decode(FeaturePipeline.self, from: JSONEncoder().encode(pipeline)) == pipeline)
  }
}
