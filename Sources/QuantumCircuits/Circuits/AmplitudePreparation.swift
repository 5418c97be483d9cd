import LinearAlgebra

/// Amplitudes of a state as expressions in features and parameters; the values are normalised when the circuit runs.
///
/// Missing entries are zeros; `imaginary` may be empty for real amplitudes.
public struct AmplitudePreparation: Sendable, Hashable {
  /// Real parts by basis state.
  public let real: [Angle]
  /// Imaginary parts by basis state.
  public let imaginary: [Angle]

  public init(real: [Angle], imaginary: [Angle] = []) {
    self.real = real
    self.imaginary = imaginary
  }

  /// How many amplitudes are given.
  public var count: Int { max(real.count, imaginary.count) }

  /// The amplitudes of one sample on all basis states of the targets, norm 1.
  ///
  /// - Parameter sample: the row of the data, for the message.
  /// - Throws: `PreparationError` when the values are all zero or not finite, and so have no direction.
  public func amplitudes(
    targetCount: Int, parameters: [Double] = [], features: [Double] = [], sample: Int = 0
  ) throws(PreparationError) -> [Complex<Double>] {
    func value(_ angles: [Angle], _ place: Int) -> Double {
      place < angles.count ? angles[place].value(parameters: parameters, features: features) : 0
    }
    let values = (0..<1 << targetCount).map { Complex(value(real, $0), value(imaginary, $0)) }
    // The largest entry is divided out first, so that tiny and huge vectors neither underflow nor overflow.
    let largest = values.map(\.magnitude).max() ?? 0
    guard largest.isFinite else { throw PreparationError(sample: sample, isZero: false) }
    guard largest > 0 else { throw PreparationError(sample: sample, isZero: true) }
    let scaled = values.map { $0 / Complex(largest) }
    let norm = scaled.reduce(0) { $0 + $1.lengthSquared }.squareRoot()
    return scaled.map { $0 / Complex(norm) }
  }
}

extension Instruction {
  var isPreparation: Bool { if case .preparation = kind { true } else { false } }
}

/// Why the values of a sample give no state.
public struct PreparationError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The row of the data.
  public let sample: Int
  /// Whether all values are zero; otherwise one is not finite.
  public let isZero: Bool

  public var description: String {
    isZero
      ? "amplitude encoding: sample \(sample) is the zero vector, which is no state; remove the row or add a constant feature"
      : "amplitude encoding: sample \(sample) has a value that is not finite; remove the row or fill in the value"
  }
}
