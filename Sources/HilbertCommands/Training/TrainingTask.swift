import Execution
import NeuralNetworks
import QuantumStates
import Reports

/// What `train` and `resume` have in common: from a configuration to a finished run folder.
struct TrainingTask {
  /// The command's name, for its result.
  private let command: String
  private let shared: SharedOptions
  private let stopwatch = Stopwatch()

  init(_ command: String, shared: SharedOptions) { (self.command, self.shared) = (command, shared) }

  /// Starts a new run.
  ///
  /// - Parameter makeFolder: called when configuration and data are known to fit, so that a mistake leaves no folder behind.
  func start(_ configuration: TrainingConfiguration, makeFolder: () throws -> RunFolder) throws {
    var configuration = configuration
    // The control of a classical model would be the model itself.
    if !configuration.model.hasCircuits { configuration.control = nil }
    switch configuration.training.precision {
    case .float: try start(Float.self, configuration, makeFolder)
    case .double: try start(Double.self, configuration, makeFolder)
    }
  }

  /// Goes on with an interrupted run.
  func resume(_ contents: RunContents) throws {
    switch contents.configuration.training.precision {
    case .float: try resume(Float.self, contents)
    case .double: try resume(Double.self, contents)
    }
  }

  private func start<Scalar: TensorScalar>(
    _: Scalar.Type, _ configuration: TrainingConfiguration, _ makeFolder: () throws -> RunFolder
  ) throws {
    let data = try PreparedData(configuration.data, seed: configuration.seed)
    let run = try TrainingRun<Scalar>(configuration, data: data, loop: shared.loop)
    let manifest = RunManifest(
      seed: configuration.seed, threads: shared.loop.threads, simdLevel: SIMDLevel.current.rawValue,
      precision: configuration.training.precision.rawValue, sourceShape: data.sourceShape, sampleShape: data.sampleShape,
      featureNames: data.featureNames, classNames: data.classNames,
      parameterCount: run.model.model.parameterCount, controlParameterCount: run.control?.model.parameterCount,
      trainingSamples: data.training.count, testSamples: data.test.count, dataOrigin: data.training.origin?.source,
      dataLicence: data.training.origin?.licence)
    let contents = try RunContents(
      creating: makeFolder(), configuration: configuration, manifest: manifest, pipeline: data.pipeline)
    try finish(run, contents, data)
  }

  private func resume<Scalar: TensorScalar>(_: Scalar.Type, _ contents: RunContents) throws {
    let data = try PreparedData(contents.configuration.data, seed: contents.configuration.seed)
    var run = try TrainingRun<Scalar>(contents.configuration, data: data, loop: shared.loop)
    try run.restore(from: contents.folder)
    let level = SIMDLevel.current.rawValue
    if level != contents.manifest.simdLevel {
      shared.note(
        "the run began at SIMD level \(contents.manifest.simdLevel) and goes on at \(level): numbers agree to rounding, not to the bit"
      )
    }
    try finish(run, contents, data)
  }

  private func finish<Scalar: TensorScalar>(
    _ run: TrainingRun<Scalar>, _ contents: RunContents, _ data: PreparedData
  ) throws {
    let gnuplot = shared.gnuplotOrNote()
    shared.note(
      "\(contents.manifest.parameterCount) parameters\(contents.manifest.controlParameterCount.map { ", control \($0)" } ?? ""); "
        + "\(contents.manifest.trainingSamples) training and \(contents.manifest.testSamples) test samples; run folder \(contents.folder.path)"
    )
    if !contents.configuration.model.hasCircuits { shared.note("no control: the model has no circuit to be replaced") }
    var run = run
    let metrics = try run.train(in: contents.folder, isQuiet: shared.quiet)
    // What is judged is what lies in the folder.
    let model = try TrainedModel(contents)
    try model.writeCircuit()
    let control = try contents.configuration.control.map { _ in try TrainedModel(contents, part: .control) }
    let report = RunReport(
      folder: contents.folder, configuration: contents.configuration, manifest: contents.manifest, metrics: metrics,
      model: try model.judge(data.sourceTest, loop: shared.loop),
      control: try control?.judge(data.sourceTest, loop: shared.loop),
      samples: gnuplot == nil ? [] : try model.drawings(of: data.sourceTest, loop: shared.loop))
    try report.write(gnuplot: gnuplot)
    let result = TrainingResult(of: command, trainLoss: metrics.series(MetricsColumn.trainLoss).last ?? .nan, report: report)
    try result.write(
      as: shared.format,
      shared.conditions(
        seed: contents.configuration.seed, precision: contents.configuration.training.precision, stopwatch: stopwatch))
  }
}
