import Randomness

/// An element of the Clifford group on up to 64 qubits, without its global phase: what it makes of every X and every Z.
///
/// `C X_q C^+` and `C Z_q C^+` are signed products of Pauli matrices that commute with each other as the X and Z themselves do;
/// they say all of C but its phase. So gates of a circuit and elements of the group are one type, and no matrix is needed.
///
/// ```swift
/// let bell = Clifford.h.on([0], of: 2).then(.cx)
/// print(bell.inverse.then(bell) == .identity(2))    // true
/// ```
/// Source: Gottesman, "The Heisenberg representation of quantum computers", 1998.
public struct Clifford: Sendable, Hashable {
  /// `C X_q C^+` by qubit.
  public let x: [SignedPauli]
  /// `C Z_q C^+` by qubit.
  public let z: [SignedPauli]

  /// How many qubits the element acts on.
  public var qubitCount: Int { x.count }

  /// The element with the given images.
  ///
  /// - Returns: nil unless all images are Hermitian, act on `x.count` qubits and commute as X and Z do.
  public init?(x: [SignedPauli], z: [SignedPauli]) {
    guard x.count == z.count, (1...64).contains(x.count) else { return nil }
    let beyond: UInt64 = x.count == 64 ? 0 : ~0 << UInt64(x.count)
    let images = x + z
    for (place, image) in images.enumerated() {
      guard image.isHermitian, (image.x | image.z) & beyond == 0 else { return nil }
      for (earlier, other) in images[..<place].enumerated() where image.commutes(with: other) == (place - earlier == x.count) {
        return nil
      }
    }
    self.init(imagesOfX: x, imagesOfZ: z)
  }

  /// Images that are known to fit.
  init(imagesOfX x: [SignedPauli], imagesOfZ z: [SignedPauli]) {
    self.x = x
    self.z = z
  }

  /// The element that changes nothing.
  public static func identity(_ qubitCount: Int) -> Clifford {
    precondition((1...64).contains(qubitCount), "Clifford: \(qubitCount) qubits, must be 1 to 64")
    return Clifford(imagesOfX: (0..<qubitCount).map { .x($0) }, imagesOfZ: (0..<qubitCount).map { .z($0) })
  }

  /// `C P C^+`.
  ///
  /// - Complexity: O(weight of P).
  public func image(of pauli: SignedPauli) -> SignedPauli {
    var result = SignedPauli(x: 0, z: 0, turns: pauli.turns)
    var rest = pauli.x | pauli.z
    while rest != 0 {
      let qubit = rest.trailingZeroBitCount
      rest &= rest - 1
      if pauli.x.has(qubit) { result = result * x[qubit] }
      if pauli.z.has(qubit) { result = result * z[qubit] }
    }
    return result
  }

  /// This element and then another on as many qubits.
  public func then(_ next: Clifford) -> Clifford {
    precondition(next.qubitCount == qubitCount, "Clifford: \(qubitCount) qubits, then \(next.qubitCount)")
    return Clifford(imagesOfX: x.map(next.image), imagesOfZ: z.map(next.image))
  }

  /// This element and then another whose qubit k is qubit `qubits[k]` here.
  ///
  /// - Complexity: O(n) for a gate.
  public func then(_ next: Clifford, on qubits: [Int]) -> Clifford {
    check(qubits, for: next, of: qubitCount)
    let others = ~qubits.reduce(0) { $0 | UInt64.bit($1) }
    func image(_ pauli: SignedPauli) -> SignedPauli {
      var local = SignedPauli(x: 0, z: 0, turns: 0)
      for (place, qubit) in qubits.enumerated() {
        if pauli.x.has(qubit) { local.x |= .bit(place) }
        if pauli.z.has(qubit) { local.z |= .bit(place) }
      }
      let rest = SignedPauli(x: pauli.x & others, z: pauli.z & others, turns: pauli.turns)
      return local.isIdentity ? rest : rest * next.image(of: local).mapped(to: qubits)
    }
    return Clifford(imagesOfX: x.map(image), imagesOfZ: z.map(image))
  }

  /// The element that undoes this one.
  ///
  /// The commutators with the images give the products; the signs follow from sending them back.
  public var inverse: Clifford {
    func preimage(of pauli: SignedPauli) -> SignedPauli {
      var (xMask, zMask): (UInt64, UInt64) = (0, 0)
      for qubit in 0..<qubitCount {
        if !pauli.commutes(with: z[qubit]) { xMask |= .bit(qubit) }
        if !pauli.commutes(with: x[qubit]) { zMask |= .bit(qubit) }
      }
      let candidate = SignedPauli(x: xMask, z: zMask)
      return image(of: candidate).isNegative ? -candidate : candidate
    }
    return Clifford(
      imagesOfX: (0..<qubitCount).map { preimage(of: .x($0)) }, imagesOfZ: (0..<qubitCount).map { preimage(of: .z($0)) })
  }

