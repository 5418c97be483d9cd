import Execution

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension SafetensorsFile {
  /// Reads a file.
  ///
  /// - Throws: `NetworkError.unreadable`, or `.checkpoint` where it is damaged.
  public init(contentsOf path: String) throws(NetworkError) {
    let bytes: [UInt8]
    do {
      bytes = try WholeFile.read(path)
    } catch {
      throw .unreadable(error)
    }
    do {
      try self.init(decoding: bytes)
    } catch {
      throw .checkpoint(path: path, problem: error.description, remedy: "Use an earlier checkpoint or train again")
    }
  }

  /// Writes a file whole or not at all.
  public func write(to path: String) throws(NetworkError) {
    do {
      try WholeFile.write(encoded(), to: path)
    } catch {
      throw .unwritable(error)
    }
  }

  /// The tensors below a prefix, which is taken off their names.
  func tensors<Scalar: TensorScalar>(under prefix: String) -> [String: Tensor<Scalar>] {
    var result: [String: Tensor<Scalar>] = [:]
    for (name, entry) in tensors where name.hasPrefix(prefix) {
      result[String(name.dropFirst(prefix.count))] = entry.tensor()
    }
    return result
  }
}

extension Layer {
  /// Writes all weights and buffers under their own names, such as `"0.weight"`.
  public func saveTensors(to path: String, metadata: [String: String] = [:]) throws(NetworkError) {
    try SafetensorsFile(tensors: tensors.mapValues { .init($0) }, metadata: metadata).write(to: path)
  }

  /// Takes over weights and buffers from a file of `saveTensors`, from a training checkpoint or from Python.
  ///
  /// - Throws: `NetworkError.checkpoint`; the layer is unchanged then.
  public mutating func loadTensors(from path: String) throws(NetworkError) {
    try loadTensors(of: SafetensorsFile(contentsOf: path), path: path)
  }

  /// Takes over the tensors of the model to use when a run is over, see `Trainer.bestModel`, from the run's checkpoint.
  ///
  /// - Returns: the text beside them, such as the number of epochs behind them under `epoch`.
  /// - Throws: `NetworkError.checkpoint`; the layer is unchanged then.
  @discardableResult
  public mutating func loadBestTensors(from path: String) throws(NetworkError) -> [String: String] {
    let file = try SafetensorsFile(contentsOf: path)
    let prefix = [CheckpointPrefix.best, CheckpointPrefix.average].first { prefix in
      file.tensors.keys.contains { $0.hasPrefix(prefix) }
    }
    try loadTensors(of: file, under: prefix ?? "", path: path)
    return file.metadata
  }

  mutating func loadTensors(of file: SafetensorsFile, under prefix: String = "", path: String) throws(NetworkError) {
    do {
      // Optimizer state and best weights stand under names with a slash, which layers do not use.
      try loadTensors(file.tensors(under: prefix).filter { !$0.key.contains("/") })
    } catch .data(let problem, let remedy) {
      throw .checkpoint(path: path, problem: problem, remedy: remedy)
    } catch {
      throw error
    }
  }
}

/// What stands before the names of tensors that are not the last step's; layers use no slash.
private enum CheckpointPrefix {
  static let optimizer = "optimizer/"
  static let best = "best/"
  static let average = "average/"
}

/// The part of a training checkpoint that is text.
private struct TrainingRecord: Codable {
  static let key = "hilbert.training"

  let optimizer: String
  /// nil in files of versions that did not write them, as the loss is.
  let hyperparameters: [String: Double]?
  let loss: String?
  let settings: TrainingSettings
  let history: [EpochMetrics]
  let fingerprint: UInt64?
}

