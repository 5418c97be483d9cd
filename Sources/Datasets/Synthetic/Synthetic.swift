import Randomness

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Sets that are computed; the same arguments give the same samples on every machine up to rounding.
extension SampleSet where Role == UndividedRole {
  /// Two interleaved half circles of radius 1, centred at (0, 0) and (1, 1/2), evenly spaced, classes alternating.
  ///
  /// - Parameter noise: standard deviation of the normal noise on both coordinates.
  public static func moons(count: Int = 400, noise: Double = 0.1, seed: UInt64) -> Dataset {
    plane("moons", classNames: ["upper", "lower"], count: count, noise: noise, seed: seed) { label, place, places in
      let angle = Double.pi * Double(place) / Double(max(1, places - 1))
      return label == 0 ? (cos(angle), sin(angle)) : (1 - cos(angle), 0.5 - sin(angle))
    }
  }

  /// Two circles around the origin, the outer of radius 1, evenly spaced, classes alternating.
  ///
  /// - Parameters:
  ///   - radius: of the inner circle, in 0...1.
  ///   - noise: standard deviation of the normal noise on both coordinates.
  public static func circles(count: Int = 400, radius: Double = 0.5, noise: Double = 0.1, seed: UInt64) -> Dataset {
    precondition(radius >= 0 && radius <= 1, "Dataset.circles: radius is \(radius), must be in 0...1")
    return plane("circles", classNames: ["outer", "inner"], count: count, noise: noise, seed: seed) { label, place, places in
      let angle = 2 * Double.pi * Double(place) / Double(places)
      return label == 0 ? (cos(angle), sin(angle)) : (radius * cos(angle), radius * sin(angle))
    }
  }

  /// All bit strings of a length and whether their number of ones is odd; feature j is bit j, 0 or 1.
  ///
  /// - Parameter bits: 1 to 16.
  public static func parity(bits: Int = 4) -> Dataset {
    precondition(bits >= 1 && bits <= 16, "Dataset.parity: bits is \(bits), must be in 1...16")
    let strings = 0..<(1 << bits)
    return Dataset(
      trusting: "parity", features: strings.flatMap { string in (0..<bits).map { Float(string >> $0 & 1) } }, sampleShape: [bits],
      featureNames: [], targets: .classes(labels: strings.map { $0.nonzeroBitCount & 1 }, names: ["even", "odd"]), origin: .computed
    )
  }

  /// Round normal clouds around centres drawn uniformly from [-1, 1] in every coordinate, classes in turn.
  ///
  /// - Parameter spread: standard deviation of a cloud in every coordinate.
  public static func blobs(
    count: Int = 300, classes: Int = 3, features: Int = 2, spread: Double = 0.2, seed: UInt64
  ) -> Dataset {
    precondition(
      count >= 1 && classes >= 1 && features >= 1, "Dataset.blobs: \(count) samples, \(classes) classes, \(features) features")
    var source = RandomSource(seed: seed, stream: RandomPurpose.synthesis.rawValue)
    let centres = (0..<classes * features).map { _ in source.uniform(in: -1.0...1.0) }
    let labels = (0..<count).map { $0 % classes }
    let values = labels.flatMap { label in
      (0..<features).map { Float(centres[label * features + $0] + spread * source.normal()) }
    }
    return Dataset(
      trusting: "blobs", features: values, sampleShape: [features], featureNames: [],
      targets: .classes(labels: labels, names: (0..<classes).map(String.init)), origin: .computed)
  }

  /// Two curves in the plane with normal noise; `point` gives the coordinates of the place-th of the places on a class's curve.
  private static func plane(
    _ name: String, classNames: [String], count: Int, noise: Double, seed: UInt64,
    point: (_ label: Int, _ place: Int, _ places: Int) -> (Double, Double)
  ) -> Dataset {
    precondition(count >= 2, "Dataset.\(name): count is \(count), must be at least 2")
    precondition(noise >= 0, "Dataset.\(name): noise is \(noise), must not be negative")
    var source = RandomSource(seed: seed, stream: RandomPurpose.synthesis.rawValue)
    let labels = (0..<count).map { $0 % 2 }
    let features = (0..<count).flatMap { index -> [Float] in
      let (x, y) = point(labels[index], index / 2, (count + 1 - labels[index]) / 2)
      return [Float(x + noise * source.normal()), Float(y + noise * source.normal())]
    }
    return Dataset(
      trusting: name, features: features, sampleShape: [2], featureNames: ["x", "y"],
      targets: .classes(labels: labels, names: classNames), origin: .computed)
  }
}

extension DatasetOrigin {
  static let computed = DatasetOrigin(source: "computed by this library", licence: "none needed")
}

extension DatasetCatalog {
  /// The computed sets with their usual arguments.
  static let synthetic: [CatalogEntry] = [
    CatalogEntry(
      name: "moons", summary: "two interleaved half circles with noise", sampleShape: [2], featureNames: ["x", "y"],
      classNames: ["upper", "lower"], trainingCount: 400, testCount: nil, origin: .computed, availability: .synthetic
    ) { _, seed in .undivided(.moons(seed: seed)) },
    CatalogEntry(
      name: "circles", summary: "one circle inside another with noise", sampleShape: [2], featureNames: ["x", "y"],
      classNames: ["outer", "inner"], trainingCount: 400, testCount: nil, origin: .computed, availability: .synthetic
    ) { _, seed in .undivided(.circles(seed: seed)) },
    CatalogEntry(
      name: "blobs", summary: "three round clouds", sampleShape: [2], classNames: ["0", "1", "2"], trainingCount: 300,
      testCount: nil, origin: .computed, availability: .synthetic
    ) { _, seed in .undivided(.blobs(seed: seed)) },
    CatalogEntry(
      name: "parity", summary: "all strings of four bits, even or odd", sampleShape: [4], classNames: ["even", "odd"],
      trainingCount: 16, testCount: nil, origin: .computed, availability: .synthetic
    ) { _, _ in .undivided(.parity()) },
    CatalogEntry(
      name: "ad-hoc", summary: "the parity of a quantum feature map, rotated at random, with a gap", sampleShape: [2],
      featureNames: ["x1", "x2"], classNames: ["+1", "-1"], trainingCount: 40, testCount: 40, origin: .computed,
      availability: .synthetic
    ) { _, seed throws(DatasetError) in
      let problem = AdHocProblem(seed: seed)
      return .divided(
        DividedDataset(
          trusting: try problem.samples(perClass: 20, draw: 0).allForTraining(), validation: nil,
          test: try problem.samples(perClass: 20, draw: 1).allHeldOut()))
    },
  ]
}
