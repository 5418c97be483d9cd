/// The standard gates; the raw value is the gate's OpenQASM name.
///
/// What a gate is stands in its row. To add a gate: a case here, its line in the switch below, and in a family file its row with
/// the word of the circuit language beside it. Tests sweep over all cases.
public enum Gate: String, CaseIterable, Sendable {
  case id, x, y, z, h, s, sdg, t, tdg, w
  case sx, sxdg, sy, sydg, sw, swdg
  case rx, ry, rz, r, raxis, rot
  case p, u1, u2, u3, gphase
  case u = "U"
  case cx, cy, cz, ch, cs, csdg, cp, crx, cry, crz, crot, cu
  case ccx, ccz, cswap
  case swap, sswap, sswapdg, iswap, iswapdg, siswap, siswapdg, ecr
  case rxx, ryy, rzz, rzx
  case cphaseshift00, cphaseshift01, cphaseshift10
  case pswap, fsim, fswap
  case xxPlusYY = "xx_plus_yy"
  case xxMinusYY = "xx_minus_yy"
  case singleExcitation = "single_excitation"
  case singleExcitationPlus = "single_excitation_plus"
  case singleExcitationMinus = "single_excitation_minus"
  case doubleExcitation = "double_excitation"
  case doubleExcitationPlus = "double_excitation_plus"
  case doubleExcitationMinus = "double_excitation_minus"
  case orbitalRotation = "orbital_rotation"
}

extension Gate {
  /// The gate's row: the one place where gates are told apart.
  public var row: GateRow {
    switch self {
    case .id: .id
    case .x: .x
    case .y: .y
    case .z: .z
    case .h: .h
    case .s: .s
    case .sdg: .sdg
    case .t: .t
    case .tdg: .tdg
    case .w: .w
    case .sx: .sx
    case .sxdg: .sxdg
    case .sy: .sy
    case .sydg: .sydg
    case .sw: .sw
    case .swdg: .swdg
    case .rx: .rx
    case .ry: .ry
    case .rz: .rz
    case .r: .r
    case .raxis: .raxis
    case .rot: .rot
    case .p: .p
    case .u1: .u1
    case .u2: .u2
    case .u3: .u3
    case .gphase: .gphase
    case .u: .u
    case .cx: .cx
    case .cy: .cy
    case .cz: .cz
    case .ch: .ch
    case .cs: .cs
    case .csdg: .csdg
    case .cp: .cp
    case .crx: .crx
    case .cry: .cry
    case .crz: .crz
    case .crot: .crot
    case .cu: .cu
    case .ccx: .ccx
    case .ccz: .ccz
    case .cswap: .cswap
    case .swap: .swap
    case .sswap: .sswap
    case .sswapdg: .sswapdg
    case .iswap: .iswap
    case .iswapdg: .iswapdg
    case .siswap: .siswap
    case .siswapdg: .siswapdg
    case .ecr: .ecr
    case .rxx: .rxx
    case .ryy: .ryy
    case .rzz: .rzz
    case .rzx: .rzx
    case .cphaseshift00: .cphaseshift00
    case .cphaseshift01: .cphaseshift01
    case .cphaseshift10: .cphaseshift10
    case .pswap: .pswap
    case .fsim: .fsim
    case .fswap: .fswap
    case .xxPlusYY: .xxPlusYY
    case .xxMinusYY: .xxMinusYY
    case .singleExcitation: .singleExcitation
    case .singleExcitationPlus: .singleExcitationPlus
    case .singleExcitationMinus: .singleExcitationMinus
    case .doubleExcitation: .doubleExcitation
    case .doubleExcitationPlus: .doubleExcitationPlus
    case .doubleExcitationMinus: .doubleExcitationMinus
    case .orbitalRotation: .orbitalRotation
    }
  }
}
