import LinearAlgebra
import QuantumCircuits

typealias Entries = [[Complex<Double>]]

/// The matrices of the gates as their sources print them, written entry by entry and independently of the gate table.
enum PublishedMatrices {
  /// e^{ix}.
  private static func e(_ x: Double) -> Complex<Double> { Complex(length: 1, phase: x) }
  private static func real(_ x: Double) -> Complex<Double> { Complex(x) }
  private static let i = Complex<Double>.i
  private static let half = Complex(0.5)
  private static let root = Complex(0.5.squareRoot())

  /// A matrix printed with the first listed qubit as the most significant bit, as PennyLane, Cirq and most papers do.
  private static func firstQubitHighest(_ entries: Entries) -> Entries {
    let bits = entries.count.trailingZeroBitCount
    func reversed(_ index: Int) -> Int { (0..<bits).reduce(0) { $0 | (index >> $1 & 1) << (bits - 1 - $1) } }
    return entries.indices.map { row in entries.indices.map { entries[reversed(row)][reversed($0)] } }
  }

  /// A one-qubit matrix under a control that is printed first and highest.
  private static func controlled(_ m: Entries) -> Entries {
    firstQubitHighest([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, m[0][0], m[0][1]], [0, 0, m[1][0], m[1][1]]])
  }

  private static func diagonal(_ entries: Complex<Double>...) -> Entries {
    entries.indices.map { row in entries.indices.map { $0 == row ? entries[row] : 0 } }
  }

  private static func rx(_ t: Double) -> Entries {
    [[real(.cos(t / 2)), -i * real(.sin(t / 2))], [-i * real(.sin(t / 2)), real(.cos(t / 2))]]
  }

  private static func ry(_ t: Double) -> Entries {
    [[real(.cos(t / 2)), real(-.sin(t / 2))], [real(.sin(t / 2)), real(.cos(t / 2))]]
  }

  private static func rz(_ t: Double) -> Entries { diagonal(e(-t / 2), e(t / 2)) }

  /// Qiskit's UGate: no global phase.
  private static func qiskitU(_ t: Double, _ phi: Double, _ lambda: Double) -> Entries {
    [
      [real(.cos(t / 2)), -e(lambda) * real(.sin(t / 2))],
      [e(phi) * real(.sin(t / 2)), e(phi + lambda) * real(.cos(t / 2))],
    ]
  }

  private static func scaled(_ factor: Complex<Double>, _ m: Entries) -> Entries { m.map { $0.map { factor * $0 } } }

  /// PennyLane's Rot(phi, theta, omega).
  private static func rot(_ phi: Double, _ t: Double, _ omega: Double) -> Entries {
    [
      [e(-(phi + omega) / 2) * real(.cos(t / 2)), -e((phi - omega) / 2) * real(.sin(t / 2))],
      [e(-(phi - omega) / 2) * real(.sin(t / 2)), e((phi + omega) / 2) * real(.cos(t / 2))],
    ]
  }

  /// The identity with some entries replaced.
  private static func identity(_ dimension: Int, _ entries: [(Int, Int, Complex<Double>)]) -> Entries {
    var result = (0..<dimension).map { row in (0..<dimension).map { Complex<Double>($0 == row ? 1 : 0) } }
    for (row, column, value) in entries { result[row][column] = value }
    return result
  }

  private static let h: Entries = [[root, root], [root, -root]]

  static let oneQubit: [Gate: @Sendable ([Double]) -> Entries] = [
    .id: { _ in [[1, 0], [0, 1]] },
    .x: { _ in [[0, 1], [1, 0]] },
    .y: { _ in [[0, -i], [i, 0]] },
    .z: { _ in [[1, 0], [0, -1]] },
    .h: { _ in h },
    .s: { _ in [[1, 0], [0, i]] },
    .sdg: { _ in [[1, 0], [0, -i]] },
    .t: { _ in [[1, 0], [0, root + i * root]] },
    .tdg: { _ in [[1, 0], [0, root - i * root]] },
    .w: { _ in [[0, root * (1 - i)], [root * (1 + i), 0]] },
    .sx: { _ in scaled(half, [[1 + i, 1 - i], [1 - i, 1 + i]]) },
    .sxdg: { _ in scaled(half, [[1 - i, 1 + i], [1 + i, 1 - i]]) },
    .sy: { _ in scaled(half, [[1 + i, -1 - i], [1 + i, 1 + i]]) },
    .sydg: { _ in scaled(half, [[1 - i, 1 - i], [-1 + i, 1 - i]]) },
    .sw: { _ in scaled(half, [[1 + i, -i * real(2.squareRoot())], [real(2.squareRoot()), 1 + i]]) },
    .swdg: { _ in scaled(half, [[1 - i, real(2.squareRoot())], [i * real(2.squareRoot()), 1 - i]]) },
    .rx: { rx($0[0]) },
    .ry: { ry($0[0]) },
    .rz: { rz($0[0]) },
    .r: {
      let (c, s) = (real(.cos($0[0] / 2)), real(.sin($0[0] / 2)))
      return [[c, -i * e(-$0[1]) * s], [-i * e($0[1]) * s, c]]
    },
    .raxis: {
      let (c, s) = (real(.cos($0[0] / 2)), real(.sin($0[0] / 2)))
      let (x, y, z) = (.sin($0[1]) * .cos($0[2]), .sin($0[1]) * .sin($0[2]), Double.cos($0[1]))
      return [[c - i * s * real(z), -s * Complex(y, x)], [s * Complex(y, -x), c + i * s * real(z)]]
    },
    .rot: { rot($0[0], $0[1], $0[2]) },
    .p: { diagonal(1, e($0[0])) },
    .u1: { diagonal(1, e($0[0])) },
    .u2: { scaled(e(-($0[0] + $0[1]) / 2) * root, [[1, -e($0[1])], [e($0[0]), e($0[0] + $0[1])]]) },
    .u3: { scaled(e(-($0[1] + $0[2]) / 2), qiskitU($0[0], $0[1], $0[2])) },
    .u: {
      let (theta, phi, lambda) = ($0[0], $0[1], $0[2])
      return scaled(
        half,
        [
          [1 + e(theta), -i * e(lambda) * (1 - e(theta))],
          [i * e(phi) * (1 - e(theta)), e(phi + lambda) * (1 + e(theta))],
        ])
    },
    .gphase: { [[e($0[0])]] },
  ]

  static let controlledGates: [Gate: @Sendable ([Double]) -> Entries] = [
    .cx: { _ in [[1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0], [0, 1, 0, 0]] },
    .cy: { _ in controlled([[0, -i], [i, 0]]) },
    .cz: { _ in diagonal(1, 1, 1, -1) },
    .ch: { _ in controlled(h) },
    .cs: { _ in diagonal(1, 1, 1, i) },
    .csdg: { _ in diagonal(1, 1, 1, -i) },
    .cp: { diagonal(1, 1, 1, e($0[0])) },
    .crx: { controlled(rx($0[0])) },
    .cry: { controlled(ry($0[0])) },
    .crz: { diagonal(1, e(-$0[0] / 2), 1, e($0[0] / 2)) },
    .crot: { controlled(rot($0[0], $0[1], $0[2])) },
    .cu: { controlled(scaled(e($0[3]), qiskitU($0[0], $0[1], $0[2]))) },
    .ccx: { _ in identity(8, [(3, 3, 0), (7, 7, 0), (3, 7, 1), (7, 3, 1)]) },
    .ccz: { _ in diagonal(1, 1, 1, 1, 1, 1, 1, -1) },
    .cswap: { _ in identity(8, [(3, 3, 0), (5, 5, 0), (3, 5, 1), (5, 3, 1)]) },
  ]

  static let twoQubits: [Gate: @Sendable ([Double]) -> Entries] = [
    .swap: { _ in [[1, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 1]] },
    .sswap: { _ in [[1, 0, 0, 0], [0, (1 + i) * half, (1 - i) * half, 0], [0, (1 - i) * half, (1 + i) * half, 0], [0, 0, 0, 1]] },
    .sswapdg: { _ in
      [[1, 0, 0, 0], [0, (1 - i) * half, (1 + i) * half, 0], [0, (1 + i) * half, (1 - i) * half, 0], [0, 0, 0, 1]]
    },
    .iswap: { _ in [[1, 0, 0, 0], [0, 0, i, 0], [0, i, 0, 0], [0, 0, 0, 1]] },
    .iswapdg: { _ in [[1, 0, 0, 0], [0, 0, -i, 0], [0, -i, 0, 0], [0, 0, 0, 1]] },
    .siswap: { _ in [[1, 0, 0, 0], [0, root, i * root, 0], [0, i * root, root, 0], [0, 0, 0, 1]] },
    .siswapdg: { _ in [[1, 0, 0, 0], [0, root, -i * root, 0], [0, -i * root, root, 0], [0, 0, 0, 1]] },
    .ecr: { _ in scaled(root, [[0, 1, 0, i], [1, 0, -i, 0], [0, i, 0, 1], [-i, 0, 1, 0]]) },
    .rxx: {
      let (c, s) = (real(.cos($0[0] / 2)), -i * real(.sin($0[0] / 2)))
      return [[c, 0, 0, s], [0, c, s, 0], [0, s, c, 0], [s, 0, 0, c]]
    },
    .ryy: {
      let (c, s) = (real(.cos($0[0] / 2)), -i * real(.sin($0[0] / 2)))
      return [[c, 0, 0, -s], [0, c, s, 0], [0, s, c, 0], [-s, 0, 0, c]]
    },
    .rzz: { diagonal(e(-$0[0] / 2), e($0[0] / 2), e($0[0] / 2), e(-$0[0] / 2)) },
    .rzx: {
      let (c, s) = (real(.cos($0[0] / 2)), -i * real(.sin($0[0] / 2)))
      return [[c, 0, s, 0], [0, c, 0, -s], [s, 0, c, 0], [0, -s, 0, c]]
    },
    .cphaseshift00: { firstQubitHighest(diagonal(e($0[0]), 1, 1, 1)) },
    .cphaseshift01: { firstQubitHighest(diagonal(1, e($0[0]), 1, 1)) },
    .cphaseshift10: { firstQubitHighest(diagonal(1, 1, e($0[0]), 1)) },
    .pswap: { [[1, 0, 0, 0], [0, 0, e($0[0]), 0], [0, e($0[0]), 0, 0], [0, 0, 0, 1]] },
    .fsim: {
      let (c, s) = (real(.cos($0[0])), -i * real(.sin($0[0])))
      return [[1, 0, 0, 0], [0, c, s, 0], [0, s, c, 0], [0, 0, 0, e(-$0[1])]]
    },
    .xxPlusYY: {
      let (c, s) = (real(.cos($0[0] / 2)), -i * real(.sin($0[0] / 2)))
      return [[1, 0, 0, 0], [0, c, s * e(-$0[1]), 0], [0, s * e($0[1]), c, 0], [0, 0, 0, 1]]
    },
    .xxMinusYY: {
      let (c, s) = (real(.cos($0[0] / 2)), -i * real(.sin($0[0] / 2)))
      return [[c, 0, 0, s * e(-$0[1])], [0, 1, 0, 0], [0, 0, 1, 0], [s * e($0[1]), 0, 0, c]]
    },
    .fswap: {
      let (c, s) = (e($0[0] / 2) * real(.cos($0[0] / 2)), -i * e($0[0] / 2) * real(.sin($0[0] / 2)))
      return [[1, 0, 0, 0], [0, c, s, 0], [0, s, c, 0], [0, 0, 0, e($0[0])]]
    },
    .singleExcitation: { givens($0[0], 1) },
    .singleExcitationPlus: { givens($0[0], e($0[0] / 2)) },
    .singleExcitationMinus: { givens($0[0], e(-$0[0] / 2)) },
  ]

  static let fourQubits: [Gate: @Sendable ([Double]) -> Entries] = [
    .doubleExcitation: { doubleGivens($0[0], 1) },
    .doubleExcitationPlus: { doubleGivens($0[0], e($0[0] / 2)) },
    .doubleExcitationMinus: { doubleGivens($0[0], e(-$0[0] / 2)) },
    .orbitalRotation: { firstQubitHighest(orbitalRotation($0[0])) },
  ]

  private static func givens(_ t: Double, _ rest: Complex<Double>) -> Entries {
    let (c, s) = (real(.cos(t / 2)), real(.sin(t / 2)))
    return firstQubitHighest([[rest, 0, 0, 0], [0, c, -s, 0], [0, s, c, 0], [0, 0, 0, rest]])
  }

  private static func doubleGivens(_ t: Double, _ rest: Complex<Double>) -> Entries {
    let (c, s) = (real(.cos(t / 2)), real(.sin(t / 2)))
    var entries = identity(16, (0..<16).map { ($0, $0, rest) })
    (entries[3][3], entries[3][12], entries[12][3], entries[12][12]) = (c, -s, s, c)
    return firstQubitHighest(entries)
  }

  /// PennyLane's matrix for interleaved Jordan-Wigner order: diagonal, then entries ±s, ±cs, ±s².
  private static func orbitalRotation(_ t: Double) -> Entries {
    let (c, s) = (Double.cos(t / 2), Double.sin(t / 2))
    let diagonal = [1, c, c, c * c, c, 1, c * c, c, c, c * c, 1, c, c * c, c, c, 1]
    var entries = identity(16, diagonal.enumerated().map { ($0.offset, $0.offset, real($0.element)) })
    for (row, column) in [(1, 4), (2, 8), (13, 7), (14, 11)] {
      (entries[row][column], entries[column][row]) = (real(-s), real(s))
    }
    for (row, column) in [(6, 3), (3, 9), (12, 6), (9, 12)] {
      (entries[row][column], entries[column][row]) = (real(-c * s), real(c * s))
    }
    for (row, column) in [(3, 12), (6, 9)] { (entries[row][column], entries[column][row]) = (real(s * s), real(s * s)) }
    return entries
  }

  static let all = oneQubit.merging(controlledGates) { $1 }.merging(twoQubits) { $1 }.merging(fourQubits) { $1 }
}
