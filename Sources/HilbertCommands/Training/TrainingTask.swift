import Datasets
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
    let lacksControl = configuration.control != nil && !configuration.model.hasCircuits
    if lacksControl { configuration.control = nil }
    switch configuration.training.precision {
    case .float: try start(Float.self, configuration, lacksControl: lacksControl, makeFolder)
    case .double: try start(Double.self, configuration, lacksControl: lacksControl, makeFolder)
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
    _: Scalar.Type, _ configuration: TrainingConfiguration, lacksControl: Bool, _ makeFolder: () throws -> RunFolder
  ) throws {
    let data = try PreparedData(configuration.data, seed: configuration.seed, encoders: shared.encoders(seed: configuration.seed))
    shared.noteRange(of: data.sourceTraining)
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
    try finish(run, contents, data, lacksControl: lacksControl)
  }

  private func resume<Scalar: TensorScalar>(_: Scalar.Type, _ contents: RunContents) throws {
    let seed = contents.configuration.seed
    let data = try PreparedData(contents.configuration.data, seed: seed) { section, training, test in
      // The run's own, which the same samples would give again; another only where the configuration was changed.
      try contents.pipeline.encoder(from: training.sampleSize, to: section.latents)
        ?? shared.encoders(seed: seed)(section, training, test)
    }
    var run = try TrainingRun<Scalar>(contents.configuration, data: data, loop: shared.loop)
    do {
      // Whoever removed the checkpoints wants to start over.
      try WholeFile.makeFolder(contents.folder.file(RunContents.checkpoints))
    } catch {
      throw ReportError.cannotWrite(error)
    }
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
    _ run: TrainingRun<Scalar>, _ contents: RunContents, _ data: PreparedData, lacksControl: Bool = false
  ) throws {
    let gnuplot = shared.gnuplotOrNote()
    shared.note(
      "\(contents.manifest.parameterCount) parameters\(contents.manifest.controlParameterCount.map { ", control \($0)" } ?? ""); "
        + "\(contents.manifest.trainingSamples) training and \(contents.manifest.testSamples) test samples; run folder \(contents.folder.path)"
    )
    if lacksControl { shared.note("no control: the model has no circuit to be replaced") }
    var run = run
    let metrics = try run.train(in: contents.folder, isQuiet: shared.quiet)
    shared.note("judging \(data.test.count) test samples\(gnuplot == nil ? "" : " and drawing figures")")
    // What is judged is what lies in the folder.
    let model = try TrainedModel(contents)
    try model.writeCircuit()
    let control = try contents.configuration.control.map { _ in try TrainedModel(contents, part: .control) }
    let report = RunReport(
      folder: contents.folder, configuration: contents.configuration, manifest: contents.manifest, metrics: metrics,
      model: try model.judge(data.sourceTest, loop: shared.loop),
      control: try control?.judge(data.sourceTest, loop: shared.loop),
      baselines: SimpleBaselines(training: data.sourceTraining, test: data.sourceTest),
      samples: gnuplot == nil ? [] : try model.drawings(of: data.sourceTest, loop: shared.loop),
      layers: try model.quantumLayers(on: data.sourceTest, loop: shared.loop))
    try Interruption.whileListening { try report.write(gnuplot: gnuplot) }
    let result = TrainingResult(of: command, trainLoss: metrics.series(MetricsColumn.trainLoss).last ?? .nan, report: report)
    try result.write(
      as: shared.format,
      shared.conditions(
        seed: contents.configuration.seed, precision: contents.configuration.training.precision, stopwatch: stopwatch))
  }
}
