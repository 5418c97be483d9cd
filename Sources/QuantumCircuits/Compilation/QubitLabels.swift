import QuantumStates

/// Which bits of a basis index stand for which qubit, while permutations are only noted and not carried out.
struct QubitLabels {
  private(set) var qubits: [RelabelledQubit]

  init(qubitCount: Int) {
    qubits = (0..<qubitCount).map { RelabelledQubit(flips: 1 << $0, parity: 1 << $0, isInverted: false) }
  }

  /// Notes a permutation.
  mutating func apply(_ map: AffineMap, on targets: [Int]) {
    let old = targets.map { qubits[$0] }
    for (row, target) in targets.enumerated() {
      // The new value is a parity of old ones; flipping it alone flips those old ones from which the inverse makes them.
      var (flips, parity, isInverted) = (0, 0, map.shift >> row & 1 == 1)
      for (column, qubit) in old.enumerated() {
        if map.rows[row] >> column & 1 == 1 {
          parity ^= qubit.parity
          isInverted = isInverted != qubit.isInverted
        }
        if map.inverseRows[column] >> row & 1 == 1 { flips ^= qubit.flips }
      }
      qubits[target] = RelabelledQubit(flips: flips, parity: parity, isInverted: isInverted)
    }
  }

  /// The basis state that the amplitude at an index belongs to.
  func basisState(at index: Int) -> Int {
    qubits.enumerated().reduce(0) { $0 | $1.element.value(at: index) << $1.offset }
  }
}

/// A permutation of bit strings in which every bit of the image is a parity of bits, or its opposite: what CNOT, SWAP and X do.
struct AffineMap: Sendable {
  /// Bits whose parity each bit of the image is.
  let rows: [Int]
  let inverseRows: [Int]
  let shift: Int

  /// nil for other permutations, as that of a Toffoli gate.
  init?(images: [Int]) {
    let bits = images.count.trailingZeroBitCount
    shift = images[0]
    let columns = (0..<bits).map { images[1 << $0] ^ images[0] }
    for (value, image) in images.enumerated() {
      let linear = (0..<bits).reduce(0) { value >> $1 & 1 == 1 ? $0 ^ columns[$1] : $0 }
      guard linear ^ images[0] == image else { return nil }
    }
    func rows(_ columns: [Int]) -> [Int] {
      (0..<bits).map { row in (0..<bits).reduce(0) { $0 | (columns[$1] >> row & 1) << $1 } }
    }
    self.rows = rows(columns)
    var origins = images
    for (value, image) in images.enumerated() { origins[image ^ images[0]] = value }
    inverseRows = rows((0..<bits).map { origins[1 << $0] })
  }

  /// A permutation of targets under controls, as one of all of them, targets first.
  init?(images: [Int], controls: [Control]) {
    let targetBits = images.count.trailingZeroBitCount
    guard targetBits + controls.count <= 8 else { return nil }
    let holding = controls.enumerated().reduce(0) { $0 | ($1.element.isOne ? 1 : 0) << $1.offset }
    self.init(
      images: (0..<images.count << controls.count).map { value in
        value >> targetBits == holding ? images[value & (images.count - 1)] | holding << targetBits : value
      })
  }
}

/// The maps of permutations, each made once: a circuit has few of them, and many gates.
struct AffineMaps {
  private struct Key: Hashable {
    let images: [Int]
    let values: [Bool]
  }

  private var known: [Key: AffineMap?] = [:]

  /// nil where the permutation is no affine map.
  mutating func map(_ images: [Int], controls: [Control]) -> AffineMap? {
    let key = Key(images: images, values: controls.map(\.isOne))
    if let map = known[key] { return map }
    let map = AffineMap(images: images, controls: controls)
    // Large permutations are few; small ones have few values.
    if images.count <= 16 { known[key] = .some(map) }
    return map
  }
}
