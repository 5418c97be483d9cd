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
      "images/train-images-idx3-ubyte: 21 bytes, expected 24 (2x2x2 elements of unsigned bytes after a header of 16 bytes). "
        + "The file is truncated: copy it again.")
  }

  @Test func wrongMagic() throws {
    try writeImages { images, _ in images[2] = 9 }
    try expectRefusal("data: {source: images}\n" + Self.dense, "images")
  }

  @Test func labelOutOfRange() throws {
    try writeImages { _, labels in labels[9] = 7 }
    try expectRefusal("data: {source: images}\n" + Self.dense, "images")
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

  @Test func unknownDataSet() throws {
    try expectRefusal("data: {source: fashion-mnist-2.5}\n" + Self.dense, "fashion")
  }

  @Test func setThatIsNotInstalled() throws {
    try expectRefusal(
      "data: {source: mnist}\n" + Self.dense, status: 69, "mnist", environment: ["HOME": folder.path("home"), "HILBERT_DATA": ""])
  }

  @Test func zeroVectorForAmplitudeEncoding() throws {
    // One of the training samples is constant zero in both columns once they are standardized.
    try folder.write("x,y,label\n-1,-1,a\n1,1,b\n0,0,a\n-1,-1,a\n1,1,b\n0,0,b\n", to: "points.csv")
    try folder.write(
      """
      data: {source: points.csv, test: 0.3}
      model: {circuit: {qubits: 1, encoding: amplitude}, observables: [Z0]}
      training: {epochs: 1}
      """, to: "run.yaml")
    let process = try HilbertProcess("train", "run.yaml", "--output", "run", "--quiet", in: folder)
    #expect(process.status == 65)
    #expect(process.error.contains("is the zero vector, which is no state"))
  }

  @Test func tooManyQubits() throws {
    try expectRefusal(
      "data: {source: breast-cancer}\nmodel: {layers: [{dense: 50}, {quantum: {qubits: 50}}, {dense: 2}]}\n", "qubits")
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
      end with {dense: 3}
      """)
  }

  @Test func observableOutsideTheCircuit() throws {
    try expectRefusal(
      "data: {source: iris}\nmodel:\n  circuit: {qubits: 4}\n  observables: [Z0, Z7]\n", "observable")
  }

  @Test func observableThatIsNone() throws {
    try expectRefusal(
      "data: {source: iris}\nmodel:\n  circuit: {qubits: 4}\n  observables: [Z0, 0.5 X0 +]\n", "observable")
  }

  @Test func divergingTraining() throws {
    try folder.write(
      "data: {source: wine}\nmodel: {layers: [{dense: 3}]}\ntraining: {epochs: 50, optimizer: sgd, learningRate: 100, precision: float}\n",
      to: "run.yaml")
    let process = try HilbertProcess("train", "run.yaml", "--output", "run", "--quiet", in: folder)
    #expect([0, 65].contains(process.status))
  }
}
