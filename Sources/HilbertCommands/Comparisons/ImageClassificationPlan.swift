/// Which networks `reproduce image-classification` trains.
///
/// Source: Senokosov et al., "Quantum machine learning for image classification", 2024.
struct ImageClassificationPlan: Sendable {
  /// The two experiments of the paper that differ in more than their data.
  enum Part: String, CaseIterable, Sendable {
    /// HQNN-Parallel on all images.
    case parallel
    /// HQNN-Quanv on 500 images.
    case quanvolution = "quanv"
  }

  var part: Part
  /// Whether images have three channels, which the grey trunk is too small for.
  var isColour = false

  /// A classical substitute, its name and what becomes of the circuits.
  private static let substitutes: [(name: String, kind: ControlKind)] = [
    ("circuits removed", .removed), ("dense layers of equal size", .dense), ("random circuits, frozen", .frozen),
  ]

  static let hybridName = "HQNN-Parallel"
  static let classicalName = "classical, 8 times the parameters"

  /// The networks, the paper's first.
  func contestants() throws(ConfigurationError) -> [Contestant] {
    var contestants: [Contestant] = []
    switch part {
    case .parallel:
      let hybrid = try (isColour ? Preset.hqnnParallelColour : .hqnnParallel).configuration()
      contestants = [Contestant(Self.hybridName, hybrid)]
      if !isColour { contestants.append(Contestant(Self.classicalName, try Preset.hqnnParallelClassical.configuration())) }
      contestants += Self.substitutes.map { Contestant($0.name, hybrid, replacement: $0.kind) }
    case .quanvolution:
      func convolution(_ filters: Int) -> String { "conv2d: {filters: \(filters), kernel: 2, stride: 2}" }
      let filters: [(String, String?)] = [
        ("HQNN-Quanv", Preset.imageFilter), ("CNN1, as many weights", convolution(1)),
        ("CNN4, four times the weights", convolution(4)), ("no filter", nil),
      ]
      for (suffix, training, isRectified) in [("", Preset.properTraining, false), (", brief", Preset.briefTraining, true)] {
        for (name, filter) in filters {
          let yaml = Preset.quanvolution(filter, training, isRectified: isRectified)
          let configuration = try TrainingConfiguration(ConfigurationText(name: "\(name)\(suffix)", yaml: yaml))
          contestants.append(Contestant(name + suffix, configuration))
        }
        contestants.append(
          Contestant(
            "frozen filter\(suffix)", contestants[suffix.isEmpty ? 0 : filters.count + 1].configuration, replacement: .frozen))
      }
    }
    return contestants
  }
}

/// What the paper and re-implementations of it report.
enum ImageClassificationReference {
  /// Test accuracies by data set; the sources of the networks are in Documentation/ImageClassification.md.
  static func text(_ part: ImageClassificationPlan.Part) -> String {
    switch part {
    case .parallel:
      "paper: 99.21 % on MNIST with an eighth of the classical network's parameters, over 99 % on Medical MNIST, over 82 % on CIFAR-10"
    case .quanvolution:
      "paper, as quoted by a research note: 0.67 for HQNN-Quanv and 0.66 for CNN4 on 500 images of MNIST; a re-implementation: 0.70, CNN1 0.79, CNN4 0.67"
    }
  }
}
