import LinearAlgebra

// Gates with controls of their own. Any other gate takes controls through `.controlled(by:)`.

extension GateRow {
  static let cx = x.controlled(
    "CX", symbols: ["⊕"], formula: "|0><0| ⊗ I + |1><1| ⊗ X", help: "X where the control is 1, the CNOT.")
  static let cy = y.controlled("CY", formula: "|0><0| ⊗ I + |1><1| ⊗ Y", help: "Y where the control is 1.")
  static let cz = z.controlled("CZ", symbols: ["●"], formula: "diag(1, 1, 1, -1)", help: "A sign where both qubits are 1.")
  static let ch = h.controlled("CH", formula: "|0><0| ⊗ I + |1><1| ⊗ H", help: "Hadamard where the control is 1.")
  static let cs = s.controlled("CS", inverse: .gate(.csdg), formula: "diag(1, 1, 1, i)", help: "S where the control is 1.")
  static let csdg = sdg.controlled(
    "CSdg", inverse: .gate(.cs), formula: "diag(1, 1, 1, -i)", help: "The inverse of S where the control is 1.")
  static let cp = p.controlled("CP", formula: "diag(1, 1, 1, e^{iλ})", help: "A phase where both qubits are 1.")
  static let crx = rx.controlled("CRX", formula: "|0><0| ⊗ I + |1><1| ⊗ RX(θ)", help: "RX where the control is 1.")
  static let cry = ry.controlled("CRY", formula: "|0><0| ⊗ I + |1><1| ⊗ RY(θ)", help: "RY where the control is 1.")
  static let crz = rz.controlled("CRZ", formula: "|0><0| ⊗ I + |1><1| ⊗ RZ(θ)", help: "RZ where the control is 1.")
  static let crot = rot.controlled("CRot", formula: "|0><0| ⊗ I + |1><1| ⊗ Rot(φ, θ, ω)", help: "Rot where the control is 1.")

  static let cu = GateRow(
    "CU", controls: 1, symbols: ["U"], angles: ["theta", "phi", "lambda", "gamma"],
    factors: eulerFactors(theta: .argument(0), phi: .argument(1), lambda: .argument(2)) + [.globalPhase(.argument(3))],
    inverse: .angles([-.argument(0), -.argument(2), -.argument(1), -.argument(3)]),
    formula: "|0><0| ⊗ I + |1><1| ⊗ e^{iγ} P(φ) RY(θ) P(λ)",
    help: "The general one-qubit gate with its phase where the control is 1, cu of stdgates.")

  static let ccx = cx.controlled("CCX", formula: "X where both controls are 1", help: "The Toffoli gate.")
  static let ccz = cz.controlled("CCZ", formula: "diag(1, 1, 1, 1, 1, 1, 1, -1)", help: "A sign where all three qubits are 1.")
  static let cswap = swap.controlled("CSWAP", formula: "SWAP where the control is 1", help: "The Fredkin gate.")
}

/// X on the target where the control is 1.
public func CX(_ control: Int, _ target: Int) -> Instruction { .gate(.cx, on: control, target) }
/// Y on the target where the control is 1.
public func CY(_ control: Int, _ target: Int) -> Instruction { .gate(.cy, on: control, target) }
/// A sign where both qubits are 1.
public func CZ(_ control: Int, _ target: Int) -> Instruction { .gate(.cz, on: control, target) }
/// Hadamard on the target where the control is 1.
public func CH(_ control: Int, _ target: Int) -> Instruction { .gate(.ch, on: control, target) }
/// S on the target where the control is 1.
public func CS(_ control: Int, _ target: Int) -> Instruction { .gate(.cs, on: control, target) }
/// The inverse of S on the target where the control is 1.
public func CSdg(_ control: Int, _ target: Int) -> Instruction { .gate(.csdg, on: control, target) }
/// e^{iλ} where both qubits are 1.
public func CP(_ lambda: Angle, _ control: Int, _ target: Int) -> Instruction { .gate(.cp, lambda, on: control, target) }
/// RX on the target where the control is 1.
public func CRX(_ theta: Angle, _ control: Int, _ target: Int) -> Instruction { .gate(.crx, theta, on: control, target) }
/// RY on the target where the control is 1.
public func CRY(_ theta: Angle, _ control: Int, _ target: Int) -> Instruction { .gate(.cry, theta, on: control, target) }
/// RZ on the target where the control is 1.
public func CRZ(_ theta: Angle, _ control: Int, _ target: Int) -> Instruction { .gate(.crz, theta, on: control, target) }
/// RZ(ω) RY(θ) RZ(φ) on the target where the control is 1.
public func CRot(_ phi: Angle, _ theta: Angle, _ omega: Angle, _ control: Int, _ target: Int) -> Instruction {
  .gate(.crot, phi, theta, omega, on: control, target)
}
/// e^{iγ} P(φ) RY(θ) P(λ) on the target where the control is 1.
public func CU(_ theta: Angle, _ phi: Angle, _ lambda: Angle, _ gamma: Angle, _ control: Int, _ target: Int) -> Instruction {
  .gate(.cu, theta, phi, lambda, gamma, on: control, target)
}
/// X on the target where both controls are 1.
public func CCX(_ first: Int, _ second: Int, _ target: Int) -> Instruction { .gate(.ccx, on: first, second, target) }
/// A sign where all three qubits are 1.
public func CCZ(_ first: Int, _ second: Int, _ third: Int) -> Instruction { .gate(.ccz, on: first, second, third) }
/// Exchanges the targets where the control is 1.
public func CSWAP(_ control: Int, _ first: Int, _ second: Int) -> Instruction { .gate(.cswap, on: control, first, second) }
