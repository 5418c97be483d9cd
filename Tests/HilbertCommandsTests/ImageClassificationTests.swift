import Foundation
import Testing

/// The networks of Senokosov et al. through the command line, on images that the program has with it.
@Suite struct ImageClassificationTests {
  /// Counts from the sizes of the layers: a trunk of 13,344, then 1568 x 20 + 20, 40, 180 angles and 210.
  @Test(arguments: [
    ("hqnn-parallel", "true", 45_154, 45_154), ("hqnn-parallel", "removed", 45_154, 44_974),
    ("hqnn-parallel", "frozen", 45_154, 44_974),
    ("hqnn-quanv", "true", 1974, 1986), ("hqnn-quanv", "removed", 1974, 1970),
  ])
  func presetsHaveTheirParameters(preset: String, control: String, parameters: Int, controlParameters: Int) throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      data: {source: fashion-mnist-2.5k, limit: 40}
      model: {preset: \(preset)}
      training: {epochs: 1, batch: 20}
      control: \(control)

      """, to: "run.yaml")
    let process = try HilbertProcess("train", "run.yaml", "--output", "run", "--format", "json", "--quiet", in: folder)
    #expect(process.status == 0, "\(process.error)")
    let result = try process.json()
    #expect(result["parameterCount"] as? Int == parameters)
    #expect(result["controlParameterCount"] as? Int == controlParameters)
    // What was written down reads back, control and all.
    let again = try HilbertProcess("evaluate", "run", "--control", "--format", "json", in: folder).json()
    #expect(again["accuracy"] as? Double == result["controlTestAccuracy"] as? Double)
    let kept = String(decoding: try folder.data("run/config.yaml"), as: UTF8.self)
    #expect(kept.contains("control: \(control)\n"))
  }

  /// What re-implementations differ in is said in words of a configuration: BatchNorm behind the head (20 parameters more) and
  /// behind the circuits (40), the scale of the angles, and where the rotations and the ring stand.
  @Test(arguments: [
    ("", "", "strongly-entangling", 45_154), ("", "{dense: classes}, batchNorm", "strongly-entangling", 45_174),
    ("", "batchNorm, {dense: classes}", "strongly-entangling", 45_194),
    ("", "batchNorm, {dense: classes}, batchNorm", "strongly-entangling", 45_214),
    ("{affine: 3.141592653589793},", "", "strongly-entangling-yzy", 45_154),
    ("tanh, {affine: 1.5707963267948966},", "", "ring-entangling", 45_154), ("", "", "ring-entangling-yzy", 45_154),
  ])
  func readingsAreWords(scale: String, head: String, ansatz: String, parameters: Int) throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      data: {source: fashion-mnist-2.5k, limit: 40}
      model:
        layers: [{conv2d: {filters: 16, kernel: 5, padding: 2}}, batchNorm, {maxPool2d: 2}, relu,
          {conv2d: {filters: 32, kernel: 5, padding: 2}}, batchNorm, {maxPool2d: 2}, relu, flatten, {dense: 20}, batchNorm, relu,
          \(scale) {quantum: {qubits: 5, circuits: 4, layers: 3, encoding: angle-x, ansatz: \(ansatz), observable: Y}},
          \(head.isEmpty ? "{dense: classes}" : head)]
      training: {epochs: 1, batch: 20}
      control: false

      """, to: "run.yaml")
    let process = try HilbertProcess("train", "run.yaml", "--output", "run", "--format", "json", "--quiet", in: folder)
    #expect(process.status == 0, "\(process.error)")
    #expect(try process.json()["parameterCount"] as? Int == parameters)
  }

  /// The quanvolution's networks, each in both regimes of training: counts from the sizes of the layers, 196 numbers into 10.
  @Test func theNetworksOfTheQuanvolutionAreTrained() throws {
    let process = try HilbertProcess(
      "reproduce", "image-classification", "--part", "quanv", "--data", "fashion-mnist-2.5k", "--limit", "40", "--epochs", "1",
      "--seeds", "1", "--format", "json", "--quiet", in: TemporaryFolder())
    #expect(process.status == 0, "\(process.error)")
    let networks = try #require(process.json()["networks"] as? [[String: Any]])
    #expect(
      networks.map { $0["name"] as? String }
        == ["", ", brief"].flatMap { regime in
          ["HQNN-Quanv", "CNN1, as many weights", "CNN4, four times the weights", "no filter", "frozen filter"].map { $0 + regime }
        })
    let counts = [1974, 505, 1990, 1970, 1970]
    #expect(networks.map { $0["parameterCount"] as? Int } == counts + counts)
  }

  @Test func theClassicalCounterpartHasEightTimesTheParameters() throws {
    let process = try HilbertProcess(
      arguments: [
        "train", "--preset", "hqnn-parallel-classical", "--data", "fashion-mnist-2.5k", "--limit", "40", "--epochs", "1",
        "--format",
        "json", "--quiet",
      ], in: TemporaryFolder())
    #expect(process.status == 0, "\(process.error)")
    #expect(try process.json()["parameterCount"] as? Int == 372_241)
  }

  /// Images of another size go through the same preset with one flag.
  @Test func classesAndSizesComeFromTheData() throws {
    let process = try HilbertProcess(
      arguments: [
        "train", "--preset", "hqnn-parallel", "--data", "digits-8x8", "--limit", "40", "--epochs", "1", "--no-control", "--format",
        "json", "--quiet",
      ], in: TemporaryFolder())
    #expect(process.status == 0, "\(process.error)")
    // 32 channels of 2 x 2: 128 x 20 + 20 in place of 31,380.
    #expect(try process.json()["parameterCount"] as? Int == 45_154 - 31_380 + 2580)
  }

  @Test func theQuickFormComparesAndGoesOn() throws {
    let folder = try TemporaryFolder()
    let arguments = [
      "reproduce", "image-classification", "--quick", "--only", "HQNN,circuits,random", "--output", "run", "--format", "json",
      "--quiet",
    ]
    let process = try HilbertProcess(arguments: arguments, in: folder)
    #expect(process.status == 0, "\(process.error)")
    let result = try process.json()
    #expect(result["schema"] as? String == "hilbert.reproduce-image-classification/1")
    let networks = try #require(result["networks"] as? [[String: Any]])
    #expect(networks.map { $0["name"] as? String } == ["HQNN-Parallel", "circuits removed", "random circuits, frozen"])
    #expect(networks.map { $0["parameterCount"] as? Int } == [45_154, 44_974, 44_974])
    // Guessing among ten classes gives 0.1; two passes reach 0.65 and more.
    for network in networks { #expect(try #require(network["testAccuracy"] as? Double) > 0.4) }
    let names = try folder.names(in: "run")
    #expect(names.contains("report.html") && names.contains("manifest.json"))

    // The same command finds everything done; another one is refused.
    let again = try HilbertProcess(arguments: arguments, in: folder).json()
    #expect(
      (again["networks"] as? [[String: Any]])?.map { $0["testLoss"] as? Double } == networks.map { $0["testLoss"] as? Double })
    let other = try HilbertProcess(arguments: arguments + ["--limit", "30"], in: folder)
    #expect(other.status == 73)
    #expect(other.error.contains("run holds the results of: hilbert reproduce image-classification --part parallel --quick\n"))
  }

  /// Broken off within a network, the same command goes on where the last pass ended, and comes to the same numbers.
  @Test func theSameCommandGoesOn() throws {
    let folder = try TemporaryFolder()
    func arguments(_ output: String) -> [String] {
      [
        "reproduce", "image-classification", "--data", "fashion-mnist-2.5k", "--limit", "300", "--epochs", "4", "--seeds", "1",
        "--only", "HQNN", "--output", output, "--format", "json", "--quiet",
      ]
    }
    let whole = try HilbertProcess(arguments: arguments("whole"), in: folder).json()["networks"] as? [[String: Any]]
    let running = try RunningProcess(arguments: arguments("run"), in: folder)
    // The first checkpoint is of the beginning; a second one is of a pass that is done.
    var beginning: Data?
    running.waitUntil {
      guard let checkpoint = try? folder.data("run/checkpoints/hqnn-parallel-1.safetensors") else { return false }
      beginning = beginning ?? checkpoint
      return checkpoint != beginning
    }
    running.send(SIGINT)
    let stopped = running.wait()
    #expect(stopped.status == 130)
    #expect(
      stopped.error.hasSuffix(
        "interrupted; what is finished is saved in run\ngo on with the same command and --output run\n"), "\(stopped.error)")
    let resumed = try HilbertProcess(arguments: arguments("run"), in: folder).json()["networks"] as? [[String: Any]]
    for key in ["testLoss", "testAccuracy", "trainLoss"] {
      #expect(try #require(resumed?[0][key] as? Double) == whole?[0][key] as? Double, "\(key)")
    }
  }

  /// A folder's report is of all that is in it, and says how to come to all of it.
  @Test func theReportHasWhatTheFolderHas() throws {
    let folder = try TemporaryFolder()
    func names(_ only: String) throws -> [String?] {
      let process = try HilbertProcess(
        "reproduce", "image-classification", "--data", "fashion-mnist-2.5k", "--limit", "40", "--epochs", "1", "--seeds", "1",
        "--only", only, "--output", "run", "--format", "json", "--quiet", in: folder)
      #expect(process.status == 0, "\(process.error)")
      return try #require(process.json()["networks"] as? [[String: Any]]).map { $0["name"] as? String }
    }
    #expect(try names("circuits removed") == ["circuits removed"])
    #expect(try names("HQNN") == ["HQNN-Parallel", "circuits removed"])
    let page = String(decoding: try folder.data("run/report.html"), as: UTF8.self)
    #expect(page.contains("--seeds 1 --only &quot;HQNN-Parallel, circuits removed&quot;"))
    #expect(page.contains("fashion-mnist-2.5k, seed 1."))

    // The result of another network is not taken for this one's.
    let file = "run/results/circuits-removed-1.json"
    let text = String(decoding: try folder.data(file), as: UTF8.self)
    let settings = try #require(text.firstMatch(of: #/"settings" ?: ?"([0-9a-f]{64})"/#)?.1)
    try folder.write(text.replacing(settings, with: String(settings.reversed())), to: file)
    let other = try HilbertProcess(
      "reproduce", "image-classification", "--data", "fashion-mnist-2.5k", "--limit", "40", "--epochs", "1", "--seeds", "1",
      "--only", "circuits", "--output", "run", "--quiet", in: folder)
    #expect(other.status == 73)
    #expect(other.error.contains("\(file) is of a network that was made or trained otherwise"), "\(other.error)")
  }

  /// Names have commas of their own, and what names nothing is an error and not left out.
  @Test(arguments: [
    ("classical, 8 times, circuits removed", ["classical, 8 times the parameters", "circuits removed"]),
    ("random circuits,HQNN", ["HQNN-Parallel", "random circuits, frozen"]),
    ("random circuits, frozen", ["random circuits, frozen"]),
    ("circuits removed, random*", ["circuits removed", "random circuits, frozen"]),
  ])
  func networksAreNamed(list: String, expected: [String]) throws {
    let folder = try TemporaryFolder()
    let process = try HilbertProcess(
      "reproduce", "image-classification", "--data", "fashion-mnist-2.5k", "--limit", "40", "--epochs", "1", "--seeds", "1",
      "--only", list, "--format", "json", "--quiet", in: folder)
    #expect(process.status == 0, "\(process.error)")
    let networks = try #require(process.json()["networks"] as? [[String: Any]])
    #expect(networks.map { $0["name"] as? String } == expected)
  }

  @Test(arguments: ["HQNN,quantum", "frozen", "HQNN, 8 times", " , "])
  func unknownNetworksAreRefused(list: String) throws {
    let process = try HilbertProcess(
      "reproduce", "image-classification", "--data", "fashion-mnist-2.5k", "--only", list, in: TemporaryFolder())
    #expect(process.status == 64)
    #expect(process.error.contains("--only"))
    #expect(process.error.contains("Networks: HQNN-Parallel; classical, 8 times the parameters; circuits removed;"))
  }

  /// The trunk is chosen by what the images are, not by the name of their file.
  @Test func colourImagesGetTheTrunkForColour() throws {
    let folder = try TemporaryFolder()
    let images = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../DatasetsTests/References/cifar10-sample20.bin").standardizedFileURL
    try Data(contentsOf: images).write(to: folder.url.appending(path: "photos.bin"))
    let process = try HilbertProcess(
      arguments: [
        "reproduce", "image-classification", "--data", "photos.bin", "--test", "0.5", "--epochs", "1", "--seeds", "1", "--only",
        "HQNN", "--format", "json", "--quiet",
      ], in: folder)
    #expect(process.status == 0, "\(process.error)")
    let networks = try #require(process.json()["networks"] as? [[String: Any]])
    // Six convolutions with BatchNorm, 2048 x 20 + 20, 40, 180 angles and 210.
    #expect(networks.map { $0["parameterCount"] as? Int } == [287_008 + 896 + 41_410])
  }

  @Test(arguments: [
    ("[flatten, {quanvolution: {kernel: 2}}, {dense: 10}]", "'quanvolution' reads images, and here come samples of shape [784]"),
    ("[{quanvolution: {kernel: 5}}, flatten, {dense: 10}]", "a window of 1 x 5 x 5 pixels takes 25 qubits"),
    ("[{quanvolution: {kernel: 3, ansatz: image-filter}}, flatten, {dense: 10}]", "for windows of 4 pixels, and here they have 9"),
    (
      "[{maxPool2d: 30}, flatten, {dense: 10}]",
      "MaxPool2D: expected shape [samples, channels, height (at least 30), width (at least 30)], found [samples, 1, 28, 28]"
    ),
    (
      "[{conv2d: {filters: 2, kernel: 31}}, flatten, {dense: 10}]",
      "Conv2D: expected shape [samples, 1, height (at least 31), width (at least 31)], found [samples, 1, 28, 28]"
    ),
    ("[flatten, {dense: 7}]", "the last layer gives outputs of shape [7], and the data have 10 classes"),
    ("[flatten, {dense: klasses}]", "wants a whole number from 1 to 1000000, found 'klasses'"),
  ])
  func whatDoesNotFitIsSaid(layers: String, message: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("data: {source: fashion-mnist-2.5k}\nmodel: {layers: \(layers)}\n", to: "run.yaml")
    let process = try HilbertProcess("train", "run.yaml", "--quiet", in: folder)
    #expect(process.status == 65)
    #expect(process.error.contains(message), "\(process.error)")
  }

  /// Channels, sizes and classes of other data than those that a run was trained on.
  @Test func dataThatDoNotFitARunAreNamed() throws {
    let folder = try TemporaryFolder.withSmallRun()
    #expect(try HilbertProcess("train", "small.yaml", "--output", "run", "--epochs", "1", "--quiet", in: folder).status == 0)
    let colour = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../DatasetsTests/References/cifar10-sample20.bin").standardizedFileURL.path
    for (source, message) in [
      (colour, "samples of shape [3, 32, 32], and the run was trained on [1, 28, 28]; give data of that shape"),
      ("digits-8x8", "samples of shape [1, 8, 8], and the run was trained on [1, 28, 28]; give data of that shape"),
    ] {
      let process = try HilbertProcess("predict", "run", "--data", source, in: folder)
      #expect(process.status == 65)
      #expect(process.error.contains(message), "\(process.error)")
    }
    // A set of other images is that before its classes have other names.
    let digits = try HilbertProcess("evaluate", "run", "--data", "digits-8x8", in: folder)
    #expect(
      digits.error
        == "hilbert: digits-8x8: samples of shape [1, 8, 8], and the run was trained on [1, 28, 28]; give data of that shape\n")
    try folder.write("preserved", to: "set/shoe/notes.txt")
    let picture = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../DatasetsTests/References/pictures/grey.png").standardizedFileURL
    try folder.write(Data(contentsOf: picture), to: "set/shoe/1.png")
    let resized = try HilbertProcess(
      "train", "small.yaml", "--output", "wide", "--epochs", "1", "--image-size", "28", "--quiet", in: folder)
    #expect(resized.status == 0, "\(resized.error)")
    let classes = try HilbertProcess("evaluate", "wide", "--data", "set", in: folder)
    #expect(classes.status == 65)
    #expect(
      classes.error
        == "hilbert: set: no class is called shoe. The classes are t-shirt, trouser, pullover, dress, coat, sandal, shirt, sneaker, bag, "
        + "ankle boot: use their names, or the data set that has them.\n")
  }

  @Test(arguments: [
    ("control: dense-ish", "unknown value 'dense-ish' for 'control'"),
    ("training: {augmentation: {shift: -1}}", "'training.augmentation.shift' wants a number of at least 0.0"),
    ("training: {averaging: 1}", "'training.averaging' wants a number above 0.0"),
  ])
  func wrongSettingsAreSaid(line: String, message: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("data: {source: iris}\nmodel: {layers: [{dense: 3}]}\n\(line)\n", to: "run.yaml")
    let process = try HilbertProcess("train", "run.yaml", "--quiet", in: folder)
    #expect(process.status == 65)
    #expect(process.error.contains(message), "\(process.error)")
  }
}
