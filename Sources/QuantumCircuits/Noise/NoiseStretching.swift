extension NoiseModel {
  /// The noise of the same circuits when all their pulses take `factor` times as long.
  ///
  /// Gate times are multiplied, so that relaxation acts for longer; a channel becomes its power, exactly (see `Channel.stretched`).
  /// Over-rotations and errors of readout stay: neither depends on how slow the pulse is.
  ///
  /// - Parameter factor: above 0; extrapolation to no noise takes 1 and a number above it.
  /// - Throws: `ChannelError` for channels of Kraus operators, and for Pauli channels without such a power.
  ///
  /// Source: Kandala et al., "Error mitigation extends the computational reach of a noisy quantum processor", 2019.
  public func stretched(by factor: Double) throws(ChannelError) -> NoiseModel {
    precondition(factor > 0 && factor.isFinite, "NoiseModel.stretched: the factor is \(factor), must be above 0")
    var result = self
    result.times = GateTimes(
      classes: times.classes.mapValues { factor * $0 }, gates: times.gates.mapValues { factor * $0 })
    for index in result.rules.indices {
      result.rules[index].effect = try result.rules[index].effect.mappingChannel { channel throws(ChannelError) in
        try channel.stretched(by: factor)
      }
    }
    return result
  }
}
