import LinearAlgebra

/// What can be wrong with a state that somebody asks for.
public enum StateError: Error, Hashable, Sendable, CustomStringConvertible {
  /// More memory than this machine has free: bytes needed, what for, bytes available, the largest register that fits.
  case tooLarge(bytes: UInt64, purpose: String, available: UInt64, largestQubitCount: Int)
  /// A number of amplitudes that is no power of two.
  case amplitudeCount(Int)
  /// Amplitudes (or a matrix) that are not a state: what was found, with the tolerance.
  case notNormalized(found: Double, tolerance: Double)
  /// A matrix that should be Hermitian or positive is not: the property, the defect, the tolerance.
  case invalidMatrix(property: String, defect: Double, tolerance: Double)
  /// Not a number, or infinite, at this position.
  case nonFinite(index: Int)

  /// A mixture whose probabilities do not add up to 1.
  case probabilitySum(Double, tolerance: Double)
  /// A probability below 0, or no number, at this place of a mixture.
  case probability(Double, index: Int)
  /// A state of a mixture, at this place, of another length than the first one.
  case mixedLengths(found: Int, index: Int, expected: Int)
  /// A matrix that is not 2^n x 2^n.
  case matrixShape(rows: Int, columns: Int)
  /// An outcome of probability zero on which a state should be projected.
  case impossibleOutcome(BitString, qubits: [Int])
  /// A decomposition that failed.
  case linearAlgebra(LinearAlgebraError)

  public var description: String {
    switch self {
    case .tooLarge(let bytes, let purpose, let available, let largest):
      "\(purpose) needs \(Self.readable(bytes)), and \(Self.readable(available)) are free; "
        + "the largest register that fits has \(largest) qubits. Use fewer qubits, single precision or a smaller batch."
    case .amplitudeCount(let count):
      "\(count) amplitudes are no state of qubits: give 2, 4, 8, ... of them, padding with zeros."
    case .notNormalized(let found, let tolerance):
      "The squared norm (or trace) is \(found), not 1 within \(tolerance): normalize the input first."
    case .invalidMatrix(let property, let defect, let tolerance):
      "The matrix is not \(property): the defect is \(defect), the tolerance \(tolerance). Check the input."
    case .probabilitySum(let sum, let tolerance):
      "The probabilities of the ensemble add up to \(sum), not to 1 within \(tolerance): divide each by their sum."
    case .probability(let probability, let index):
      "The probability of state \(index) of the ensemble is \(probability), which is not in 0...1: correct it or leave the state out."
    case .mixedLengths(let found, let index, let expected):
      "State \(index) of the ensemble has \(found) amplitudes, the first one \(expected): give states of equally many qubits."
    case .matrixShape(let rows, let columns):
      "A \(rows) x \(columns) matrix is no state of qubits: give 2 x 2, 4 x 4, 8 x 8, ... entries."
    case .impossibleOutcome(let outcome, let qubits):
      "The outcome \(outcome) of qubits \(qubits) has probability 0: project onto one that can occur."
    case .linearAlgebra(let error):
      "\(error)"
    case .nonFinite(let index):
      "Entry \(index) is not a finite number: remove or replace it."
    }
  }

  private static func readable(_ bytes: UInt64) -> String {
    let units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
    var value = Double(bytes)
    var unit = 0
    while value >= 1024, unit < units.count - 1 { (value, unit) = (value / 1024, unit + 1) }
    return unit == 0 ? "\(bytes) bytes" : "\((value * 10).rounded() / 10) \(units[unit])"
  }
}
