import Datasets
import Execution
import Hilbert
import LinearAlgebra
import QuantumCircuits
import QuantumLearning
import QuantumStates
import Reports

/// What `hilbert kernel` does, from points or a configuration to a result.
struct KernelTask {
  let shared: SharedOptions
  let precision: Precision
  /// Where the Gram matrix goes; nil keeps it in the result.
  let export: String?
  let budget: MemoryBudget

  /// The Gram matrix of points, and with labels a machine on it.
  func run(_ file: PointsFile, _ description: KernelDescription, seed: UInt64) throws -> KernelResult {
    let points = file.points
    let kernel = try description.kernel(features: points.columns, seed: seed, precision: precision, loop: shared.loop)
    let sampleBytes = try sampleBytes(description, features: points.columns)
    // The matrix, the copy on its way to a file, and the states.
    let needed = 3 * 8 * points.rows * points.rows + points.rows * sampleBytes
    guard UInt64(needed) <= budget.bytes else {
      if file.labels != nil { shared.note("the matrix goes to the file tile by tile: no machine is trained on it") }
      return try stream(kernel, points, sampleBytes: sampleBytes, name: description.kind.rawValue)
    }
    let gram = try kernel.gramMatrix(points)
    var result = KernelResult(samples: points.rows, features: points.columns, kernel: description.kind.rawValue)
    result.keep(gram, exportedTo: try write(gram, points, file.labels))
    if let labels = file.labels {
      let classes = Set(labels).count
      guard classes < 20 || 2 * classes <= labels.count else {
        throw Failure(
          .badInput,
          "the label column has \(classes) classes for \(labels.count) samples; name one of classes with --label, not of numbers")
      }
      let machine = try SupportVectorClassifier(gram: gram, labels: labels)
      result.note(machine, regularization: 1)
      result.trainAccuracy = try machine.accuracy(gram, labels: labels)
    }
    return result
  }

  /// Trains and judges the machine of a configuration.
  func run(_ configuration: KernelConfiguration) throws -> KernelResult {
    let data = try PreparedData(
      configuration.data, seed: configuration.seed, isScaled: configuration.isStandardized,
      encoders: shared.encoders(seed: configuration.seed))
    let (training, test) = (data.training.matrix, data.test.matrix)
    let kernels = try configuration.bandwidths.map { bandwidth in
      var description = configuration.kernel
      description.mapSettings.bandwidth = bandwidth
      return try description.kernel(
        features: training.columns, seed: configuration.seed, precision: precision, loop: shared.loop)
    }
    // The matrix of every bandwidth, the one of the test samples, and the states.
    let (rows, tests) = (training.rows, test.rows)
    let needed =
      8 * rows * (rows * kernels.count + tests) + (rows + tests)
      * (try sampleBytes(configuration.kernel, features: training.columns))
    guard UInt64(needed) <= budget.bytes else {
      throw Failure(
        .badInput,
        "the Gram matrices of \(rows) samples and \(kernels.count) bandwidths take \((needed >> 20) + 1) MiB, allowed are \(budget.bytes >> 20); "
          + "raise --memory, or take fewer samples or bandwidths")
    }
    var bar = ProgressBar("kernel", total: kernels.count + 2, unit: "parts", isQuiet: shared.quiet)
    var grams: [RealMatrix] = []
    for kernel in kernels {
      let gram = try kernel.gramMatrix(training)
      grams.append(try configuration.repair.map { repair throws(KernelMachineError) in try gram.repaired(by: repair) } ?? gram)
      bar.update(grams.count)
    }
    var result = KernelResult(samples: training.rows, features: training.columns, kernel: configuration.kernel.kind.rawValue)
    let labels = data.training.labels
    var (place, regularization) = (0, configuration.regularizations[0])
    if grams.count * configuration.regularizations.count > 1 {
      let smallest = Dictionary(grouping: labels, by: { $0 }).values.map(\.count).min() ?? 0
      guard smallest >= 2, labels.count >= configuration.folds else {
        throw Failure(
          .badInput,
          "\(labels.count) training samples are too few to choose by \(configuration.folds) folds; give one bandwidth and one "
            + "regularization, or more samples")
      }
      let choice = try CrossValidation(labels: labels, folds: configuration.folds, seed: configuration.seed)
        .best(grams: grams, labels: labels, regularizations: configuration.regularizations)
      (place, regularization, result.validationAccuracy) = (choice.kernel, choice.regularization, choice.accuracy)
    }
    bar.update(kernels.count + 1)
    let gram = grams[place]
    let machine = try SupportVectorClassifier(gram: gram, labels: labels, regularization: regularization)
    result.bandwidth = configuration.bandwidths[place]
    result.note(machine, regularization: regularization)
    result.trainAccuracy = try machine.accuracy(gram, labels: labels)
    result.testAccuracy = try machine.accuracy(kernels[place].matrix(test, against: training), labels: data.test.labels)
    result.testSamples = test.rows
    bar.update(kernels.count + 2, metric: "test accuracy \((result.testAccuracy ?? 0).fixed(3))")
    result.keep(gram, exportedTo: try write(gram, training, labels))
    return result
  }

