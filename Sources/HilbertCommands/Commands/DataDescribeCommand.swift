import ArgumentParser
import Datasets
import Reports

/// `hilbert data describe`: what a source holds, checked by reading it whole.
struct DataDescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe", abstract: "Read a data set whole and say what it holds.")

  @Argument(help: "\(DataSection.sourceHelp)")
  var source: String

  @Option(help: "Label column of a table (default: label, class or target).")
  var label: String?

  @Option(help: "Resize images to this height and width.")
  var imageSize: Int?

  @OptionGroup var numbers: NumberOptions
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    let sizes = DataSection.imageSizes
    if let imageSize, !sizes.contains(imageSize) {
      throw ValidationError("--image-size wants a whole number from \(sizes.lowerBound) to \(sizes.upperBound), found \(imageSize)")
    }
  }

  func run() throws {
    let stopwatch = Stopwatch()
    var table = TableOptions()
    if let label { table.label = .column(label) }
    let loaded = try DataSource(source).load(
      table: table, arrays: ArrayOptions(imageSize: imageSize), seed: numbers.seed ?? 0)
    let description = DataDescription(source: source, loaded: loaded)
    try description.write(as: shared.format, shared.conditions(seed: numbers.seed, stopwatch: stopwatch))
  }
}

private struct DataDescription: CommandResult {
  var command: String { "data-describe" }

  struct Part: Encodable {
    let name: String
    let count: Int
    /// One number a class.
    let classSizes: [Int]

    init<Role>(_ name: String, _ samples: SampleSet<Role>) {
      (self.name, count, classSizes) = (name, samples.count, samples.classSizes)
    }
  }

  let source: String
  let sampleShape: [Int]
  let classNames: [String]
  let featureNames: [String]
  let minimum: Float
  let maximum: Float
  let parts: [Part]
  let origin: String?
  let licence: String?

  init(source: String, loaded: LoadedDataset) {
    switch loaded {
    case .undivided(let samples):
      self.init(source: source, samples: samples, parts: [Part("all", samples)])
    case .divided(let divided):
      let validation = divided.validation.map { [Part("validation", $0)] } ?? []
      self.init(
        source: source, samples: divided.training,
        parts: [Part("training", divided.training)] + validation + [Part("test", divided.test)])
    }
  }

  private init<Role>(source: String, samples: SampleSet<Role>, parts: [Part]) {
    self.source = source
    self.parts = parts
    sampleShape = samples.sampleShape
    classNames = samples.classNames
    featureNames = samples.featureNames
    minimum = samples.features.min() ?? 0
    maximum = samples.features.max() ?? 0
    origin = samples.origin?.source
    licence = samples.origin?.licence
  }

  var text: String {
    var lines = [
      "\(source): samples of \(sampleShape.map(String.init).joined(separator: "x")), values from \(minimum) to \(maximum)"
    ]
    if let origin, let licence { lines.append("from \(origin), licence \(licence)") }
    if !featureNames.isEmpty { lines.append("features: \(featureNames.joined(separator: ", "))") }
    let rows = classNames.enumerated().map { index, name in [name] + parts.map { "\($0.classSizes[index])" } }
    let total = ["all"] + parts.map { "\($0.count)" }
    lines.append(Table(columns: ["class"] + parts.map(\.name), rows: rows + [total]).text)
    return lines.joined(separator: "\n") + "\n"
  }
}
