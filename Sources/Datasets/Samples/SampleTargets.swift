/// What a set of samples is to teach.
public enum SampleTargets: Sendable, Hashable {
  /// One class a sample, as an index into `names`.
  case classes(labels: [Int], names: [String])
  /// One real number a sample.
  case values([Double])
  /// Nothing: samples to predict on.
  case none

  /// What the targets are, in a word for messages.
  var kind: String {
    switch self {
    case .classes: "classes"
    case .values: "numbers"
    case .none: "none"
    }
  }

  /// The targets of some samples, in the order of `rows`.
  func selecting(_ rows: [Int]) -> SampleTargets {
    switch self {
    case .classes(let labels, let names): .classes(labels: rows.map { labels[$0] }, names: names)
    case .values(let values): .values(rows.map { values[$0] })
    case .none: .none
    }
  }
}
