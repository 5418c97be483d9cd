import LinearAlgebra

/// Why there is no such channel.
public enum ChannelError: Error, Sendable, Hashable, CustomStringConvertible {
  /// A strength outside its range.
  case strength(channel: String, name: String, found: Double, range: ClosedRange<Double>)
  /// Strengths that do not go together.
  case strengths(channel: String, reason: String)
  /// Matrices that do not fit: what was expected, what was found.
  case shape(expected: String, found: String)
  /// An entry that is not a finite number.
  case nonFinite
  /// The map does not keep the trace (or Hermiticity): the largest deviation and the tolerance.
  case notTracePreserving(defect: Double, tolerance: Double)
  /// The map is not completely positive: minus the least eigenvalue of the Choi matrix, and the tolerance.
  case notCompletelyPositive(defect: Double, tolerance: Double)
  /// The map takes Hermitian matrices to others.
  case notHermitian(defect: Double, tolerance: Double)
  /// Probabilities that are negative or do not add up to 1.
  case probabilities(sum: Double, least: Double)
  /// A decomposition that failed.
  case linearAlgebra(LinearAlgebraError)

  public var description: String {
    switch self {
    case .strength(let channel, let name, let found, let range):
      "\(channel): \(name) is \(found), allowed are \(Self.readable(range))."
    case .strengths(let channel, let reason): "\(channel): \(reason)."
    case .shape(let expected, let found): "A channel needs \(expected), got \(found)."
    case .nonFinite: "A channel's matrix has an entry that is not a finite number: check the input."
    case .notTracePreserving(let defect, let tolerance):
      "The map does not keep the trace: Σ K†K differs from the identity by \(defect), the tolerance is \(tolerance). "
        + "Check the scale of the operators, or add the one that is missing."
    case .notCompletelyPositive(let defect, let tolerance):
      "The map is not completely positive: its Choi matrix has the eigenvalue \(-defect), the tolerance is \(tolerance)."
    case .notHermitian(let defect, let tolerance):
      "The map takes Hermitian matrices to others: the defect is \(defect), the tolerance \(tolerance). Check the order of indices."
    case .probabilities(let sum, let least):
      "Probabilities must be at least 0 and add up to 1, these add up to \(sum) and the least is \(least)."
    case .linearAlgebra(let error): "\(error)"
    }
  }

  private static func readable(_ range: ClosedRange<Double>) -> String {
    switch (range.lowerBound, range.upperBound) {
    case (0, .greatestFiniteMagnitude): "numbers of at least 0"
    case (_, .greatestFiniteMagnitude): range.lowerBound > 0 ? "numbers above 0" : "finite numbers"
    default: "\(range.lowerBound) to \(range.upperBound)"
    }
  }
}
