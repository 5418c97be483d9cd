import Datasets
import Foundation
import LinearAlgebra
import QuantumCircuits
import Testing

/// `hilbert kernel`: Gram matrices of points, machines of configurations, and what is refused.
@Suite struct KernelCommandTests {
  static let points = "x,y\n1,2\n3,0.5\n0.25,6\n"

  private func numbers(_ object: Any?) throws -> [[Double]] { try #require(object as? [[Double]]) }

  @Test(arguments: ["second-order", "zz", "secondOrderFeatureMap", "ZZFeatureMap"]) func theGoldenGramMatrix(_ map: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.points, to: "points.csv")
    let process = try HilbertProcess(
      "kernel", "--feature-map", map, "--points", "points.csv", "--format", "json", "--quiet", in: folder)
    #expect(process.status == 0, "\(process.error)")
    let object = try process.json()
    #expect(object["schema"] as? String == "hilbert.kernel/1")
    let gram = try numbers(object["gram"])
    #expect(abs(gram[0][1] - 0.322642567043769) < 1e-12 && gram[1][0] == gram[0][1])
    #expect(gram.indices.allSatisfy { abs(gram[$0][$0] - 1) < 1e-12 })
  }

  /// Ctrl-C ends with a word; an unfinished file goes.
  @Test func ctrlCEndsWithAWord() throws {
    let folder = try TemporaryFolder()
    let widths = (1...60).map { "\(0.01 * Double($0))" }.joined(separator: ", ")
    try folder.write(
      "data: {source: breast-cancer, test: 0.3, pca: 8}\nfeatureMap: {name: second-order, bandwidth: [\(widths)]}\n",
      to: "many.yaml")
    let bar = try RunningProcess(arguments: ["kernel", "many.yaml"], in: folder)
    bar.waitUntil { bar.errorSoFar.contains("kernel") }
    bar.send(SIGINT)
    let stopped = bar.wait()
    #expect(stopped.status == 130 && stopped.output == "")
    #expect(stopped.error.hasSuffix("hilbert: interrupted; the same command begins again\n"), "\(stopped.error)")

    let rows = (0..<4000).map { row in (0..<6).map { "\(Double((row * 7 + $0 * 31) % 100) / 16)" }.joined(separator: ",") }
    try folder.write("a,b,c,d,e,f\n" + rows.joined(separator: "\n") + "\n", to: "points.csv")
    let tiles = try RunningProcess(
      arguments: [
        "kernel", "--feature-map", "zz", "--points", "points.csv", "--memory", "2", "--export", "gram.npy",
      ], in: folder)
    tiles.waitUntil { tiles.errorSoFar.contains("Gram matrix") }
    tiles.send(SIGINT)
    let ended = tiles.wait()
    #expect(ended.status == 130)
    #expect(
      ended.error.hasSuffix("interrupted; the unfinished matrix is not kept, the same command begins again\n"), "\(ended.error)")
    #expect(try !folder.names().contains { $0.hasPrefix("gram.npy") })
  }

  @Test func exportsHoldTheMatrix() throws {
    let folder = try TemporaryFolder()
    try folder.write("a,b,label\r\n1,2,yes\r\n3,0.5,no\r\n0.1,0.2,yes\r\n", to: "points.csv")
    for file in ["gram.npz", "gram.csv", "gram.npy"] {
      let process = try HilbertProcess(
        "kernel", "--feature-map", "zz", "--points", "points.csv", "--export", file, "--format", "json", in: folder)
      #expect(process.status == 0, "\(process.error)")
      #expect(try process.json()["gram"] as? String == file)
      #expect(try process.json()["trainAccuracy"] as? Double != nil)
    }
    let arrays = try NPZ(reading: folder.path("gram.npz")).arrays
    #expect(arrays["gram"]?.shape == [3, 3] && arrays["points"]?.doubles == [1, 2, 3, 0.5, 0.1, 0.2])
    #expect(arrays["labels"]?.doubles == [1, 0, 1])
    let lines = String(decoding: try folder.data("gram.csv"), as: UTF8.self).split(separator: "\n")
    let table = lines.flatMap { $0.split(separator: ",").map { Double($0)! } }
    #expect(table == arrays["gram"]?.doubles)
    let matrix = try folder.data("gram.npy").suffix(72)
    let read = (0..<9).map { place in
      Double(bitPattern: (0..<8).reduce(UInt64(0)) { $0 | UInt64(matrix[matrix.startIndex + 8 * place + $1]) << (8 * UInt64($1)) })
    }
    #expect(read == table)
  }

  @Test func wideRowsAndLabelsThatAreNumbersAreRefused() throws {
    let folder = try TemporaryFolder()
    let numbers = (1...27).map { "\($0)" }.joined(separator: ",") + "\n"
    try folder.write(numbers + numbers, to: "wide.csv")
    let wide = try HilbertProcess("kernel", "--feature-map", "zz", "--points", "wide.csv", "--memory", "1024", in: folder)
    #expect(
      wide.status == 65 && wide.error.contains("27 features make 27 qubits, and one state takes 2048 MiB of the 1024 allowed"))
    let rows = (0..<30).map { "\($0),\($0 * 7 % 11),\(Double($0) / 7)\n" }.joined()
    try folder.write("x,y,label\n" + rows, to: "numbers.csv")
    let continuous = try HilbertProcess("kernel", "--feature-map", "zz", "--points", "numbers.csv", in: folder)
    #expect(continuous.status == 65 && continuous.error.contains("the label column has 30 classes for 30 samples"))
  }

  /// A budget of one mebibyte: 400 points take 3.8 MiB, so the matrix goes to the file in tiles.
  @Test func largeMatricesAreStreamed() throws {
    let folder = try TemporaryFolder()
    let rows = (0..<400).map { "\(Double($0 * 37 % 101) / 16),\(Double($0 * 53 % 89) / 14)\n" }
    try folder.write(rows.joined(), to: "points.csv")
    func run(_ more: String...) throws -> HilbertProcess {
      try HilbertProcess(arguments: ["kernel", "--feature-map", "second-order", "--points", "points.csv"] + more, in: folder)
    }
    #expect(try run("--export", "whole.npy").status == 0)
    let streamed = try run("--export", "tiles.npy", "--memory", "1")
    #expect(streamed.status == 0, "\(streamed.error)")
    #expect(streamed.error.contains("tiles"))
    func values(_ file: String) throws -> [Double] {
      let bytes = [UInt8](try folder.data(file).dropFirst(128))
      return stride(from: 0, to: bytes.count, by: 8).map { start in
        Double(bitPattern: (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[start + $1]) << (8 * UInt64($1)) })
      }
    }
    let (whole, tiles) = (try values("whole.npy"), try values("tiles.npy"))
    #expect(whole.count == 160_000 && tiles.count == whole.count)
    #expect(zip(whole, tiles).allSatisfy { abs($0 - $1) < 1e-13 })
    let refused = try run("--memory", "1")
    #expect(refused.status == 65)
    #expect(
      refused.error
        == "hilbert: a Gram matrix of 400 samples does not fit into 1 MiB; give --export FILE.npy, which is written tile by tile, or raise "
        + "--memory\n")
  }

  @Test func presetsTrainAndJudge() throws {
    let folder = try TemporaryFolder()
    let process = try HilbertProcess("kernel", "--preset", "ad-hoc", "--format", "json", "--quiet", in: folder)
    #expect(process.status == 0, "\(process.error)")
    let object = try process.json()
    #expect(object["trainAccuracy"] as? Double == 1)
    #expect(try #require(object["testAccuracy"] as? Double) >= 0.95)
    let gap = try #require(object["dualityGap"] as? Double)
    #expect(gap >= 0 && gap <= 1e-6)
    #expect(try numbers(object["gram"]).count == 40)
    #expect(object["seed"] as? Int == 1)
  }

  /// Classical kernels have no circuit, and what cannot be used is no secret.
  @Test func whatAKernelCannotUseIsRefused() throws {
    let folder = try TemporaryFolder()
    try folder.write("x,y,label\n1,2,a\n3,4,b\n", to: "points.csv")
    let linear = try HilbertProcess("kernel", "--kernel", "linear", "--points", "points.csv", "--bandwidth", "3", in: folder)
    #expect(linear.status == 65)
    #expect(linear.error == "hilbert: a linear kernel has no bandwidth: leave it out\n")
    let gaussian = try HilbertProcess("kernel", "--kernel", "gaussian", "--points", "points.csv", "--bandwidth", "3", in: folder)
    #expect(gaussian.status == 0)
    let small = try HilbertProcess("kernel", "--preset", "breast-cancer", "--memory", "1", in: folder)
    #expect(small.status == 65)
    #expect(small.error.contains("bandwidths take") && small.error.contains("allowed are 1; raise --memory"))
  }

  @Test func configurationsChooseByCrossValidation() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      data: {source: wine, test: 0.3, pca: 3}
      featureMap: {name: pauli, patterns: [Z, ZZ], bandwidth: [0.1, 0.3], connectivity: linear}
      kernel: {type: fidelity, shots: 2000, repair: clip}
      machine: {regularization: [1, 10], folds: 4}
      seed: 3
      """, to: "wine.yaml")
    let process = try HilbertProcess("kernel", "wine.yaml", "--quiet", in: folder)
    #expect(process.status == 0, "\(process.error)")
    #expect(process.output.contains("cross-validation chose bandwidth"))
    #expect(try HilbertProcess("kernel", "wine.yaml", "--quiet", in: folder).output == process.output)
  }

  @Test func anEmptyPatternIsNoWord() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "data: {source: iris, pca: 2}\nfeatureMap: {name: pauli, patterns: [\"\"]}\nkernel: {type: fidelity}\n", to: "iris.yaml")
    let process = try HilbertProcess("kernel", "iris.yaml", "--quiet", in: folder)
    #expect(process.status == 65)
    #expect(process.error.contains("'featureMap.patterns[0]' wants a word of X, Y and Z, found nothing"), "\(process.error)")
  }

  @Test func aPatternTakesAsManyFeatures() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "data: {source: iris, pca: 2}\nfeatureMap: {name: pauli, patterns: [Z, ZZZ]}\nkernel: {type: fidelity}\n", to: "iris.yaml")
    let process = try HilbertProcess("kernel", "iris.yaml", "--quiet", in: folder)
    #expect(process.status == 65)
    #expect(
      process.error == "hilbert: the pattern ZZZ takes 3 features, the samples have 2: leave it out, or add features\n")
  }

  /// Files of R, of pandas with quotes, and of spreadsheets in Europe.
  @Test(arguments: [
    points, "\"x\",\"y\"\n\"1\",\"2\"\n\"3\",\"0.5\"\n\"0.25\",\"6\"\n", "\u{FEFF}x,y\r\n1,2\r\n3,0.5\r\n0.25,6\r\n",
    "x;y\n1;2\n3;0,5\n0,25;6\n", "x\ty\n1\t2\n3\t0.5\n0.25\t6\n",
  ])
  func everyDialectIsRead(_ text: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.points, to: "plain.csv")
    try folder.write(text, to: "points.csv")
    func gram(_ file: String) throws -> [[Double]]? {
      try HilbertProcess("kernel", "--feature-map", "zz", "--points", file, "--format", "json", "--quiet", in: folder).json()[
        "gram"]
        as? [[Double]]
    }
    let found = try #require(try gram("points.csv"))
    #expect(try gram("plain.csv") == found)
  }

  @Test(arguments: [
    ("x,y\n1,2\n3,nan\n", "hilbert: points.csv, line 3, column y: \"nan\" is no finite number; correct or remove that row\n"),
    ("x,y\n1,2\n3\n", "hilbert: points.csv, line 3: 1 cells, expected 2; add or remove cells there\n"),
    ("x,y\n", "hilbert: points.csv holds no points; write one point a line, x,y,...\n"),
    (
      "x,y,label\n1,2,a\n3,4,a\n",
      "hilbert: The samples have 1 class, a classifier needs two: take samples of another class too.\n"
    ),
    ("x,y,label\n1,2,a\n3,4,\n", "hilbert: points.csv, line 3, column label: \"\" is not a target. Correct or remove that row.\n"),
    (
      "x,label,class\n1,a,0\n3,b,1\n",
      "hilbert: points.csv: the columns label and class may both hold the classes; remove one, or take --label label\n"
    ),
  ])
  func badPoints(_ text: String, _ message: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "points.csv")
    let process = try HilbertProcess("kernel", "--feature-map", "zz", "--points", "points.csv", in: folder)
    #expect(process.status == 65)
    #expect(process.error == message)
  }

  @Test(arguments: [
    (["--feature-map", "zzz", "--points", "p.csv"], "unknown feature map 'zzz', did you mean 'zz'?"),
    (["--feature-map", "qwerty", "--points", "p.csv"], "unknown feature map 'qwerty'. Known: "),
    (["--points", "p.csv"], "--points needs --feature-map"),
    (
      ["--points", "p.csv", "--kernel", "linear", "--feature-map", "zz"],
      "a linear kernel has no feature map; leave --feature-map out"
    ),
    (["a.yaml", "--preset", "ad-hoc"], "give one of a configuration file, --preset NAME, or --feature-map NAME --points FILE.csv"),
    (["a.yaml", "--shots", "5"], "--shots goes with --points; a configuration has a key for it"),
    (
      ["--feature-map", "zz", "--points", "p.csv", "--export", "gram.txt"],
      "--export wants a file name that ends in .npz, .npy or .csv"
    ),
  ]) func wrongUsage(_ arguments: [String], _ message: String) throws {
    let process = try HilbertProcess(arguments: ["kernel"] + arguments, in: TemporaryFolder())
    #expect(process.status == 64)
    #expect(process.error.contains(message), "\(process.error)")
  }

  @Test func settingsThatAMapLacksAreRefused() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.points, to: "points.csv")
    let process = try HilbertProcess(
      "kernel", "--feature-map", "angle-y", "--points", "points.csv", "--repetitions", "3", in: folder)
    #expect(process.status == 65)
    #expect(process.error == "hilbert: the feature map angle-y has no repetitions; it takes bandwidth\n")
    let shots = try HilbertProcess("kernel", "--kernel", "linear", "--points", "points.csv", "--shots", "3", in: folder)
    #expect(shots.status == 65)
    #expect(shots.error.contains("a linear kernel has no circuit"))
  }

  @Test func mistakesInConfigurationsAreShown() throws {
    let folder = try TemporaryFolder()
    try folder.write("data: {source: wine}\nfeatureMap: {name: seconde-order}\n", to: "a.yaml")
    let process = try HilbertProcess("kernel", "a.yaml", in: folder)
    #expect(process.status == 65)
    #expect(
      process.error.contains("a.yaml:2:20: unknown value 'seconde-order' for 'featureMap.name'; did you mean 'second-order'?"))
  }
}
