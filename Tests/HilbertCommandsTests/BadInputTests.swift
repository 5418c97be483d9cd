import Foundation
import Testing

/// Inputs that cannot be meant: the status, the message, and nothing left behind.
@Suite struct BadInputTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let dense = "model: {layers: [flatten, {dense: 2}]}\ntraining: {epochs: 1}\n"

  /// Trains on `source` and expects to be refused before a run folder is made.
  private func expectRefusal(
    _ yaml: String, status: Int32 = 65, _ message: String, environment: [String: String] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try folder.write(yaml, to: "run.yaml")
    let before = try folder.names()
    let process = try HilbertProcess("train", "run.yaml", in: folder, environment: environment)
    #expect(process.status == status, sourceLocation: sourceLocation)
    #expect(process.error == "hilbert: \(message)\n", sourceLocation: sourceLocation)
    #expect(process.output == "", sourceLocation: sourceLocation)
    #expect(try folder.names() == before, sourceLocation: sourceLocation)
  }

  /// Writes a folder `images` of two 2 x 2 images, of which some bytes may be changed.
  private func writeImages(_ change: (inout [UInt8], inout [UInt8]) -> Void) throws {
    var images: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2] + [0, 50, 100, 150, 200, 250, 0, 10]
    var labels: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 2] + [0, 1]
    change(&images, &labels)
    try FileManager.default.createDirectory(atPath: folder.path("images"), withIntermediateDirectories: true)
    try Data(images).write(to: folder.url.appending(path: "images/train-images-idx3-ubyte"))
    try Data(labels).write(to: folder.url.appending(path: "images/train-labels-idx1-ubyte"))
  }

  @Test func truncatedIDX() throws {
    try writeImages { images, _ in images.removeLast(3) }
    try expectRefusal(
      "data: {source: images}\n" + Self.dense,
      "images/train-images-idx3-ubyte: 21 bytes, expected 24 (a header of 16 and 2 x 2 x 2 elements of 1). "
        + "The file is truncated: copy it again.")
  }

  @Test func wrongMagic() throws {
    try writeImages { images, _ in images[0] = 9 }
    try expectRefusal(
      "data: {source: images}\n" + Self.dense,
      "images/train-images-idx3-ubyte: magic number 0x09000803, expected 0x00000803 (images). Check that this is the right IDX file."
    )
  }

  @Test func labelOutOfRange() throws {
    try writeImages { _, labels in labels[9] = 7 }
    try expectRefusal(
      "data: {source: images}\n" + Self.dense,
      "images/train-labels-idx1-ubyte: 2 different labels, and sample 1 (from 0) has the label 7, "
        + "expected classes numbered 0, 1, ... without a gap. Write the file again in that form."
    )
  }

  @Test func badCell() throws {
    try folder.write("x,label\n1,a\ntwo,b\n", to: "points.csv")
    try expectRefusal(
      "data: {source: points.csv}\n" + Self.dense,
      "points.csv, line 3, column x: \"two\" is not a finite number. Correct or remove that row.")
  }

  @Test func notANumber() throws {
    try folder.write("x,label\n1,a\nnan,b\n", to: "points.csv")
    try expectRefusal(
      "data: {source: points.csv}\n" + Self.dense,
      "points.csv, line 3, column x: \"nan\" is not a finite number. Correct or remove that row.")
  }

  @Test func missingLabelColumn() throws {
    try folder.write("width,height,kind\n1,2,a\n2,1,b\n", to: "points.csv")
    try expectRefusal(
      "data: {source: points.csv}\n" + Self.dense,
      "points.csv: no column label, class or target in the header. Name the label column, one of width, height, kind.")
  }

  @Test func unknownDataSet() throws {
    try expectRefusal(
      "data: {source: fashion-mnist-2.5}\n" + Self.dense,
      "fashion-mnist-2.5 is neither the name of a data set nor an existing file or folder. Nearest: fashion-mnist-2.5k, fashion-mnist. "
        + "`hilbert data list` shows the names; files and folders are looked for here and in the folder that HILBERT_DATA names.")
  }

  @Test func setThatIsNotInstalled() throws {
    try expectRefusal(
      "data: {source: mnist}\n" + Self.dense, status: 69,
      "The data set mnist is not on this machine. Run `hilbert data fetch mnist`, which downloads it, or put "
        + "train-images-idx3-ubyte, train-labels-idx1-ubyte, "
        + "t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte (plain or .gz) into a folder and run "
        + "`hilbert data fetch mnist --from FOLDER`. A folder mnist is also found in the folder that HILBERT_DATA names, and any other "
        + "with --data FOLDER; fashion-mnist-2.5k is a smaller set inside the program.",
      environment: ["HOME": folder.path("home"), "HILBERT_DATA": ""])
  }

  @Test func colourImagesThatAreNotHereSayWhereTheyAre() throws {
    let process = try HilbertProcess(
      arguments: ["train", "--preset", "hqnn-parallel-colour", "--quiet"], in: folder, environment: ["HILBERT_DATA": ""])
    #expect(process.status == 69)
    #expect(process.error.contains("The data set CIFAR-10 is not on this machine. Get its binary version, cifar-10-binary.tar.gz"))
  }

  @Test func zeroVectorForAmplitudeEncoding() throws {
    // Both columns have mean 0, so that the last rows are zero vectors before and after they are standardized.
    try folder.write("x,y,label\n-1,-1,a\n1,1,b\n0,0,a\n0,0,b\n", to: "points.csv")
    try folder.write("x,y,label\n-1,1,a\n1,1,b\n", to: "test.csv")
    try folder.write(
      """
      data: {source: points.csv, test: test.csv}
      model: {circuit: {qubits: 1, encoding: amplitude}, observables: [Z0, X0]}
      training: {epochs: 1}
      """, to: "run.yaml")
    let process = try HilbertProcess("train", "run.yaml", "--output", "run", "--quiet", in: folder)
    #expect(process.status == 65)
    #expect(process.error.contains("is the zero vector, which is no state"))
  }

  @Test func tooManyQubits() throws {
    try folder.write(
      "data: {source: breast-cancer}\nmodel: {layers: [{dense: 50}, {quantum: {qubits: 50}}, {dense: 2}]}\n", to: "run.yaml")
    let process = try HilbertProcess("train", "run.yaml", in: folder)
    #expect(process.status == 65)
    #expect(process.error.hasPrefix("hilbert: run.yaml:2:31: A circuit of 50 qubits with its gradient needs 16.0 PiB, and "))
    #expect(process.error.contains("the largest register that fits has "))
    #expect(try folder.names() == ["run.yaml"])
  }

  @Test func layersThatDoNotFitTheData() throws {
    try expectRefusal(
      "data: {source: iris}\nmodel:\n  layers:\n    - dense: 8\n    - conv2d: {filters: 2, kernel: 3}\n",
      """
      run.yaml:5:7: conv2d: expected shape [samples, channels, height, width], found [samples, 8]. Change the layer's sizes or the layer before it.
          - conv2d: {filters: 2, kernel: 3}
            ^
      here come samples of shape [8]
      """)
  }

  @Test func quantumLayerThatDoesNotFit() throws {
    try expectRefusal(
      "data: {source: iris}\nmodel:\n  layers:\n    - quantum: {qubits: 3, circuits: 2}\n    - dense: 3\n",
      """
      run.yaml:4:7: 'quantum' reads 6 features (2 x 3), and here come samples of shape [4]
          - quantum: {qubits: 3, circuits: 2}
            ^
      put {dense: 6} before it
      """)
  }

  @Test func tooFewScores() throws {
    try expectRefusal(
      "data: {source: iris}\nmodel: {layers: [{dense: 2}]}\n",
      """
      run.yaml:2:18: the last layer gives outputs of shape [2], and the data have 3 classes
      model: {layers: [{dense: 2}]}
                       ^
      end with {dense: classes}, or {dense: 3}
      """)
  }

  @Test func observableOutsideTheCircuit() throws {
    try expectRefusal(
      "data: {source: iris}\nmodel:\n  circuit: {qubits: 4}\n  observables: [Z0, Z1, Z7]\n",
      """
      run.yaml:4:25: Z7 reads qubit 7, and the circuit has 4 qubits
        observables: [Z0, Z1, Z7]
                              ^
      name qubits from 0 to 3, or give the circuit more
      """)
  }

  /// Two columns have no four components.
  @Test func fewerFeaturesThanACircuitReads() throws {
    try expectRefusal(
      "data: {source: moons}\nmodel:\n  circuit: {qubits: 4}\n  observables: [Z0, Z1]\n",
      """
      run.yaml:3:12: the circuit reads 4 features, and the samples have 2
        circuit: {qubits: 4}
                 ^
      take another number of qubits
      """)
  }

  @Test func oneObservableForThreeClasses() throws {
    try expectRefusal(
      "data: {source: iris}\nmodel:\n  circuit: {qubits: 4}\n  observables: [Z0]\n",
      """
      run.yaml:3:12: the model has 1 observables, and the data have 3 classes
        circuit: {qubits: 4}
                 ^
      name one observable for each class, for example observables: [Z0, Z1, Z2]
      """)
  }

  @Test func observableThatIsNone() throws {
    try expectRefusal(
      "data: {source: iris}\nmodel:\n  circuit: {qubits: 4}\n  observables: [Z0, 0.5 X0 +]\n",
      """
      run.yaml:4:21: observable, column 9: expected a number or a Pauli factor such as Z0
        0.5 X0 +
                ^
        observables: [Z0, 0.5 X0 +]
                          ^
      write sums of products such as 0.5 X0 Z2 - Y1 + 1.2
      """)
  }

  /// Steps so long that the weights overflow.
  @Test func divergingTraining() throws {
    try folder.write(
      """
      data: {source: wine}
      model: {layers: [{dense: 8}, {dense: 8}, {dense: 8}, {dense: 3}]}
      training: {epochs: 50, optimizer: sgd, learningRate: 100, schedule: constant}
      """, to: "run.yaml")
    let process = try HilbertProcess("train", "run.yaml", "--output", "run", "--quiet", in: folder)
    #expect(process.status == 65)
    #expect(process.error.contains("became NaN or infinite in epoch "))
    #expect(process.error.contains("Lower the learning rate"))
  }
}
