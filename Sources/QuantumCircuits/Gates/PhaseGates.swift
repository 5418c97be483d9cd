import LinearAlgebra

// Phases, and the general one-qubit gates that OpenQASM builds from them.

extension GateRow {
  static let p = GateRow(
    "P", symbols: ["P"], angles: ["lambda"], factors: [.phase(.argument(0), on: 0)], inverse: .angles([-.argument(0)]),
    formula: "diag(1, e^{iλ})", help: "A phase on |1>.")

  static let u1 = GateRow(
    "U1", symbols: ["U1"], angles: ["lambda"], factors: p.factors, inverse: .angles([-.argument(0)]),
    formula: "diag(1, e^{iλ})", help: "The same matrix as P, under the name that OpenQASM 2 gives it.")

  static let gphase = GateRow(
    "GlobalPhase", symbols: [], angles: ["gamma"], factors: [.globalPhase(.argument(0))], inverse: .angles([-.argument(0)]),
    formula: "e^{iγ}", help: "A phase of the whole state; under controls it is a phase of the controls.")

  static let u = GateRow(
    "U", symbols: ["U"], angles: ["theta", "phi", "lambda"],
    factors: eulerFactors(theta: .argument(0), phi: .argument(1), lambda: .argument(2)) + [.globalPhase(.argument(0) / 2)],
    inverse: .angles([-.argument(0), -.argument(2), -.argument(1)]),
    formula: "1/2 [[1 + e^{iθ}, -i e^{iλ}(1 - e^{iθ})], [i e^{iφ}(1 - e^{iθ}), e^{i(φ+λ)}(1 + e^{iθ})]]",
    help: "The general one-qubit gate of OpenQASM 3, e^{iθ/2} P(φ) RY(θ) P(λ), its phase included.")

  static let u2 = GateRow(
    "U2", symbols: ["U2"], angles: ["phi", "lambda"],
    factors: [
      .pauliRotation(.z, by: .argument(1), on: 0), .pauliRotation(.y, by: .pi / 2, on: 0),
      .pauliRotation(.z, by: .argument(0), on: 0),
    ],
    inverse: .angles([-.argument(1) - .pi, .pi - .argument(0)]), formula: "RZ(φ) RY(π/2) RZ(λ)",
    help: "One quarter turn between two phases, determinant 1: u2 of qelib1 and of stdgates.")

  static let u3 = GateRow(
    "U3", symbols: ["U3"], angles: ["theta", "phi", "lambda"],
    factors: [
      .pauliRotation(.z, by: .argument(2), on: 0), .pauliRotation(.y, by: .argument(0), on: 0),
      .pauliRotation(.z, by: .argument(1), on: 0),
    ],
    inverse: .angles([-.argument(0), -.argument(2), -.argument(1)]), formula: "RZ(φ) RY(θ) RZ(λ)",
    help: "The general rotation of one qubit, determinant 1: U and u3 of qelib1, u3 of stdgates.")

  /// P(φ) RY(θ) P(λ).
  static func eulerFactors(theta: Angle, phi: Angle, lambda: Angle) -> [GateFactor] {
    [.phase(lambda, on: 0), .pauliRotation(.y, by: theta, on: 0), .phase(phi, on: 0)]
  }
}

/// diag(1, e^{iλ}).
public func P(_ lambda: Angle, _ qubit: Int) -> Instruction { .gate(.p, lambda, on: qubit) }
/// diag(1, e^{iλ}), as OpenQASM 2 calls it.
public func U1(_ lambda: Angle, _ qubit: Int) -> Instruction { .gate(.u1, lambda, on: qubit) }
/// e^{iγ} on the whole state.
public func GlobalPhase(_ gamma: Angle) -> Instruction { .gate(.gphase, gamma) }
/// The general one-qubit gate of OpenQASM 3: e^{iθ/2} P(φ) RY(θ) P(λ).
public func U(_ theta: Angle, _ phi: Angle, _ lambda: Angle, _ qubit: Int) -> Instruction {
  .gate(.u, theta, phi, lambda, on: qubit)
}
/// RZ(φ) RY(π/2) RZ(λ).
public func U2(_ phi: Angle, _ lambda: Angle, _ qubit: Int) -> Instruction { .gate(.u2, phi, lambda, on: qubit) }
/// RZ(φ) RY(θ) RZ(λ).
public func U3(_ theta: Angle, _ phi: Angle, _ lambda: Angle, _ qubit: Int) -> Instruction {
  .gate(.u3, theta, phi, lambda, on: qubit)
}
