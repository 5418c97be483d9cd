import Foundation
import Testing

/// From data to judged model through the command line.
@Suite struct TrainingTests {
  @Test func trainEvaluatePredict() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      data: {source: iris}
      model:
        layers: [{dense: 4}, {quantum: {qubits: 4, layers: 2}}, {dense: 3}]
      training: {epochs: 10, batch: 16, learningRate: 0.05, precision: double}

      """, to: "iris.yaml")
    let trained = try HilbertProcess("train", "iris.yaml", "--format", "json", "--seed", "3", in: folder)
    #expect(trained.status == 0, "\(trained.error)")
    let training = try trained.json()
    #expect(training["schema"] as? String == "hilbert.train/1")
    #expect(
      Set(training.keys) == [
        "schema", "version", "seed", "threads", "simdLevel", "precision", "wallSeconds", "trainLoss", "testLoss", "testAccuracy",
        "controlTestLoss", "controlTestAccuracy", "nearestCentroidAccuracy", "largestClassAccuracy", "parameterCount",
        "controlParameterCount", "epochs", "runFolder",
      ])
    #expect(training["seed"] as? Int == 3)
    #expect(training["precision"] as? String == "double")
    #expect(training["runFolder"] as? String == "runs/iris-001")
    let accuracy = try #require(training["testAccuracy"] as? Double)
    #expect(accuracy >= 0.8)
    // 4 x 4 + 4, 2 x 4 x 3 angles, 4 x 3 + 3; the control's dense pair has 24 weights too.
    #expect(training["parameterCount"] as? Int == 59)
    #expect(training["controlParameterCount"] as? Int == 59)

    let evaluation = try HilbertProcess("evaluate", "runs/iris-001", "--format", "json", in: folder).json()
    #expect(evaluation["schema"] as? String == "hilbert.evaluate/1")
    #expect(evaluation["accuracy"] as? Double == accuracy)
    #expect(evaluation["loss"] as? Double == training["testLoss"] as? Double)
    let confusion = try #require(evaluation["confusion"] as? [[Int]])
    #expect(confusion.map { $0.reduce(0, +) } == [10, 10, 10])
    let control = try HilbertProcess("evaluate", "runs/iris-001", "--control", "--format", "json", in: folder).json()
    #expect(control["accuracy"] as? Double == training["controlTestAccuracy"] as? Double)

    let prediction = try HilbertProcess("predict", "runs/iris-001", "--data", "iris", "--format", "json", in: folder).json()
    #expect(prediction["schema"] as? String == "hilbert.predict/1")
    let predictions = try #require(prediction["predictions"] as? [[String: Any]])
    #expect(predictions.count == 150)
    #expect(predictions.map { $0["row"] as? Int } == Array(0..<150))
    #expect(predictions[0]["label"] as? String == "setosa")
    #expect(predictions.allSatisfy { abs(($0["scores"] as? [Double] ?? []).reduce(0, +) - 1) < 1e-9 })
  }

  @Test func runFolderHoldsEverything() throws {
    let folder = try TemporaryFolder.withSmallRun()
    let process = try HilbertProcess("train", "small.yaml", "--output", "run", "--epochs", "2", in: folder)
    #expect(process.status == 0)
    #expect(process.output.contains("run folder: run\n"))
    #expect(process.error.contains("3680 parameters, control 3680; 200 training and 500 test samples; run folder run\n"))
    #expect(process.error.contains("training 100%"))
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path("run")).filter { $0.contains(".") }
    #expect(
      Set(files)
        == Set(
          SmallRun.files + ["manifest.json", "report.html"]
            + ["loss", "accuracy", "confusion", "confusion-control", "samples", "features-1", "spectrum-1"].flatMap { name in
              ["svg", "png", "gnuplot"].map { "figures/\(name).\($0)" }
            }))
    let page = String(decoding: try folder.data("run/report.html"), as: UTF8.self)
    #expect(page.contains("classical control"))
    #expect(page.contains("effective dimension") && page.contains("of a circuit's 18 angles, 200 samples"))
    #expect(!page.contains("src=\"http"))
  }

  /// Every option stands in the stored configuration in place of the preset's value; the other keys stay.
  @Test func optionsOverruleThePreset() throws {
    let folder = try TemporaryFolder()
    let process = try HilbertProcess(
      arguments: [
        "train", "--preset", "hybrid-fashion", "--limit", "100", "--epochs", "1", "--batch", "50", "--learning-rate", "0.01",
        "--seed",
        "7", "--precision", "double", "--no-control", "--output", "run", "--quiet",
      ], in: folder)
    #expect(process.status == 0)
    #expect(process.error == "")
    #expect(
      String(decoding: try folder.data("run/config.yaml"), as: UTF8.self) == """
        data:
          source: "fashion-mnist-2.5k"
          limit: 100
        model:
          layers:
            - conv2d: {filters: 8, kernel: 5, stride: 1, padding: 2}
            - batchNorm
            - relu
            - maxPool2d: {window: 2}
            - conv2d: {filters: 16, kernel: 3, stride: 1, padding: 1}
            - batchNorm
            - relu
            - maxPool2d: {window: 2}
            - flatten
            - dense: {outputs: 20}
            - quantum: {qubits: 5, circuits: 4, features: 0, layers: 3, encoding: angle-x, ansatz: strongly-entangling, observable: Y, shots: 0}
            - dense: {outputs: classes}
        training:
          epochs: 1
          batch: 50
          optimizer: adam
          learningRate: 0.01
          schedule: oneCycle
          precision: double
        control: false
        seed: 7

