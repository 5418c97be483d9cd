import Randomness

/// A stabilizer state of any number of qubits: the state that n independent commuting signed Pauli products leave as it is.
///
/// 2n products are kept, n stabilizers S_k and n destabilizers D_k, where D_k anticommutes with S_k and commutes with all other S.
/// A row holds one qubit's X bits (or Z bits) of all products, so that a gate works on 64 products at once, and so does a
/// measurement.
///
/// ```swift
/// var state = StabilizerState(qubits: 1000)
/// state.apply(.h, to: [0])
/// for qubit in 1..<1000 { state.apply(.cx, to: [qubit - 1, qubit]) }
/// print(state.expectation(x: Array(0..<1000)))    // 1
/// ```
/// Memory: n^2 / 2 bytes.
///
/// Source: Aaronson, Gottesman, "Improved simulation of stabilizer circuits", 2004, with products as `i^r X^x Z^z`.
public struct StabilizerState: ~Copyable {
  /// How many qubits.
  public let qubitCount: Int
  /// Words of the destabilizers; as many for the stabilizers follow.
  private let half: Int
  /// X bits by qubit: destabilizers, then stabilizers.
  private let x: BitPlanes
  private let z: BitPlanes
  /// The r of the phases i^r: row 0 the low bit, row 1 the high one; rows 2 to 4 are room to work in.
  private let phases: BitPlanes
  /// New X and Z rows of a gate's qubits.
  private var scratch: BitPlanes

  private var width: Int { 2 * half }

  /// |0...0>, stabilized by every Z.
  public init(qubits count: Int) {
    precondition(count >= 1, "StabilizerState: \(count) qubits, must be at least 1")
    qubitCount = count
    half = (count + 63) / 64
    x = BitPlanes(rows: count, width: 2 * half)
    z = BitPlanes(rows: count, width: 2 * half)
    phases = BitPlanes(rows: 5, width: 2 * half)
    scratch = BitPlanes(rows: 4, width: 2 * half)
    for qubit in 0..<count {
      x[qubit, qubit] = true
      z[qubit, 64 * half + qubit] = true
    }
  }

  private init(copying other: borrowing StabilizerState) {
    qubitCount = other.qubitCount
    half = other.half
    x = other.x.copy()
    z = other.z.copy()
    phases = other.phases.copy()
    scratch = BitPlanes(rows: 4, width: 2 * half)
  }

  /// A second state, equal to this one.
  public borrowing func copy() -> StabilizerState { StabilizerState(copying: self) }

  /// Applies an element of the Clifford group whose qubit k is `qubits[k]`.
  ///
  /// - Complexity: O(n / 64) for a gate.
  public mutating func apply(_ clifford: Clifford, to qubits: [Int]) {
    check(qubits, clifford.qubitCount)
    let count = qubits.count
    if scratch.rowCount < 2 * count { scratch = BitPlanes(rows: 2 * count, width: width) }
    scratch.clear()
    let (low, high, newX, newZ) = (phases[0], phases[1], scratch[0], scratch[count])
    /// Multiplies the products that have a bit in `mask` by an image.
    func multiply(_ image: SignedPauli, where mask: UnsafePointer<UInt64>) {
      let turns = image.turns
      for place in 0..<count where image.x.has(place) {
        let (xRow, zRow) = (newX + place * width, newZ + place * width)
        for word in 0..<width {
          high[word] ^= zRow[word] & mask[word]
          xRow[word] ^= mask[word]
        }
      }
      for place in 0..<count where image.z.has(place) { Words.xor(newZ + place * width, mask, width) }
      guard turns != 0 else { return }
      for word in 0..<width { Self.add(turns, &low[word], &high[word], mask[word]) }
    }
    for (place, qubit) in qubits.enumerated() {
      multiply(clifford.x[place], where: x[qubit])
      multiply(clifford.z[place], where: z[qubit])
    }
    for (place, qubit) in qubits.enumerated() {
      x[qubit].update(from: newX + place * width, count: width)
      z[qubit].update(from: newZ + place * width, count: width)
    }
  }

  /// Adds a number in 0..<4 to the two-bit numbers in `mask`.
  @inline(__always)
  private static func add(_ turns: Int, _ low: inout UInt64, _ high: inout UInt64, _ mask: UInt64) {
    if turns & 1 == 1 {
      high ^= low & mask
      low ^= mask
    }
    if turns & 2 == 2 { high ^= mask }
  }

  // MARK: - Observables

  /// The Hermitian product with X on the qubits of `x`, Z on those of `z` and Y on those of both: <P>, which is -1, 0 or 1.
  ///
  /// - Complexity: O(weight n / 64) where it is 0, O(n^2 / 64) otherwise.
  public func expectation(x: [Int] = [], z: [Int] = []) -> Int {
    let factors = factors(x: x, z: z)
    findAnticommuting(with: factors)
    return firstStabilizer == nil ? (determined(factors) ? -1 : 1) : 0
  }

