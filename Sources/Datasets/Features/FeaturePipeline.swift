/// Transforms applied one after the other, each fitted on the training samples as its predecessors leave them.
///
/// A pipeline is a value that can be saved with a model, so that new samples are treated as the training samples were.
public struct FeaturePipeline: FeatureTransform, Hashable, Codable {
  /// The fitted transforms, first to last.
  public let steps: [Step]

  /// A transform that is ready to apply.
  public enum Step: Sendable, Hashable, Codable {
    case resizing(ImageResizing)
    case standardizer(Standardizer)
    case minMaxScaler(MinMaxScaler)
    case principalComponents(PrincipalComponents)
    case encoder(DenseEncoder)

    var transform: any FeatureTransform {
      switch self {
      case .resizing(let transform): transform
      case .standardizer(let transform): transform
      case .minMaxScaler(let transform): transform
      case .principalComponents(let transform): transform
      case .encoder(let transform): transform
      }
    }
  }

  /// A transform that is yet to be fitted.
  public enum Recipe: Sendable, Hashable, Codable {
    case resize(height: Int, width: Int)
    case standardize
    case scale(to: ClosedRange<Float>)
    case principalComponents(Int)

    func fitted(on training: TrainingSet) throws(DatasetError) -> Step {
      switch self {
      case .resize(let height, let width): .resizing(ImageResizing(height: height, width: width))
      case .standardize: .standardizer(Standardizer(fitting: training))
      case .scale(let range): .minMaxScaler(MinMaxScaler(fitting: training, to: range))
      case .principalComponents(let count): .principalComponents(try PrincipalComponents(fitting: training, count: count))
      }
    }
  }

  /// Steps that are ready, first to last.
  public init(steps: [Step] = []) { self.steps = steps }

  /// - Parameters:
  ///   - pipeline: what comes before, fitted already.
  ///   - training: the samples as they are before all steps.
  /// - Throws: `DatasetError` where a recipe does not suit the samples.
  public init(
    _ recipes: [Recipe], after pipeline: FeaturePipeline = FeaturePipeline(), fitting training: TrainingSet
  ) throws(DatasetError) {
    var steps = pipeline.steps
    var samples = pipeline.applied(to: training)
    for recipe in recipes {
      let step = try recipe.fitted(on: samples)
      steps.append(step)
      samples = step.transform.applied(to: samples)
    }
    self.steps = steps
  }

  public func outputShape(for sampleShape: [Int]) -> [Int] {
    steps.reduce(sampleShape) { shape, step in step.transform.outputShape(for: shape) }
  }

  public func transforming(_ features: [Float], sampleShape: [Int]) -> [Float] {
    steps.reduce((features, sampleShape)) { current, step in
      (step.transform.transforming(current.0, sampleShape: current.1), step.transform.outputShape(for: current.1))
    }.0
  }
}
