/// The noise channels with a row; the raw value is the name in noise files.
///
/// To add a channel: a case here, its line in the switch below, and in a family file its row with the word of the circuit language
/// beside it. Tests sweep over all cases.
public enum ChannelKind: String, CaseIterable, Sendable {
  case bitFlip = "bit_flip"
  case phaseFlip = "phase_flip"
  case bitPhaseFlip = "bit_phase_flip"
  case pauli
  case depolarizing
  case depolarizingMixing = "depolarizing_mixing"
  case amplitudeDamping = "amplitude_damping"
  case generalizedAmplitudeDamping = "generalized_amplitude_damping"
  case phaseDamping = "phase_damping"
  case phaseAmplitudeDamping = "phase_amplitude_damping"
  case thermalRelaxation = "thermal_relaxation"
  case reset = "reset"
  case overRotationX = "over_rotation_x"
  case overRotationY = "over_rotation_y"
  case overRotationZ = "over_rotation_z"

  /// The channel's row: the one place where channels are told apart.
  public var row: ChannelRow {
    switch self {
    case .bitFlip: .bitFlip
    case .phaseFlip: .phaseFlip
    case .bitPhaseFlip: .bitPhaseFlip
    case .pauli: .pauli
    case .depolarizing: .depolarizing
    case .depolarizingMixing: .depolarizingMixing
    case .amplitudeDamping: .amplitudeDamping
    case .generalizedAmplitudeDamping: .generalizedAmplitudeDamping
    case .phaseDamping: .phaseDamping
    case .phaseAmplitudeDamping: .phaseAmplitudeDamping
    case .thermalRelaxation: .thermalRelaxation
    case .reset: .reset
    case .overRotationX: .overRotationX
    case .overRotationY: .overRotationY
    case .overRotationZ: .overRotationZ
    }
  }
}
