import LinearAlgebra

// Givens rotations that keep the number of particles, in PennyLane's conventions.
// Source: Arrazola et al., "Universal quantum circuits for quantum chemistry", 2022; Anselmetti et al., 2021 for the orbital
// rotation.

extension GateRow {
  static let singleExcitation = excitation("SingleExcitation", from: [0, 1], rest: 0)
  static let singleExcitationPlus = excitation("SingleExcitationPlus", from: [0, 1], rest: 1)
  static let singleExcitationMinus = excitation("SingleExcitationMinus", from: [0, 1], rest: -1)
  static let doubleExcitation = excitation("DoubleExcitation", from: [0, 0, 1, 1], rest: 0)
  static let doubleExcitationPlus = excitation("DoubleExcitationPlus", from: [0, 0, 1, 1], rest: 1)
  static let doubleExcitationMinus = excitation("DoubleExcitationMinus", from: [0, 0, 1, 1], rest: -1)

  static let orbitalRotation = GateRow(
    "OrbitalRotation", symbols: (0..<4).map { "Orbital:\($0)" }, angles: ["phi"],
    factors: [
      .rotation(signedHopping, frequency: 0.5, by: .argument(0), on: 0, 1, 2),
      .rotation(signedHopping, frequency: 0.5, by: .argument(0), on: 1, 2, 3),
    ],
    inverse: .angles([-.argument(0)]), formula: "single excitations by φ on modes 0, 2 and 1, 3 under Jordan-Wigner",
    help: "Rotates two spatial orbitals by φ/2; the qubits are first orbital up, down, second orbital up, down.")

  /// The rotation by φ/2 from the basis state `from` to its complement; other states get the phase `rest * φ/2`.
  private static func excitation(_ word: String, from state: [Int], rest: Int) -> GateRow {
    let start = state.enumerated().reduce(0) { $0 | $1.element << $1.offset }
    let end = 1 << state.count - 1 - start
    // -iG is the real rotation |start> -> |end>, |end> -> -|start>.
    var generator = ComplexMatrix.diagonal(Array(repeating: Complex(Double(-rest)), count: 1 << state.count))
    (generator[start, start], generator[end, end]) = (0, 0)
    (generator[end, start], generator[start, end]) = (.i, -Complex.i)
    let (low, high) = (state.map(String.init).joined(), state.map { String(1 - $0) }.joined())
    return GateRow(
      word, symbols: state.indices.map { "\(state.count == 2 ? "G" : "G²")\(rest == 0 ? "" : rest > 0 ? "+" : "-"):\($0)" },
      angles: ["phi"], factors: [.onAll(generator, by: .argument(0), count: state.count)], inverse: .angles([-.argument(0)]),
      formula: "|\(low)> -> cos(φ/2)|\(low)> + sin(φ/2)|\(high)>" + (rest == 0 ? "" : ", e^{\(rest > 0 ? "" : "-")iφ/2} elsewhere"),
      help: "Moves \(state.count / 2 == 1 ? "a particle" : "two particles") between qubits by φ; "
        + "the digits name the qubits in the order given.")
  }

  /// Z on the middle qubit times the generator of a single excitation between the outer ones.
  private static let signedHopping: ComplexMatrix = {
    var generator = ComplexMatrix(rows: 8, columns: 8)
    for (middle, sign) in [(0, 1.0), (1, -1.0)] {
      let (last, first) = (4 + 2 * middle, 1 + 2 * middle)
      generator[first, last] = Complex(0, sign)
      generator[last, first] = Complex(0, -sign)
    }
    return generator
  }()
}

extension GateFactor {
  /// `exp(-i angle/2 G)` on the first `count` targets.
  fileprivate static func onAll(_ generator: ComplexMatrix, by angle: Angle, count: Int) -> GateFactor {
    GateFactor(
      .rotation(Rotation(generator: .matrix(generator), frequency: 0.5, angle: angle)), targets: Array(0..<count))
  }
}

/// Rotates |01> into |10> by φ/2.
public func SingleExcitation(_ phi: Angle, _ first: Int, _ second: Int) -> Instruction {
  .gate(.singleExcitation, phi, on: first, second)
}
/// SingleExcitation with e^{iφ/2} on the other states.
public func SingleExcitationPlus(_ phi: Angle, _ first: Int, _ second: Int) -> Instruction {
  .gate(.singleExcitationPlus, phi, on: first, second)
}
/// SingleExcitation with e^{-iφ/2} on the other states.
public func SingleExcitationMinus(_ phi: Angle, _ first: Int, _ second: Int) -> Instruction {
  .gate(.singleExcitationMinus, phi, on: first, second)
}
/// Rotates |0011> into |1100> by φ/2.
public func DoubleExcitation(_ phi: Angle, _ first: Int, _ second: Int, _ third: Int, _ fourth: Int) -> Instruction {
  .gate(.doubleExcitation, phi, on: first, second, third, fourth)
}
/// DoubleExcitation with e^{iφ/2} on the other states.
public func DoubleExcitationPlus(_ phi: Angle, _ first: Int, _ second: Int, _ third: Int, _ fourth: Int) -> Instruction {
  .gate(.doubleExcitationPlus, phi, on: first, second, third, fourth)
}
/// DoubleExcitation with e^{-iφ/2} on the other states.
public func DoubleExcitationMinus(_ phi: Angle, _ first: Int, _ second: Int, _ third: Int, _ fourth: Int) -> Instruction {
  .gate(.doubleExcitationMinus, phi, on: first, second, third, fourth)
}
/// Rotates two spatial orbitals by φ/2.
public func OrbitalRotation(_ phi: Angle, _ first: Int, _ second: Int, _ third: Int, _ fourth: Int) -> Instruction {
  .gate(.orbitalRotation, phi, on: first, second, third, fourth)
}