  /// The element whose qubit k is qubit `qubits[k]` of `count`.
  public func on(_ qubits: [Int], of count: Int) -> Clifford { Self.identity(count).then(self, on: qubits) }

  private func check(_ qubits: [Int], for element: Clifford, of count: Int) {
    precondition(
      qubits.count == element.qubitCount && Set(qubits).count == qubits.count && qubits.allSatisfy { (0..<count).contains($0) },
      "Clifford: qubits \(qubits) of \(count) for an element of \(element.qubitCount)")
  }

  /// Whether the element is a product of Pauli matrices.
  public var isPauli: Bool {
    (0..<qubitCount).allSatisfy { qubit in
      let (x, z, bit) = (x[qubit], z[qubit], UInt64.bit(qubit))
      return x.x == bit && x.z == 0 && z.x == 0 && z.z == bit
    }
  }
}

// The generators and their nearest relatives; the first qubit of CX is the control.
extension Clifford {
  private static func one(_ x: SignedPauli, _ z: SignedPauli) -> Clifford { Clifford(imagesOfX: [x], imagesOfZ: [z]) }
  /// The Hadamard gate.
  public static let h = one(.z(0), .x(0))
  /// The phase gate diag(1, i): X becomes Y.
  public static let s = one(SignedPauli(x: 1, z: 1), .z(0))
  /// diag(1, -i).
  public static let sdg = one(-SignedPauli(x: 1, z: 1), .z(0))
  /// X.
  public static let x = one(.x(0), -SignedPauli.z(0))
  /// Y.
  public static let y = one(-SignedPauli.x(0), -SignedPauli.z(0))
  /// Z.
  public static let z = one(-SignedPauli.x(0), .z(0))
  /// X on qubit 1 where qubit 0 is 1.
  public static let cx = Clifford(
    imagesOfX: [SignedPauli(x: 3, z: 0), .x(1)], imagesOfZ: [.z(0), SignedPauli(x: 0, z: 3)])
  /// Z on qubit 1 where qubit 0 is 1.
  public static let cz = Clifford(
    imagesOfX: [SignedPauli(x: 1, z: 2), SignedPauli(x: 2, z: 1)], imagesOfZ: [.z(0), .z(1)])
  /// Exchanges the qubits.
  public static let swap = Clifford(imagesOfX: [.x(1), .x(0)], imagesOfZ: [.z(1), .z(0)])
}

extension Clifford {
  /// How many elements the group has on n qubits, phases not counted: `2^(n^2 + 2n) prod_k (4^k - 1)`; 24, 11520, 92897280 ...
  public static func groupOrder(qubits count: Int) -> Double {
    (1...count).reduce(1.0) { product, k in
      let words = Double(sign: .plus, exponent: 2 * k, significand: 1)
      return product * 2 * words * (words - 1)
    }
  }

  /// A uniformly random element of the group.
  ///
  /// Images are drawn one after the other, each uniform among those that the earlier ones allow: a uniform product, its part that
  /// does not commute with earlier images taken off.
  ///
  /// - Complexity: O(n^2).
  public static func random(qubits count: Int, using source: inout RandomSource) -> Clifford {
    precondition((1...64).contains(count), "Clifford.random: \(count) qubits, must be 1 to 64")
    let mask: UInt64 = count == 64 ? ~0 : .bit(count) - 1
    var (x, z) = ([SignedPauli](), [SignedPauli]())
    /// Uniform among all products, signs included, that commute with all earlier images.
    func draw() -> SignedPauli {
      var pauli = SignedPauli(x: source.next() & mask, z: source.next() & mask)
      for (x, z) in zip(x, z) {
        let (withX, withZ) = (pauli.commutes(with: x), pauli.commutes(with: z))
        if !withZ { pauli = pauli * x }
        if !withX { pauli = pauli * z }
      }
      return SignedPauli(x: pauli.x, z: pauli.z, isNegative: source.next() & 1 == 1)
    }
    while x.count < count {
      var first = draw()
      while first.isIdentity { first = draw() }
      var second = draw()
      while second.commutes(with: first) { second = draw() }
      x.append(first)
      z.append(second)
    }
    return Clifford(imagesOfX: x, imagesOfZ: z)
  }
}
