import LinearAlgebra

/// A product of Pauli matrices on distinct qubits, the Hermitian observable `X0 Z2`, without a coefficient.
///
/// Two masks say which matrix acts where: bit q of `xMask` alone means X, of `zMask` alone Z, of both Y, of neither the identity.
/// Convention: the word is the product of the matrices themselves, so a qubit in both masks carries Y = iXZ with its i:
/// `W = i^|x & z| X^x Z^z`, and `W |k> = i^|x & z| (-1)^|z & k| |k xor x>`.
public struct PauliWord: Sendable, Hashable {
  /// The qubits on which X or Y acts: those that the word flips.
  public let xMask: UInt64
  /// The qubits on which Z or Y acts: those whose value gives a sign.
  public let zMask: UInt64

  /// The qubits that a word can act on.
  public static let qubitRange = 0..<64
  /// The empty product.
  public static let identity = PauliWord(xMask: 0, zMask: 0)

  public init(xMask: UInt64, zMask: UInt64) {
    self.xMask = xMask
    self.zMask = zMask
  }

  /// The word with the given factors, at most one on a qubit.
  public init(_ factors: [PauliFactor]) {
    var xMask: UInt64 = 0
    var zMask: UInt64 = 0
    for factor in factors {
      let bit = UInt64(1) << UInt64(factor.qubit)
      precondition((xMask | zMask) & bit == 0, "PauliWord: qubit \(factor.qubit) has two factors in \(factors)")
      if factor.pauli != .z { xMask |= bit }
      if factor.pauli != .x { zMask |= bit }
    }
    self.init(xMask: xMask, zMask: zMask)
  }

  /// The qubits on which the word is not the identity, ascending.
  public var qubits: [Int] { Self.qubitRange.filter { self[$0] != nil } }

  /// The matrix on one qubit; nil where the word is the identity.
  public subscript(qubit: Int) -> Pauli? {
    switch (xMask >> UInt64(qubit) & 1, zMask >> UInt64(qubit) & 1) {
    case (1, 0): .x
    case (1, 1): .y
    case (0, 1): .z
    default: nil
    }
  }

  /// The factors, qubits ascending.
  public var factors: [PauliFactor] { qubits.map { PauliFactor(self[$0]!, $0) } }

  /// How many qubits the word acts on.
  public var weight: Int { (xMask | zMask).nonzeroBitCount }
  /// One more than the highest qubit that the word acts on; 0 for the identity.
  public var qubitCount: Int { 64 - (xMask | zMask).leadingZeroBitCount }
  /// Whether the word is a product of Z alone.
  public var isDiagonal: Bool { xMask == 0 }
  /// Whether the word acts on no qubit.
  public var isIdentity: Bool { xMask | zMask == 0 }
  /// The k of the factor i^k between the word and `X^x Z^z`: the number of Y, modulo 4.
  public var yCount: Int { (xMask & zMask).nonzeroBitCount }

  /// Whether the two words commute; otherwise they anticommute.
  public func commutes(with other: PauliWord) -> Bool {
    ((xMask & other.zMask).nonzeroBitCount + (zMask & other.xMask).nonzeroBitCount) % 2 == 0
  }

  /// The product `self * other` as a word and the k of its phase i^k.
  ///
  /// From `X^a Z^b X^c Z^d = (-1)^|b & c| X^(a xor c) Z^(b xor d)`.
  public func product(with other: PauliWord) -> (word: PauliWord, quarterTurns: Int) {
    let word = PauliWord(xMask: xMask ^ other.xMask, zMask: zMask ^ other.zMask)
    let turns = yCount + other.yCount + 2 * (zMask & other.xMask).nonzeroBitCount - word.yCount
    return (word, (turns % 4 + 4) % 4)
  }

  /// The word with qubit q moved to `qubits[q]`.
  public func mapped(to qubits: [Int]) -> PauliWord {
    precondition(qubitCount <= qubits.count, "PauliWord: \(self) acts on qubit \(qubitCount - 1), the map names \(qubits.count)")
    return PauliWord(factors.map { PauliFactor($0.pauli, qubits[$0.qubit]) })
  }

  /// The 2^n x 2^n matrix on the given number of qubits.
  public func matrix(qubits count: Int) -> ComplexMatrix {
    precondition(
      qubitCount <= count && count <= 12, "PauliWord: a matrix on \(count) qubits; \(self) needs \(qubitCount), the limit is 12")
    let phases: [Complex<Double>] = [1, .i, -1, Complex(0, -1)]
    var result = ComplexMatrix(rows: 1 << count, columns: 1 << count)
    for column in 0..<UInt64(1) << UInt64(count) {
      let sign = 2 * (zMask & column).nonzeroBitCount
      result[Int(column ^ xMask), Int(column)] = phases[(yCount + sign) % 4]
    }
    return result
  }
}

extension PauliWord: CustomStringConvertible {
  /// For example `X0 Z2`; the identity is `I`.
  public var description: String {
    isIdentity ? "I" : factors.map { "\($0.pauli.rawValue)\($0.qubit)" }.joined(separator: " ")
  }
}

extension PauliWord: Comparable {
  /// By weight, then by qubits: the order in which sums list their terms.
  public static func < (left: PauliWord, right: PauliWord) -> Bool {
    if left.weight != right.weight { return left.weight < right.weight }
    let (leftQubits, rightQubits) = (left.qubits, right.qubits)
    if leftQubits != rightQubits { return leftQubits.lexicographicallyPrecedes(rightQubits) }
    return left.factors.map(\.pauli.rawValue).lexicographicallyPrecedes(right.factors.map(\.pauli.rawValue))
  }
}
