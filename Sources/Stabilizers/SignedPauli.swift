/// A product of Pauli matrices on up to 64 qubits with a phase: `i^turns X^x Z^z`, every X before every Z.
///
/// Convention: in this order a product needs no table, `(X^a Z^b)(X^c Z^d) = (-1)^|b & c| X^(a xor c) Z^(b xor d)`. Y is `i X Z`,
/// so that a Hermitian product of m factors Y has an odd number of turns where m is odd.
public struct SignedPauli: Sendable, Hashable {
  /// The qubits with X or Y.
  public var x: UInt64
  /// The qubits with Z or Y.
  public var z: UInt64
  /// The k of the phase i^k, in 0..<4.
  public private(set) var turns: Int

  /// `i^turns X^x Z^z`; any integer as the number of turns.
  public init(x: UInt64, z: UInt64, turns: Int) {
    self.x = x
    self.z = z
    self.turns = turns & 3
  }

  /// The Hermitian product with X on the qubits of `x` alone, Z on those of `z` alone and Y on those of both.
  public init(x: UInt64, z: UInt64, isNegative: Bool = false) {
    self.init(x: x, z: z, turns: (x & z).nonzeroBitCount + (isNegative ? 2 : 0))
  }

  /// X on a qubit.
  public static func x(_ qubit: Int) -> SignedPauli { SignedPauli(x: .bit(qubit), z: 0) }
  /// Z on a qubit.
  public static func z(_ qubit: Int) -> SignedPauli { SignedPauli(x: 0, z: .bit(qubit)) }
  /// The empty product.
  public static let identity = SignedPauli(x: 0, z: 0)

  /// The k of the factor i^k before the product of X, Y and Z themselves: 0 and 2 for the signs + and -.
  public var phase: Int { (turns - (x & z).nonzeroBitCount) & 3 }
  /// Whether the product is an observable: its factor is + or -.
  public var isHermitian: Bool { phase & 1 == 0 }
  /// Whether the factor is - (or -i).
  public var isNegative: Bool { phase >= 2 }
  /// Whether no qubit has a factor; the phase is not looked at.
  public var isIdentity: Bool { x | z == 0 }

  /// Whether the two products commute; otherwise they anticommute.
  public func commutes(with other: SignedPauli) -> Bool {
    ((x & other.z).nonzeroBitCount + (z & other.x).nonzeroBitCount) & 1 == 0
  }

  /// The product, the left one acting last.
  public static func * (left: SignedPauli, right: SignedPauli) -> SignedPauli {
    SignedPauli(
      x: left.x ^ right.x, z: left.z ^ right.z, turns: left.turns + right.turns + 2 * (left.z & right.x).nonzeroBitCount)
  }

  /// The product times -1.
  public static prefix func - (pauli: SignedPauli) -> SignedPauli {
    SignedPauli(x: pauli.x, z: pauli.z, turns: pauli.turns + 2)
  }

  /// The product with the factor of qubit q on `qubits[q]`.
  public func mapped(to qubits: [Int]) -> SignedPauli {
    var (x, z): (UInt64, UInt64) = (0, 0)
    for (place, qubit) in qubits.enumerated() {
      if self.x.has(place) { x |= .bit(qubit) }
      if self.z.has(place) { z |= .bit(qubit) }
    }
    return SignedPauli(x: x, z: z, turns: turns)
  }
}

extension SignedPauli: CustomStringConvertible {
  /// For example `-X0 Y2`; the identity is `+I`.
  public var description: String {
    let factors = (0..<64).compactMap { qubit -> String? in
      switch (x.has(qubit), z.has(qubit)) {
      case (true, false): "X\(qubit)"
      case (true, true): "Y\(qubit)"
      case (false, true): "Z\(qubit)"
      default: nil
      }
    }
    return ["+", "+i ", "-", "-i "][phase] + (factors.isEmpty ? "I" : factors.joined(separator: " "))
  }
}

extension UInt64 {
  /// The word with one bit set.
  @inline(__always)
  static func bit(_ place: Int) -> UInt64 { 1 &<< UInt64(truncatingIfNeeded: place) }

  /// Whether a bit is set.
  @inline(__always)
  func has(_ place: Int) -> Bool { self &>> UInt64(truncatingIfNeeded: place) & 1 == 1 }
}
