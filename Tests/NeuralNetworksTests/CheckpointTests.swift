import Foundation
import NeuralNetworks
import Testing

@Suite struct CheckpointTests {
  static let settings = TrainingSettings(epochs: 2, batchSize: 16, seed: 9)

  func trainer(_ model: Sequential<Float>, _ optimizer: any Optimizer = Adam(), settings: TrainingSettings = Self.settings)
    -> Trainer<Sequential<Float>>
  {
    Trainer(model: model, optimizer: optimizer, loss: .crossEntropy(), settings: settings)
  }

  @Test("a checkpoint holds weights under their own names, and the text beside them")
  func contents() throws {
    let place = try Workplace()
    var trainer = try trainer(ringModel())
    try trainer.fit(rings(48, seed: 2), checkpointPath: place.path("a"), metadata: ["config": "text"])
    let file = try SafetensorsFile(contentsOf: place.path("a"))
    #expect(file.tensors["0.weight"]?.shape == [12, 2])
    #expect(file.tensors["1.runningMean"]?.type == .float32)
    #expect(file.tensors["optimizer/mean"]?.type == .float64)
    #expect(file.metadata["config"] == "text")
    #expect(file.metadata["epoch"] == "2")
    #expect(file.metadata["seed"] == "9")
    var fresh: Sequential<Float> = try ringModel(seed: 2)
    try fresh.loadTensors(from: place.path("a"))
    #expect(fresh.tensors == trainer.model.tensors)
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.folder.path) == ["a"])
  }

  @Test("weights alone go through a file, in either precision")
  func weights() throws {
    let place = try Workplace()
    let model: Sequential<Float> = try ringModel()
    try model.saveTensors(to: place.path("weights"))
    var double: Sequential<Double> = try ringModel(seed: 2)
    try double.loadTensors(from: place.path("weights"))
    #expect(double.tensors.mapValues { $0.converted(to: Float.self) } == model.tensors)
  }

  @Test("a checkpoint that does not fit is refused with what to do, and changes nothing")
  func misfits() throws {
    let place = try Workplace(), path = place.path("a")
    var original = try trainer(ringModel())
    try original.fit(rings(48, seed: 2), checkpointPath: path)
    func message(_ other: Trainer<Sequential<Float>>, _ path: String) -> String {
      var copy = other
      let error = #expect(throws: NetworkError.self) { try copy.restore(from: path) }
      #expect(copy.model.tensors == other.model.tensors)
      #expect(copy.history.isEmpty)
      return error?.description ?? ""
    }
    try #expect(
      message(trainer(ringModel(width: 5)), path)
        == "\(path): Optimizer state \"mean\" holds 242 numbers for 67 parameters. "
        + "Load it into a network built from the same description.")
    try #expect(
      message(trainer(ringModel(width: 5), SGD()), path)
        == "\(path): The run was trained with Adam, not SGD. Continue with the optimizer it began with.")
    var settings = Self.settings
    settings.batchSize = 8
    try #expect(
      message(trainer(ringModel(), settings: settings), path).hasPrefix("\(path): The run was trained with other settings: "))
    let deeper = try Sequential<Float>(inputShape: [2], layers: [.dense(12), .dense(2)], seed: 1)
    try deeper.saveTensors(to: place.path("weights"))
    try #expect(
      message(trainer(ringModel()), place.path("weights"))
        == "\(place.path("weights")): The file holds no training record. Load its weights with loadTensors(from:) instead.")
    try #expect(
      message(trainer(ringModel()), place.path("missing"))
        == "\(place.path("missing")): The file cannot be read: No such file or directory. Check the path.")
  }

  static let changes: [(saved: any Optimizer, other: any Optimizer, problem: String)] = [
    (Adam(), AdamW(), "Adam of weightDecay 0.0, not 0.01"),
    (Adam(learningRate: 0.1), Adam(learningRate: 0.2), "Adam of learningRate 0.1, not 0.2"),
    (SGD(), SGD(momentum: 0.9), "SGD of momentum 0.0, not 0.9"),
    (SGD(momentum: 0.9), SGD(momentum: 0.9, isNesterov: true), "SGD of isNesterov 0.0, not 1.0"),
    (SGD(momentum: 0.9, weightDecay: 0.5), SGD(), "SGD of momentum 0.9, not 0.0; weightDecay 0.5, not 0.0"),
    (SPSA(seed: 1), SPSA(seed: 2), "SPSA of seed 1.0, not 2.0"),
  ]

  @Test("a run goes on with the optimizer it began with, every number of it", arguments: changes.indices)
  func otherOptimizer(index: Int) throws {
    let place = try Workplace(), path = place.path("a")
    let (saved, other, problem) = Self.changes[index]
    try trainer(ringModel(), saved).save(to: path)
    var changed = try trainer(ringModel(), other)
    let error = #expect(throws: NetworkError.self) { try changed.restore(from: path) }
    #expect(error?.description == "\(path): The run was trained with \(problem). Continue with the optimizer it began with.")
    var same = try trainer(ringModel(), saved)
    try same.restore(from: path)
  }

  @Test("a run goes on with the loss it began with")
  func otherLoss() throws {
    let place = try Workplace(), path = place.path("a")
    func trainer(_ smoothing: Double) throws -> Trainer<Sequential<Float>> {
      try Trainer(model: ringModel(), optimizer: Adam(), loss: .crossEntropy(labelSmoothing: smoothing))
    }
    try trainer(0.05).save(to: path)
    var (other, same) = try (trainer(0), trainer(0.05))
    let error = #expect(throws: NetworkError.self) { try other.restore(from: path) }
    #expect(
      error?.description
        == "\(path): The run was trained with the loss cross-entropy of labels smoothed by 0.05, not cross-entropy. "
        + "Continue with the loss it began with.")
    try same.restore(from: path)
  }

  /// Made by Python as the first versions wrote it, without the numbers of the optimizer and the loss.
  @Test("checkpoints of earlier versions go on")
  func earlierVersions() throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "References/earlier.safetensors").path
    let model = try Sequential<Float>(inputShape: [1], layers: [.dense(2)], seed: 3)
    var trainer = Trainer(
      model: model, optimizer: SGD(momentum: 0.9), loss: .crossEntropy(labelSmoothing: 0.1),
      settings: TrainingSettings(epochs: 2, batchSize: 2, seed: 7))
    try trainer.restore(from: path)
    #expect(trainer.model.tensors["0.weight"]?.scalars == [0.25, -0.5] && trainer.model.tensors["0.bias"]?.scalars == [1, 2])
    #expect(trainer.optimizer.state == ["velocity": [0.5, 0.125, -1, 0]] && trainer.history.count == 1)
    // The hash of the samples is Python's too.
    try trainer.fit(Samples(inputs: Tensor(shape: [3, 1], scalars: [0.5, -1, 2]), targets: .labels([0, 1, 1])))
    #expect(trainer.history.count == 2)
  }

  @Test("names and shapes that differ are named")
  func tensors() throws {
    var model = Sequential<Float>([Scale<Float>()])
    for (tensors, message) in [
      ([:], "Tensor \"0.factor\" is missing"),
      (["0.factor": Tensor(shape: [2])], "Tensor \"0.factor\": expected shape [1], found [2]"),
      (["0.factor": Tensor(shape: [1]), "1.bias": Tensor(shape: [1])], "Tensor \"1.bias\" has no place in the network"),
    ] as [([String: Tensor<Float>], String)] {
      let error = #expect(throws: NetworkError.self) { try model.loadTensors(tensors) }
      #expect(error?.description == message + ". Load it into a network built from the same description.")
    }
  }

  @Test("a damaged or cut checkpoint is refused")
  func damage() throws {
    let place = try Workplace(), path = place.path("a")
    try trainer(ringModel()).save(to: path)
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    try bytes.dropLast(10).write(to: URL(fileURLWithPath: path))
    var restored = try trainer(ringModel())
    let cut = #expect(throws: NetworkError.self) { try restored.restore(from: path) }
    #expect(cut?.description.contains("the file is truncated. Use an earlier checkpoint or train again.") == true)
    bytes[bytes.count - 20] ^= 1
    try bytes.write(to: URL(fileURLWithPath: path))
    let flipped = #expect(throws: NetworkError.self) { try restored.restore(from: path) }
    #expect(
      flipped?.description
        == "\(path): The contents do not match the checksum; the file is damaged. Use an earlier checkpoint or train again.")
  }

  @Test("a disk that fills up leaves the old checkpoint and says so")
  func fullDisk() async {
    await #expect(processExitsWith: .success) {
      let place = try Workplace(), path = place.path("a")
      let model = try Sequential<Float>(inputShape: [2], layers: [.dense(3)], seed: 1)
      try model.saveTensors(to: path)
      // A limit on the size of files acts like a full disk: the write stops in the middle.
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 4096, rlim_max: 4096)
      precondition(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
      do {
        try Sequential<Float>(inputShape: [100], layers: [.dense(100)], seed: 1).saveTensors(to: path)
        fatalError("the write succeeded")
      } catch let error as NetworkError {
        precondition(error.description.hasPrefix("\(path): The file cannot be written: File too large. "), error.description)
      }
      var restored = try Sequential<Float>(inputShape: [2], layers: [.dense(3)], seed: 2)
      try restored.loadTensors(from: path)
      precondition(restored.tensors == model.tensors)
      let files = try FileManager.default.contentsOfDirectory(atPath: place.folder.path)
      precondition(files == ["a"])
    }
  }
}
