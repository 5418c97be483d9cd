import ArgumentParser
import Datasets

/// What reproductions that compare trained networks are told.
struct ComparisonOptions: ParsableArguments {
  @Option(help: "\(DataSection.sourceHelp) Default: mnist.")
  var data: String?

  @Option(help: "Test data of a source without a test part of its own, as for train.")
  var test: String?

  @Option(help: "Resize images to this height and width.")
  var imageSize: Int?

  @Option(help: "Use at most this many training images.")
  var limit: Int?

  @Option(help: "Seeds: 1 to this number.")
  var seeds: Int?

  @Option(help: "Passes over the training images (default: the presets').")
  var epochs: Int?

  @Option(help: "Train only these networks: names, or beginnings of names, with commas between; v2* where v2 is a name too.")
  var only: String?

  @Flag(help: "Few passes over images of FashionMNIST that the program has with it.")
  var quick = false

  @Option(help: "The run folder to make, or to go on in (default: a new one in runs/).")
  var output: String?

  func validate() throws {
    for (name, value, range) in [
      ("--seeds", seeds, 1...1_000_000), ("--epochs", epochs, TrainingSection.epochCounts), ("--limit", limit, 1...Int.max),
      ("--image-size", imageSize, DataSection.imageSizes),
    ] {
      if let value, !range.contains(value) {
        throw ValidationError("\(name) wants a whole number from \(range.lowerBound) to \(range.upperBound), found \(value)")
      }
    }
    if quick, data != nil { throw ValidationError("--quick brings its own images; leave --data or --quick out") }
    if let test, Double(test).map({ !($0 > 0 && $0 <= 0.9) }) ?? false {
      throw ValidationError("--test wants a share above 0 and at most 0.9, or a data source, found \(test)")
    }
  }

  /// Where the images are from.
  var source: String { data ?? (quick ? DatasetCatalog.defaultName : "mnist") }

  /// The contestants on the data and for the passes that are asked for.
  ///
  /// - Parameter quickEpochs: passes of the quick form.
  func applied(to contestants: [Contestant], quickEpochs: Int) -> [Contestant] {
    contestants.map { contestant in
      var changed = contestant
      changed.configuration.data.source = source
      if let test { changed.configuration.data.test = DataSection.Held(argument: test) }
      if let limit { changed.configuration.data.limit = limit }
      if let imageSize { changed.configuration.data.imageSize = imageSize }
      if let epochs = epochs ?? (quick ? quickEpochs : nil) { changed.configuration.training.epochs = epochs }
      return changed
    }
  }

  /// Those that are to be trained.
  func chosen(among contestants: [Contestant]) throws -> [Contestant] {
    guard let only else { return contestants }
    let names = contestants.map(\.name)
    let beginnings = try beginnings(only, among: names)
    // A whole name means itself, though others begin with it.
    return contestants.filter { contestant in
      beginnings.contains { names.contains($0) ? contestant.name == $0 : contestant.name.hasPrefix(Self.withoutStar($0)) }
    }
  }

  private static func withoutStar(_ word: String) -> String { word.hasSuffix("*") ? String(word.dropLast()) : word }

  /// The beginnings of names in a list with commas, where names have commas of their own: the longest run of words that some name
  /// begins with is one. A star may end them.
  private func beginnings(_ list: String, among names: [String]) throws -> [String] {
    var words = list.split(separator: ",").map { $0.trimmingPrefix { $0 == " " } }[...]
    var beginnings: [String] = []
    while let first = words.first {
      let fitting = (1...words.count).reversed().first { count in
        names.contains { $0.hasPrefix(Self.withoutStar(words.prefix(count).joined(separator: ", "))) }
      }
      guard let fitting, !first.isEmpty else {
        throw ValidationError("--only: no network's name begins with '\(first)'. Networks: \(names.joined(separator: "; "))")
      }
      beginnings.append(words.prefix(fitting).joined(separator: ", "))
      words = words.dropFirst(fitting)
    }
    guard !beginnings.isEmpty else {
      throw ValidationError("--only wants the beginnings of names. Networks: \(names.joined(separator: "; "))")
    }
    return beginnings
  }

  /// The options that change numbers, as they are written.
  var words: [String] {
    (quick ? ["--quick"] : ["--data \(source)"])
      + [
        ("--test", test), ("--image-size", imageSize.map(String.init)), ("--limit", limit.map(String.init)),
        ("--epochs", epochs.map(String.init)),
      ]
      .compactMap { name, value in value.map { "\(name) \($0)" } }
  }
}