extension Trainer {
  /// Writes everything that is needed to go on: weights, buffers, optimizer state, best and average weights, history, settings.
  ///
  /// Weights and buffers stand under their own names; `optimizer/...`, `best/...` and `average/...` hold the rest. The metadata has
  /// the epoch, the seed, the record of the run as JSON, and what the caller adds.
  public func save(to path: String, metadata: [String: String] = [:]) throws(NetworkError) {
    var file = SafetensorsFile(tensors: model.tensors.mapValues { .init($0) }, metadata: metadata)
    for (name, numbers) in optimizer.state {
      file.tensors[CheckpointPrefix.optimizer + name] = .init(Tensor<Double>(shape: [numbers.count], scalars: numbers))
    }
    for (name, tensor) in best?.tensors ?? [:] { file.tensors[CheckpointPrefix.best + name] = .init(tensor) }
    for (name, tensor) in average?.model.tensors ?? [:] { file.tensors[CheckpointPrefix.average + name] = .init(tensor) }
    let record = TrainingRecord(
      optimizer: "\(type(of: optimizer))", hyperparameters: optimizer.hyperparameters, loss: loss.name, settings: settings,
      history: history, fingerprint: fingerprint)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    guard let text = try? encoder.encode(record) else {
      preconditionFailure("Trainer.save: the history, the settings or the optimizer hold a number that is not finite")
    }
    file.metadata[TrainingRecord.key] = String(decoding: text, as: UTF8.self)
    file.metadata["epoch"] = "\(history.count)"
    file.metadata["seed"] = "\(settings.seed)"
    try file.write(to: path)
  }

  /// Goes back to a saved state; `fit` then continues as if the run had not been broken.
  ///
  /// - Throws: `NetworkError.checkpoint` where the file cannot be read, is damaged, or belongs to another network, optimizer,
  ///   loss or settings (the number of epochs may differ); the trainer is unchanged then.
  public mutating func restore(from path: String) throws(NetworkError) {
    let file = try SafetensorsFile(contentsOf: path)
    guard let text = file.metadata[TrainingRecord.key],
      let record = try? JSONDecoder().decode(TrainingRecord.self, from: Data(text.utf8))
    else {
      throw .checkpoint(
        path: path, problem: "The file holds no training record", remedy: "Load its weights with loadTensors(from:) instead")
    }
    var comparable = record.settings
    comparable.epochs = settings.epochs
    guard comparable == settings else {
      throw .checkpoint(
        path: path, problem: "The run was trained with other settings: \(record.settings)",
        remedy: "Continue with the settings it began with; only the number of epochs may change")
    }
    if let saved = record.loss, saved != loss.name {
      throw .checkpoint(
        path: path, problem: "The run was trained with the loss \(saved), not \(loss.name)",
        remedy: "Continue with the loss it began with")
    }
    var restored = self
    restored.optimizer.state = try record.optimizerState(in: file, for: self, path: path)
    try restored.model.loadTensors(of: file, path: path)
    if file.tensors.keys.contains(where: { $0.hasPrefix(CheckpointPrefix.best) }) {
      var best = restored.model
      try best.loadTensors(of: file, under: CheckpointPrefix.best, path: path)
      restored.best = best
    }
    if let memory = settings.averaging {
      var model = restored.model
      try model.loadTensors(of: file, under: CheckpointPrefix.average, path: path)
      restored.average = WeightAverage(of: model, memory: memory)
    }
    restored.history = record.history
    restored.fingerprint = record.fingerprint
    self = restored
  }
}

extension TrainingRecord {
  /// The saved optimizer state, if it belongs to the trainer's optimizer and network.
  func optimizerState<Model: Layer>(
    in file: SafetensorsFile, for trainer: Trainer<Model>, path: String
  ) throws(NetworkError) -> [String: [Double]] {
    let state = file.tensors(under: CheckpointPrefix.optimizer).mapValues { (tensor: Tensor<Double>) in tensor.scalars }
    guard optimizer == "\(type(of: trainer.optimizer))", Set(state.keys) == Set(trainer.optimizer.state.keys) else {
      throw .checkpoint(
        path: path, problem: "The run was trained with \(optimizer), not \(type(of: trainer.optimizer))",
        remedy: "Continue with the optimizer it began with")
    }
    let changes = trainer.optimizer.hyperparameters.sorted { $0.key < $1.key }.compactMap { name, value in
      hyperparameters?[name].flatMap { $0 == value ? nil : "\(name) \($0), not \(value)" }
    }
    guard changes.isEmpty else {
      throw .checkpoint(
        path: path, problem: "The run was trained with \(optimizer) of \(changes.joined(separator: "; "))",
        remedy: "Continue with the optimizer it began with")
    }
    let parameters = trainer.model.parameterCount
    for (name, numbers) in state.sorted(by: { $0.key < $1.key })
    where numbers.count > 1 && (parameters == 0 || numbers.count % parameters != 0) {
      throw .checkpoint(
        path: path, problem: "Optimizer state \"\(name)\" holds \(numbers.count) numbers for \(parameters) parameters",
        remedy: "Load it into a network built from the same description")
    }
    return state
  }
}
