import LinearAlgebra

// Rotations between |01> and |10>, or |00> and |11>, by an angle.

extension GateRow {
  static let pswap = GateRow(
    "PSWAP", symbols: ["P×", "P×"], angles: ["phi"],
    factors: swap.factors + [.rotation(.diagonal([0, -1, -1, 0]), frequency: 1, by: .argument(0), on: 0, 1)],
    inverse: .angles([-.argument(0)]), formula: "|01> -> e^{iφ}|10>, |10> -> e^{iφ}|01>",
    help: "Exchanges two qubits; |01> and |10> gain the phase φ.")

  static let fsim = GateRow(
    "fSim", symbols: ["fSim:0", "fSim:1"], angles: ["theta", "phi"],
    factors: [
      .rotation(hopping, frequency: 1, by: .argument(0), on: 0, 1),
      .rotation(.diagonal([0, 0, 0, 1]), frequency: 1, by: .argument(1), on: 0, 1),
    ],
    inverse: .angles([-.argument(0), -.argument(1)]),
    formula: "[[1, 0, 0, 0], [0, cos θ, -i sin θ, 0], [0, -i sin θ, cos θ, 0], [0, 0, 0, e^{-iφ}]]",
    help: "The fermionic simulation gate of Arute et al. 2019: exchange by θ, then the phase -φ on |11>.")

  static let xxPlusYY = GateRow(
    "XXPlusYY", symbols: ["XX+YY:0", "XX+YY:1"], angles: ["theta", "beta"],
    factors: [
      .pauliRotation(.z, by: .argument(1), on: 0), .rotation(hopping, frequency: 0.5, by: .argument(0), on: 0, 1),
      .pauliRotation(.z, by: -.argument(1), on: 0),
    ],
    inverse: .angles([-.argument(0), .argument(1)]), formula: "RZ0(-β) exp(-iθ(XX + YY)/4) RZ0(β)",
    help: "Exchange of |01> and |10> by θ with the phase β, as Qiskit defines it.")

  static let xxMinusYY = GateRow(
    "XXMinusYY", symbols: ["XX-YY:0", "XX-YY:1"], angles: ["theta", "beta"],
    factors: [
      .pauliRotation(.z, by: -.argument(1), on: 1), .rotation(pairing, frequency: 0.5, by: .argument(0), on: 0, 1),
      .pauliRotation(.z, by: .argument(1), on: 1),
    ],
    inverse: .angles([-.argument(0), .argument(1)]), formula: "RZ1(β) exp(-iθ(XX - YY)/4) RZ1(-β)",
    help: "Exchange of |00> and |11> by θ with the phase β, as Qiskit defines it.")

  static let fswap = GateRow(
    "FermionicSWAP", symbols: ["F×", "F×"], angles: ["phi"],
    factors: [.rotation(fermionicExchange, frequency: 1, by: .argument(0), on: 0, 1)], inverse: .angles([-.argument(0)]),
    formula: "e^{iφ/2}(cos(φ/2) - i sin(φ/2) X) on |01>, |10>; e^{iφ} on |11>",
    help: "Exchanges two fermionic modes by φ, wholly at φ = π with the sign of the exchange on |11>; PennyLane's convention.")

  /// (XX + YY)/2.
  private static let hopping: ComplexMatrix = [[0, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 0]]
  /// (XX - YY)/2.
  private static let pairing: ComplexMatrix = [[0, 0, 0, 1], [0, 0, 0, 0], [0, 0, 0, 0], [1, 0, 0, 0]]
  /// Minus the projector on |11> and on the odd superposition of |01> and |10>.
  private static let fermionicExchange: ComplexMatrix =
    Complex(0.5) * [[0, 0, 0, 0], [0, -1, 1, 0], [0, 1, -1, 0], [0, 0, 0, -2]]
}

/// SWAP with the phase φ on |01> and |10>.
public func PSWAP(_ phi: Angle, _ first: Int, _ second: Int) -> Instruction { .gate(.pswap, phi, on: first, second) }
/// Exchange by θ and the phase -φ on |11>.
public func fSim(_ theta: Angle, _ phi: Angle, _ first: Int, _ second: Int) -> Instruction {
  .gate(.fsim, theta, phi, on: first, second)
}
/// RZ0(-β) exp(-iθ(XX + YY)/4) RZ0(β).
public func XXPlusYY(_ theta: Angle, _ beta: Angle, _ first: Int, _ second: Int) -> Instruction {
  .gate(.xxPlusYY, theta, beta, on: first, second)
}
/// RZ1(β) exp(-iθ(XX - YY)/4) RZ1(-β).
public func XXMinusYY(_ theta: Angle, _ beta: Angle, _ first: Int, _ second: Int) -> Instruction {
  .gate(.xxMinusYY, theta, beta, on: first, second)
}
/// Exchanges two fermionic modes by φ.
public func FermionicSWAP(_ phi: Angle, _ first: Int, _ second: Int) -> Instruction { .gate(.fswap, phi, on: first, second) }
