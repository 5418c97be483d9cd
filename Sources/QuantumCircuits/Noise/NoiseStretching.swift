extension NoiseModel {
  /// The noise of the same circuits when all their pulses take `factor` times as long.
  ///
  /// Gate times are multiplied, so that relaxation acts for longer; a channel's strength s, a number, becomes `1 - (1 - s)^factor`,
  /// which is exact for damping and for mixing and right to first order for other channels. Over-rotations and errors of readout stay:
  /// neither depends on how slow the pulse is.
  ///
  /// - Parameter factor: above 0; extrapolation to no noise takes 1 and a number above it.
  ///
  /// Source: Kandala et al., "Error mitigation extends the computational reach of a noisy quantum processor", 2019.
  public func stretched(by factor: Double) -> NoiseModel {
    precondition(factor > 0 && factor.isFinite, "NoiseModel.stretched: the factor is \(factor), must be above 0")
    var result = self
    result.times = GateTimes(
      classes: times.classes.mapValues { factor * $0 }, gates: times.gates.mapValues { factor * $0 })
    for index in result.rules.indices {
      switch result.rules[index].effect {
      case .channel(let channel): result.rules[index].effect = .channel(channel.stretched(by: factor))
      case .crosstalk(let channel, let neighbors):
        result.rules[index].effect = .crosstalk(channel.stretched(by: factor), neighbors: neighbors)
      case .overRotation: break
      }
    }
    return result
  }
}

extension Channel {
  fileprivate func stretched(by factor: Double) -> Channel {
    replacingStrengths { strength in
      guard let value = strength.constantValue, 0...1 ~= value else { return strength }
      return Angle(value == 1 ? 1 : -.expMinusOne(factor * .log(onePlus: -value)))
    }
  }
}
