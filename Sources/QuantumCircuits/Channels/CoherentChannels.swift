import LinearAlgebra
import QuantumStates
import RealModule

// Coherent errors: rotations that were not meant, written as channels so that noise models can insert them.

extension ChannelRow {
  static let overRotationX = overRotation("OverRotationX", .x, moved: (2, 3))
  static let overRotationY = overRotation("OverRotationY", .y, moved: (3, 1))
  static let overRotationZ = overRotation("OverRotationZ", .z, moved: (1, 2))

  /// - Parameter moved: the components (a, b) that turn into one another: a to cos a + sin b.
  private static func overRotation(_ word: String, _ axis: Pauli, moved: (Int, Int)) -> ChannelRow {
    let (a, b) = moved
    let kept = 6 - a - b
    return ChannelRow(
      word, strengths: [Strength("angle", in: -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude)],
      formula: "exp(-i ε \(axis.rawValue)/2) ρ exp(i ε \(axis.rawValue)/2)",
      help: "A rotation about \(axis.rawValue) by ε radians that was not meant: a coherent error.",
      transfer: { s, _ in
        [
          TransferEntry(0, 0, 1), TransferEntry(kept, kept, 1), TransferEntry(a, a, .cos(s[0])), TransferEntry(b, a, .sin(s[0])),
          TransferEntry(b, b, .cos(s[0])), TransferEntry(a, b, -.sin(s[0])),
        ]
      },
      kraus: { values, _ in
        [Complex(.cos(values[0] / 2)) * .identity(2) + Complex(0, -.sin(values[0] / 2)) * axis.matrix]
      },
      // The error of an angle, however slowly it is turned.
      stretch: { strengths, _, _ in strengths })
  }
}

/// A rotation about an axis by an angle that was not meant.
public func OverRotation(_ axis: Pauli, by angle: Angle, _ qubit: Int) -> Instruction {
  .channel(.overRotation(axis, by: angle), on: qubit)
}

extension Channel {
  /// A rotation about an axis by an angle, in radians, that was not meant: a coherent error.
  public static func overRotation(_ axis: Pauli, by angle: Angle) -> Channel {
    switch axis {
    case .x: Channel(.overRotationX, [angle])
    case .y: Channel(.overRotationY, [angle])
    case .z: Channel(.overRotationZ, [angle])
    }
  }
}
