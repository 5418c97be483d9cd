import QuantumStates
import RealModule

extension Channel {
  /// The channel that acts `factor` times as long: applied 1/n times as long n times, it is this one.
  ///
  /// Each row of the channel table says what becomes of its strengths: times and rates are multiplied, populations and
  /// over-rotations stay, and shares s that are lost become `1 - (1 - s)^factor`. Of Pauli channels that is so for each Pauli
  /// component. So all are powers of the channel but over-rotations, which are errors of an angle and not of a time.
  ///
  /// - Parameter factor: above 0.
  /// - Throws: `ChannelError.strengths` for Kraus operators, which do not say how they depend on a time, and where a power is no
  ///   channel: Pauli channels so strong that a component changes its sign have whole powers only, and some have no roots.
  public func stretched(by factor: Double) throws(ChannelError) -> Channel {
    precondition(factor > 0 && factor.isFinite, "Channel.stretched: the factor is \(factor), must be above 0")
    if factor == 1 { return self }
    let result: Channel
    switch content {
    case .row(let kind):
      let strengths = kind.row.stretch(strengths, factor, qubitCount)
      result = Channel(name, qubitCount: qubitCount, strengths: strengths, content)
    case .paulis(let words):
      result = .paulis(PauliMixture.power(words, strengths, factor, qubitCount: qubitCount), qubitCount: qubitCount)
    case .generators: result = replacingStrengths { factor * $0 }
    case .fixed:
      throw .strengths(
        channel: name,
        reason: "Kraus operators do not say how they depend on the time; give the noise as a named channel, as Pauli words or as "
          + "Lindblad rates, or repeat it a whole number of times (Circuit.stretchingChannels)")
    }
    let values = result.strengths.compactMap(\.constantValue)
    if values.count == result.strengths.count, result.error(of: values) != nil {
      if let error = error(of: strengths.compactMap(\.constantValue)) { throw error }
      throw .strengths(channel: name, reason: "its power \(factor) is no channel; take a whole number above 1, or weaker noise")
    }
    return result
  }
}

extension Angle {
  /// `1 - (1 - share)^factor`: what is lost in `factor` times when each takes a share of what is left.
  static func lost(_ share: Angle, times factor: Double) -> Angle {
    guard let value = share.constantValue else { return 1 - power(1 - share, factor) }
    return Angle(value < 1 ? -.expMinusOne(factor * .log(onePlus: -value)) : 1 - power(1 - value, factor))
  }

  /// By products where the exponent is a small whole number, which have derivatives at 0 too.
  private static func power(_ base: Angle, _ exponent: Double) -> Angle {
    if exponent <= 8, exponent == exponent.rounded() { return (1..<Int(exponent)).reduce(base) { product, _ in product * base } }
    return .exp(Angle(exponent) * .log(base))
  }

  /// NaN for a number below 0 and an exponent that is not whole.
  private static func power(_ base: Double, _ exponent: Double) -> Double {
    guard base < 0 else { return base == 0 ? 0 : .pow(base, exponent) }
    guard let whole = Int(exactly: exponent) else { return .nan }
    return .pow(base, whole)
  }
}

extension PauliMixture {
  /// The words and probabilities of a power of the channel: every Pauli component to that power.
  ///
  /// A component Q loses the share `2 Σ p_P` over the words that do not commute with it, and of the shares `1 - (1 - share)^factor`
  /// that the power takes from each, the probabilities are character sums. Words that are products of the given ones come in.
  static func power(
    _ words: [PauliWord], _ probabilities: [Angle], _ factor: Double, qubitCount: Int
  ) -> [(word: PauliWord, probability: Angle)] {
    let all = PauliBasis.words(qubitCount: qubitCount)
    // Components that commute with the same words lose the same.
    var places: [[Bool]: Int] = [:]
    let kinds = all.map { component in
      let pattern = words.map { $0.commutes(with: component) }
      if let place = places[pattern] { return place }
      places[pattern] = places.count
      return places.count - 1
    }
    let lost = (0..<places.count).map { kind in
      let component = all[kinds.firstIndex(of: kind)!]
      let share = zip(words, probabilities).reduce(Angle.zero) { $1.0.commutes(with: component) ? $0 : $0 + 2 * $1.1 }
      return Angle.lost(share, times: factor)
    }
    return all.dropFirst().compactMap { word in
      var weights = Array(repeating: 0, count: lost.count)
      for (component, kind) in zip(all, kinds) { weights[kind] += word.commutes(with: component) ? -1 : 1 }
      guard weights.contains(where: { $0 != 0 }) else { return nil }
      let sum = zip(weights, lost).reduce(Angle.zero) { $0 + Angle(Double($1.0) / Double(all.count)) * $1.1 }
      // What rounding leaves below 0 is 0.
      return (word, sum.constantValue.map { Angle(-1e-14...0 ~= $0 ? 0 : $0) } ?? sum)
    }
  }
}