  /// Measures the Hermitian product with X on the qubits of `x`, Z on those of `z` and Y on those of both.
  ///
  /// - Parameter outcome: taken where both outcomes have probability 1/2; the state collapses to it.
  /// - Returns: the outcome, true for -1, and whether the state alone decided it.
  /// - Complexity: O(n^2 / 64).
  @discardableResult
  public mutating func measure(
    x: [Int] = [], z: [Int] = [], otherwise outcome: @autoclosure () -> Bool
  ) -> (outcome: Bool, isDetermined: Bool) {
    let factors = factors(x: x, z: z)
    findAnticommuting(with: factors)
    guard let pivot = firstStabilizer else { return (determined(factors), true) }
    let result = outcome()
    collapse(factors, pivot: pivot, isNegative: result)
    return (result, false)
  }

  /// Measures Z of a qubit; true for |1>.
  @discardableResult
  public mutating func measure(_ qubit: Int, using source: inout RandomSource) -> Bool {
    measure(z: [qubit], otherwise: source.next() & 1 == 1).outcome
  }

  /// The k-th stabilizer: qubits with X or Y, qubits with Z or Y, and its sign.
  public func stabilizer(_ index: Int) -> (x: [Int], z: [Int], isNegative: Bool) {
    precondition((0..<qubitCount).contains(index), "StabilizerState: stabilizer \(index) of \(qubitCount)")
    let bit = 64 * half + index
    let (xs, zs) = ((0..<qubitCount).filter { x[$0, bit] }, (0..<qubitCount).filter { z[$0, bit] })
    let turns = (phases[0, bit] ? 1 : 0) + (phases[1, bit] ? 2 : 0)
    return (xs, zs, (turns - Set(xs).intersection(zs).count) & 3 == 2)
  }

  private typealias Factor = (qubit: Int, x: Bool, z: Bool)

  private func factors(x: [Int], z: [Int]) -> [Factor] {
    let (xs, zs) = (Set(x), Set(z))
    precondition(
      xs.count == x.count && zs.count == z.count && xs.union(zs).allSatisfy { (0..<qubitCount).contains($0) },
      "StabilizerState: a product with X on \(x) and Z on \(z), on \(qubitCount) qubits")
    return xs.union(zs).sorted().map { ($0, xs.contains($0), zs.contains($0)) }
  }

  /// Leaves in row 2 of `phases` which products anticommute with that of the factors.
  private func findAnticommuting(with factors: [Factor]) {
    let mask = phases[2]
    mask.update(repeating: 0, count: width)
    for factor in factors {
      if factor.x { Words.xor(mask, z[factor.qubit], width) }
      if factor.z { Words.xor(mask, x[factor.qubit], width) }
    }
  }

  /// The first stabilizer in the mask of `findAnticommuting`, as a bit of a row.
  private var firstStabilizer: Int? {
    let mask = phases[2]
    guard let word = (half..<width).first(where: { mask[$0] != 0 }) else { return nil }
    return 64 * word + mask[word].trailingZeroBitCount
  }

  /// The sign of a product that commutes with all stabilizers: that of the product of those whose destabilizers it anticommutes
  /// with.
  private func determined(_ factors: [Factor]) -> Bool {
    let mask = UnsafePointer(phases[2])
    let (low, high) = (phases[0] + half, phases[1] + half)
    var turns = 0
    for word in 0..<half {
      turns += (low[word] & mask[word]).nonzeroBitCount + 2 * (high[word] & mask[word]).nonzeroBitCount
    }
    for qubit in 0..<qubitCount where Words.orderedPairs(z[qubit] + half, x[qubit] + half, mask: mask, half) { turns += 2 }
    return (turns - factors.count { $0.x && $0.z }) & 3 == 2
  }

  /// Makes a product with the given sign a stabilizer in place of the pivot, which becomes its destabilizer.
  private func collapse(_ factors: [Factor], pivot: Int, isNegative: Bool) {
    let (low, high, mask, parity) = (phases[0], phases[1], phases[2], phases[3])
    let turns = (phases[0, pivot] ? 1 : 0) + (phases[1, pivot] ? 2 : 0)
    let partner = pivot - 64 * half
    phases[2, pivot] = false
    parity.update(repeating: 0, count: width)
    for qubit in 0..<qubitCount {
      let (hasX, hasZ) = (x[qubit, pivot], z[qubit, pivot])
      if hasX {
        Words.xor(parity, z[qubit], width)
        Words.xor(x[qubit], mask, width)
      }
      if hasZ { Words.xor(z[qubit], mask, width) }
      x[qubit, partner] = hasX
      z[qubit, partner] = hasZ
      x[qubit, pivot] = false
      z[qubit, pivot] = false
    }
    for word in 0..<width {
      high[word] ^= parity[word] & mask[word]
      Self.add(turns, &low[word], &high[word], mask[word])
    }
    var newTurns = isNegative ? 2 : 0
    for factor in factors {
      x[factor.qubit, pivot] = factor.x
      z[factor.qubit, pivot] = factor.z
      if factor.x && factor.z { newTurns += 1 }
    }
    (phases[0, partner], phases[1, partner]) = (turns & 1 == 1, turns & 2 == 2)
    (phases[0, pivot], phases[1, pivot]) = (newTurns & 1 == 1, newTurns & 2 == 2)
  }

  private func check(_ qubits: [Int], _ count: Int) {
    precondition(
      qubits.count == count && Set(qubits).count == count && qubits.allSatisfy { (0..<qubitCount).contains($0) },
      "StabilizerState: qubits \(qubits) for \(count) of \(qubitCount)")
  }
}