  /// Bytes of a sample's state, of which two must fit for any entry of the matrix.
  private func sampleBytes(_ description: KernelDescription, features: Int) throws(Failure) -> Int {
    let bytes = description.sampleBytes(features: features)
    guard UInt64(bytes) <= budget.bytes / 2 else {
      throw Failure(
        .badInput,
        "\(features) features make \(description.circuit(features: features).qubitCount) qubits, and one state takes \(bytes >> 20) MiB of the \(budget.bytes >> 20) allowed; "
          + "take fewer columns (data.pca in a configuration), or raise --memory")
    }
    return bytes
  }

  /// Computes a matrix that does not fit in the budget tile by tile into a file.
  private func stream(_ kernel: any Kernel, _ points: RealMatrix, sampleBytes: Int, name: String) throws -> KernelResult {
    guard let export, export.hasSuffix(".npy") else {
      throw Failure(
        .badInput,
        "a Gram matrix of \(points.rows) samples does not fit into \(budget.bytes >> 20) MiB; give --export FILE.npy, which is written tile "
          + "by tile, or raise --memory")
    }
    let stream = KernelStream(kernel, features: points, budget: budget, sampleBytes: sampleBytes)
    // A tile's time is short, and the unfinished file is removed.
    Interruption.listen()
    var file = try NPYMatrixFile(creating: export, rows: points.rows, columns: points.rows)
    var bar = ProgressBar("Gram matrix", total: stream.tileCount, unit: "tiles", isQuiet: shared.quiet)
    var done = 0
    try stream.forEachTile { tile in
      try file.write(tile.values.elements, rows: tile.rows, columns: tile.columns)
      if !tile.isDiagonal { try file.write(tile.values.transpose.elements, rows: tile.columns, columns: tile.rows) }
      done += 1
      bar.update(done, metric: "\(stream.side) samples a side")
      guard !Interruption.isRequested else {
        bar.interrupt()
        throw Failure(.interrupted, "interrupted; the unfinished matrix is not kept, the same command begins again")
      }
    }
    try file.finish()
    var result = KernelResult(samples: points.rows, features: points.columns, kernel: name)
    result.gram = .path(export)
    result.peakMegabytes = Machine.peakMegabytes
    return result
  }

  /// - Returns: where the matrix went; nil where it stays in the result.
  private func write(_ gram: RealMatrix, _ points: RealMatrix, _ labels: [Int]?) throws -> String? {
    guard let export else { return nil }
    if export.hasSuffix(".npz") {
      var arrays = [
        (name: "gram", shape: [gram.rows, gram.columns], values: gram.elements),
        (name: "points", shape: [points.rows, points.columns], values: points.elements),
      ]
      if let labels { arrays.append((name: "labels", shape: [labels.count], values: labels.map(Double.init))) }
      try NPZ.write(arrays, to: export)
    } else if export.hasSuffix(".npy") {
      var file = try NPYMatrixFile(creating: export, rows: gram.rows, columns: gram.columns)
      try file.write(gram.elements, rows: 0..<gram.rows, columns: 0..<gram.columns)
      try file.finish()
    } else {
      let lines = (0..<gram.rows).map { row in gram.row(row).map(\.description).joined(separator: ",") + "\n" }
      try OutputFile.replace(export, with: lines.joined())
    }
    return export
  }
}
