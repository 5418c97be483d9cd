import LinearAlgebra

// Rotations of one qubit about a fixed or a chosen axis.

extension GateRow {
  static let rx = GateRow(
    "RX", symbols: ["RX"], angles: ["theta"], factors: [.pauliRotation(.x, by: .argument(0), on: 0)],
    inverse: .angles([-.argument(0)]), formula: "exp(-iθX/2)", help: "Rotation by θ about the X axis.")

  static let ry = GateRow(
    "RY", symbols: ["RY"], angles: ["theta"], factors: [.pauliRotation(.y, by: .argument(0), on: 0)],
    inverse: .angles([-.argument(0)]), formula: "exp(-iθY/2)", help: "Rotation by θ about the Y axis; real amplitudes stay real.")

  static let rz = GateRow(
    "RZ", symbols: ["RZ"], angles: ["theta"], factors: [.pauliRotation(.z, by: .argument(0), on: 0)],
    inverse: .angles([-.argument(0)]), formula: "exp(-iθZ/2) = diag(e^{-iθ/2}, e^{iθ/2})", help: "Rotation by θ about the Z axis.")

  static let r = GateRow(
    "R", symbols: ["R"], angles: ["theta", "phi"],
    factors: [
      .pauliRotation(.z, by: -.argument(1), on: 0), .pauliRotation(.x, by: .argument(0), on: 0),
      .pauliRotation(.z, by: .argument(1), on: 0),
    ],
    inverse: .angles([-.argument(0), .argument(1)]), formula: "exp(-iθ(cos φ X + sin φ Y)/2)",
    help: "Rotation by θ about the axis in the XY plane at the angle φ from X.")

  static let raxis = GateRow(
    "RAxis", symbols: ["R"], angles: ["theta", "polar", "azimuth"],
    factors: [
      .pauliRotation(.z, by: -.argument(2), on: 0), .pauliRotation(.y, by: -.argument(1), on: 0),
      .pauliRotation(.z, by: .argument(0), on: 0), .pauliRotation(.y, by: .argument(1), on: 0),
      .pauliRotation(.z, by: .argument(2), on: 0),
    ],
    inverse: .angles([-.argument(0), .argument(1), .argument(2)]),
    formula: "exp(-iθ(sin α cos β X + sin α sin β Y + cos α Z)/2)",
    help: "Rotation by θ about the axis with the polar angle α from Z and the azimuth β from X.")

  static let rot = GateRow(
    "Rot", symbols: ["Rot"], angles: ["phi", "theta", "omega"],
    factors: [
      .pauliRotation(.z, by: .argument(0), on: 0), .pauliRotation(.y, by: .argument(1), on: 0),
      .pauliRotation(.z, by: .argument(2), on: 0),
    ],
    inverse: .angles([-.argument(2), -.argument(1), -.argument(0)]), formula: "RZ(ω) RY(θ) RZ(φ)",
    help: "Any rotation of one qubit; the angles are in the order in which they act.")
}

/// exp(-iθX/2).
public func RX(_ theta: Angle, _ qubit: Int) -> Instruction { .gate(.rx, theta, on: qubit) }
/// exp(-iθY/2).
public func RY(_ theta: Angle, _ qubit: Int) -> Instruction { .gate(.ry, theta, on: qubit) }
/// exp(-iθZ/2).
public func RZ(_ theta: Angle, _ qubit: Int) -> Instruction { .gate(.rz, theta, on: qubit) }
/// exp(-iθ(cos φ X + sin φ Y)/2).
public func R(_ theta: Angle, _ phi: Angle, _ qubit: Int) -> Instruction { .gate(.r, theta, phi, on: qubit) }
/// Rotation by θ about the axis with the given polar angle and azimuth.
public func RAxis(_ theta: Angle, polar: Angle, azimuth: Angle, _ qubit: Int) -> Instruction {
  .gate(.raxis, theta, polar, azimuth, on: qubit)
}
/// RZ(ω) RY(θ) RZ(φ).
public func Rot(_ phi: Angle, _ theta: Angle, _ omega: Angle, _ qubit: Int) -> Instruction {
  .gate(.rot, phi, theta, omega, on: qubit)
}
