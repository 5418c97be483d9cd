/// Gates that are powers of one gate, in eighths of its full turn: T, S and Z are one, two and four eighths of a turn of phase.
///
/// Source: the rows themselves; tests compare every product with the matrices.
struct GatePower {
  /// The gate of any angle; nil where there are only the fixed powers.
  let continuous: Gate?
  /// Gates by eighths.
  let members: [Int: Gate]

  static let families = [
    GatePower(continuous: .p, members: [1: .t, 2: .s, 4: .z, 6: .sdg, 7: .tdg]),
    GatePower(continuous: .cp, members: [2: .cs, 4: .cz, 6: .csdg]),
    GatePower(continuous: nil, members: [2: .sx, 4: .x, 6: .sxdg]),
    GatePower(continuous: nil, members: [2: .sy, 4: .y, 6: .sydg]),
    GatePower(continuous: nil, members: [2: .sw, 4: .w, 6: .swdg]),
    GatePower(continuous: nil, members: [2: .sswap, 4: .swap, 6: .sswapdg]),
  ]

  /// The power that is the product of two; nil where they are of different families, or the product has no name.
  static func product(
    _ first: Gate, _ firstAngles: [Angle], _ second: Gate, _ secondAngles: [Angle]
  ) -> (gate: Gate, angles: [Angle])? {
    for family in families {
      guard let one = family.turn(first, firstAngles), let other = family.turn(second, secondAngles) else { continue }
      let eighths = (one.eighths + other.eighths) % 8
      if one.angle == nil, other.angle == nil, let gate = family.members[eighths] { return (gate, []) }
      // A gate and its inverse are another rule's.
      guard let continuous = family.continuous, eighths != 0 || one.angle != nil || other.angle != nil else { return nil }
      let rest = (one.angle ?? .zero) + (other.angle ?? .zero)
      return (continuous, [(rest + Angle(Double(eighths) * .pi / 4)).collected])
    }
    return nil
  }

  /// A member as eighths of a turn, and an angle beside them.
  private func turn(_ gate: Gate, _ angles: [Angle]) -> (eighths: Int, angle: Angle?)? {
    if gate == continuous { return (0, angles[0]) }
    return members.first { $0.value == gate }.map { ($0.key, nil) }
  }
}