        """)
  }

  /// Another table with labels of the same classes, in another order.
  @Test func evaluatesOtherSamples() throws {
    let folder = try TemporaryFolder()
    try folder.write("x,label\n0,low\n1,high\n0.1,low\n0.9,high\n0.2,low\n0.8,high\n0.1,low\n0.7,high\n", to: "points.csv")
    try folder.write("x,label\n0.95,high\n0.05,low\n0.9,low\n", to: "other.csv")
    try folder.write(
      "data: {source: points.csv, test: 0.25}\nmodel: {layers: [{dense: 2}]}\ntraining: {epochs: 60, batch: 4, learningRate: 0.2}\n",
      to: "points.yaml")
    #expect(try HilbertProcess("train", "points.yaml", "--output", "run", "--quiet", in: folder).status == 0)
    let object = try HilbertProcess("evaluate", "run", "--data", "other.csv", "--format", "json", in: folder).json()
    #expect(object["classNames"] as? [String] == ["high", "low"])
    #expect(object["confusion"] as? [[Int]] == [[1, 0], [1, 1]])
    #expect(object["sampleCount"] as? Int == 3)
  }

  /// Columns are known by their names, wherever they stand; a table with others is refused.
  @Test func columnsAreMatchedByName() throws {
    let folder = try TemporaryFolder()
    let rows = (0..<40).map { "\($0 % 2),\(Double($0) * 0.01),\($0 % 2 == 0 ? "low" : "high")" }
    try folder.write((["x,y,label"] + rows).joined(separator: "\n") + "\n", to: "points.csv")
    try folder.write("y,label,x\n0.9,high,1\n0.2,low,0\n0.1,high,1\n", to: "permuted.csv")
    try folder.write("z,label,x\n0.9,high,1\n", to: "renamed.csv")
    try folder.write("x\n1\n", to: "narrow.csv")
    try folder.write(
      """
      data: {source: points.csv, test: permuted.csv}
      model: {layers: [{dense: 2}]}
      training: {epochs: 20, batch: 8, learningRate: 0.1}
      """, to: "points.yaml")
    let trained = try HilbertProcess("train", "points.yaml", "--output", "run", "--quiet", "--format", "json", in: folder)
    #expect(try trained.json()["testAccuracy"] as? Double == 1)
    for arguments in [["run"], ["run", "--data", "permuted.csv"]] {
      let evaluated = try HilbertProcess(arguments: ["evaluate"] + arguments + ["--format", "json"], in: folder)
      #expect(try evaluated.json()["accuracy"] as? Double == 1)
    }
    let predicted = try HilbertProcess("predict", "run", "--data", "permuted.csv", "--format", "json", in: folder)
    let labels = try #require(try predicted.json()["predictions"] as? [[String: Any]]).map { $0["label"] as? String }
    #expect(labels == ["high", "low", "high"])
    // Labels that are still to come.
    try folder.write("y,label,x\n0.9,,1\n0.2,,0\n0.1,,1\n", to: "open.csv")
    let open = try HilbertProcess("predict", "run", "--data", "open.csv", "--format", "json", in: folder)
    #expect(
      try #require(try open.json()["predictions"] as? [[String: Any]]).map { $0["label"] as? String } == ["high", "low", "high"])
    for (command, file, difference) in [
      ("evaluate", "renamed", "lacks the column y and has z, which the training set has not"),
      ("predict", "renamed", "lacks the column y and has z, which the training set has not"),
      ("predict", "narrow", "lacks the column y"),
    ] {
      let refused = try HilbertProcess(command, "run", "--data", "\(file).csv", in: folder)
      #expect(refused.status == 65)
      #expect(
        refused.error == "hilbert: \(file).csv: \(difference). Name its columns as those of the training set: x, y.\n")
    }
  }

  /// The seed draws the samples of a synthetic set; the precision is that of the arithmetic.
  @Test func predictsWithSeedAndPrecisionOfTheCaller() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "data: {source: moons}\nmodel: {layers: [{dense: 4}, tanh, {dense: 2}]}\ntraining: {epochs: 1}\n", to: "moons.yaml")
    #expect(try HilbertProcess("train", "moons.yaml", "--output", "run", "--quiet", in: folder).status == 0)
    func scores(_ options: String...) throws -> [Double] {
      let arguments = ["predict", "run", "--data", "moons", "--limit", "5", "--format", "json"] + options
      let rows = try #require(try HilbertProcess(arguments: arguments, in: folder).json()["predictions"] as? [[String: Any]])
      return rows.flatMap { $0["scores"] as? [Double] ?? [] }
    }
    let (own, again, other, double) = try (scores(), scores("--seed", "1"), scores("--seed", "2"), scores("--precision", "double"))
    #expect(own.count == 10 && own == again && own != other && own != double)
    #expect(zip(own, double).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test func pointsOfAPlaneGetTheirRegionsDrawn() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "data: {source: moons}\nmodel: {layers: [{dense: 4}, tanh, {dense: 2}]}\ntraining: {epochs: 1}\n", to: "moons.yaml")
    #expect(try HilbertProcess("train", "moons.yaml", "--output", "run", "--quiet", in: folder).status == 0)
    #expect(String(decoding: try folder.data("run/figures/regions.svg"), as: UTF8.self).contains("upper"))
  }

  /// Its control would be the model itself.
  @Test func classicalModelHasNoControl() throws {
    let folder = try TemporaryFolder()
    try folder.write("data: {source: iris}\nmodel: {layers: [{dense: 3}]}\ntraining: {epochs: 1}\n", to: "iris.yaml")
    let process = try HilbertProcess("train", "iris.yaml", "--output", "run", "--format", "json", in: folder)
    #expect(process.error.contains("\nno control: the model has no circuit to be replaced\n"))
    #expect(try process.json()["controlParameterCount"] == nil)
    let silent = try HilbertProcess("train", "iris.yaml", "--no-control", "--output", "other", in: folder)
    #expect(!silent.error.contains("no control"))
  }

  @Test func noControlTrainsNone() throws {
    let folder = try TemporaryFolder.withSmallRun()
    let process = try HilbertProcess(
      "train", "small.yaml", "--no-control", "--epochs", "1", "--output", "run", "--format", "json", in: folder)
    let object = try process.json()
    #expect(object["controlTestAccuracy"] == nil)
    #expect(!FileManager.default.fileExists(atPath: folder.path("run/checkpoints/control.safetensors")))
    #expect(
      String(decoding: try folder.data("run/metrics.csv"), as: UTF8.self).hasPrefix("epoch,trainLoss,testLoss,testAccuracy\n"))
  }

  /// A variational classifier, features reduced to the circuit's qubits by principal components.
  @Test func circuitWithObservables() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      data: {source: wine, pca: 3, test: 0.25}
      model:
        circuit: {qubits: 3, encoding: angle-y, ansatz: hardware-efficient, layers: 2}
        observables: [Z0, "0.5 X0 X1 - Z2", Z1 Z2]
      training: {epochs: 30, batch: 32, learningRate: 0.1}

      """, to: "wine.yaml")
    let process = try HilbertProcess("train", "wine.yaml", "--format", "json", "--quiet", in: folder)
    #expect(process.status == 0, "\(process.error)")
    let object = try process.json()
    #expect(try #require(object["testAccuracy"] as? Double) >= 0.85)
    // 3 x 2 x 3 angles, a scale and 3 biases.
    #expect(object["parameterCount"] as? Int == 22)
  }

  /// Rows without the label column are classified too.
  @Test func predictsRowsWithoutLabels() throws {
    let folder = try TemporaryFolder()
    let rows = (0..<40).map { "\(Double($0 % 2) + Double($0) * 0.001),\(1 - $0 % 2),\($0 % 2 == 0 ? "even" : "odd")" }
    try folder.write((["x,y,parity"] + rows).joined(separator: "\n") + "\n", to: "points.csv")
    try folder.write("x,y\n0,1\n1,0\n", to: "new.csv")
    try folder.write(
      """
      data: {source: points.csv, label: parity, test: 0.2}
      model: {layers: [{dense: 2}]}
      training: {epochs: 20, batch: 8, learningRate: 0.1}

      """, to: "points.yaml")
    #expect(try HilbertProcess("train", "points.yaml", "--output", "run", "--quiet", in: folder).status == 0)
    let process = try HilbertProcess("predict", "run", "--data", "new.csv", "--format", "json", in: folder)
    let predictions = try #require(try process.json()["predictions"] as? [[String: Any]])
    #expect(predictions.map { $0["label"] as? String } == ["even", "odd"])
  }

  @Test func withoutGnuplotTheNumbersRemain() throws {
    let folder = try TemporaryFolder.withSmallRun()
    let process = try HilbertProcess(
      "train", "small.yaml", "--epochs", "1", "--output", "run", in: folder, environment: ["PATH": "/nowhere"])
    #expect(process.status == 0)
    #expect(
      process.error.contains(
        "no figures: gnuplot draws the figures and was not found on PATH. Install it: apt-get install gnuplot-nox"))
    #expect(FileManager.default.fileExists(atPath: folder.path("run/report.html")))
  }

  @Test func anotherRunIsNeverOverwritten() throws {
    let folder = try TemporaryFolder.withSmallRun()
    try FileManager.default.createDirectory(atPath: folder.path("run"), withIntermediateDirectories: true)
    let process = try HilbertProcess("train", "small.yaml", "--output", "run", in: folder)
    #expect(process.status == 73)
    #expect(process.error.contains("it exists already"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("run")) == [])
  }
}
