/// The floating-point format in which amplitudes are kept. Angles, matrices and results are always `Double`.
public enum Precision: String, Sendable, Hashable, Codable, CaseIterable {
  case float, double

  /// Complex numbers in one block: W real parts of 64 bytes, then W imaginary parts.
  package var lanes: Int { self == .float ? 16 : 8 }
  /// log2 of `lanes`.
  package var laneBits: Int { self == .float ? 4 : 3 }
  /// Bytes of one complex amplitude.
  public var bytesPerAmplitude: Int { self == .float ? 8 : 16 }
  /// Bytes of a block in either precision.
  package static let blockBytes = 128
}
