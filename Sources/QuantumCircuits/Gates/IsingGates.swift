import LinearAlgebra
import QuantumStates

// Rotations by a product of two Pauli matrices, and phases of single basis states of two qubits.

extension GateRow {
  static let rxx = ising("RXX", .x, .x)
  static let ryy = ising("RYY", .y, .y)
  static let rzz = ising("RZZ", .z, .z)
  static let rzx = ising("RZX", .z, .x)

  private static func ising(_ word: String, _ first: Pauli, _ second: Pauli) -> GateRow {
    GateRow(
      word, symbols: ["\(word):\(first.rawValue)", "\(word):\(second.rawValue)"], angles: ["theta"],
      factors: [.pauliRotation(first, second, by: .argument(0), on: 0, 1)], inverse: .angles([-.argument(0)]),
      formula: "exp(-iθ \(first.rawValue)0 \(second.rawValue)1/2)",
      help: "Rotation by the product of \(first.rawValue) on the first and \(second.rawValue) on the second qubit.")
  }

  static let cphaseshift00 = statePhase("CPhaseShift00", state: [0, 0])
  static let cphaseshift01 = statePhase("CPhaseShift01", state: [0, 1])
  static let cphaseshift10 = statePhase("CPhaseShift10", state: [1, 0])

  /// A phase where the first and the second qubit have the given values.
  private static func statePhase(_ word: String, state: [Int]) -> GateRow {
    var generator = ComplexMatrix(rows: 4, columns: 4)
    generator[state[0] + 2 * state[1], state[0] + 2 * state[1]] = -1
    return GateRow(
      word, symbols: state.map { $0 == 0 ? "P○" : "P●" }, angles: ["phi"],
      factors: [.rotation(generator, frequency: 1, by: .argument(0), on: 0, 1)], inverse: .angles([-.argument(0)]),
      formula: "e^{iφ} where first qubit = \(state[0]), second qubit = \(state[1])",
      help: "A phase on one basis state of two qubits; the digits are the first and the second qubit.")
  }
}

/// exp(-iθ X0 X1/2).
public func RXX(_ theta: Angle, _ first: Int, _ second: Int) -> Instruction { .gate(.rxx, theta, on: first, second) }
/// exp(-iθ Y0 Y1/2).
public func RYY(_ theta: Angle, _ first: Int, _ second: Int) -> Instruction { .gate(.ryy, theta, on: first, second) }
/// exp(-iθ Z0 Z1/2).
public func RZZ(_ theta: Angle, _ first: Int, _ second: Int) -> Instruction { .gate(.rzz, theta, on: first, second) }
/// exp(-iθ Z0 X1/2).
public func RZX(_ theta: Angle, _ first: Int, _ second: Int) -> Instruction { .gate(.rzx, theta, on: first, second) }
/// e^{iφ} where both qubits are 0.
public func CPhaseShift00(_ phi: Angle, _ first: Int, _ second: Int) -> Instruction {
  .gate(.cphaseshift00, phi, on: first, second)
}
/// e^{iφ} where the first qubit is 0 and the second is 1.
public func CPhaseShift01(_ phi: Angle, _ first: Int, _ second: Int) -> Instruction {
  .gate(.cphaseshift01, phi, on: first, second)
}
/// e^{iφ} where the first qubit is 1 and the second is 0.
public func CPhaseShift10(_ phi: Angle, _ first: Int, _ second: Int) -> Instruction {
  .gate(.cphaseshift10, phi, on: first, second)
}
