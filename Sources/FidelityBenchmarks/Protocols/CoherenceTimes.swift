import QuantumCircuits
import QuantumStates

/// How long qubits keep what they hold: T1, T2 by Ramsey fringes and T2 by an echo, of all qubits at the same time.
///
/// Time is counted in identity gates, whose duration a noise model gives (`times: {id: 100}`) and hardware knows. Barriers stand
/// between them; a compiler that takes identity gates away all the same has to be told not to.
/// - T1: |1> waits; its population decays as `B + A e^{-t/T1}`.
/// - T2 Ramsey: |+> waits, is turned by 2π f t about Z and read along X; the oscillation decays with T2*. What its frequency is off
///   f is the detuning of the qubit.
/// - T2 echo: X in the middle of the wait undoes what detunings that stay constant have done.
///
/// B is fitted, so that readout errors and a thermal population do no harm.
///
/// Source: Krantz, Kjaergaard, Yan, Orlando, Gustavsson, Oliver, "A quantum engineer's guide to superconducting qubits", 2019,
/// section III.
public struct CoherenceTimes: FidelityProtocol {
  public static var word: String { "coherence" }
  public let width: Int
  /// Numbers of identity gates, even.
  public let delays: [Int]
  public let shots: Int

  /// - Throws: `BenchmarkError.settings` for settings that no circuits follow from.
  public init(qubits count: Int, delays: [Int] = stride(from: 0, through: 200, by: 10).map { $0 }, shots: Int = 2000)
    throws(BenchmarkError)
  {
    guard 1...20 ~= count, delays.count >= 8, delays == Set(delays).sorted(), delays[0] >= 0,
      delays.allSatisfy({ $0.isMultiple(of: 2) }), shots >= 2
    else {
      throw .settings("Coherence times take 1 to 20 qubits and at least 8 ascending even delays, not \(count) and \(delays).")
    }
    (width, self.delays, self.shots) = (count, delays, shots)
  }

  private enum Kind: String, CaseIterable {
    case t1, ramsey, echo

    var label: String { self == .t1 ? "T1" : "T2 \(rawValue)" }
  }

  public var circuitNames: [String] { Kind.allCases.flatMap { kind in delays.map { "\(kind.rawValue)-\($0)" } } }

  /// Four fringes over the longest delay, but at most a quarter of a turn from one delay to the next.
  private var fringes: Double {
    let gaps = zip(delays.dropFirst(), delays).map { $0 - $1 }
    return min(4 / Double(delays.last!), 0.25 / Double(gaps.max()!))
  }

  public func circuit(_ index: Int, seed: UInt64) -> Circuit {
    let (kind, delay) = (Kind.allCases[index / delays.count], delays[index % delays.count])
    var circuit = Circuit(qubits: width)
    func all(_ word: (Int) -> Instruction) { for qubit in 0..<width { circuit.append(word(qubit)) } }
    func wait(_ count: Int) {
      for _ in 0..<count {
        all { Instruction.gate(.id, on: $0) }
        circuit.append(Barrier())
      }
    }
    switch kind {
    case .t1:
      all { Instruction.gate(.x, on: $0) }
      wait(delay)
    case .ramsey:
      all { Instruction.gate(.h, on: $0) }
      wait(delay)
      for qubit in 0..<width { circuit.append(RZ(Angle(2 * .pi * fringes * Double(delay)), qubit)) }
      all { Instruction.gate(.h, on: $0) }
    case .echo:
      all { Instruction.gate(.h, on: $0) }
      wait(delay / 2)
      all { Instruction.gate(.x, on: $0) }
      wait(delay / 2)
      all { Instruction.gate(.h, on: $0) }
    }
    return circuit.measuredInto()
  }

  public func report(_ data: BenchmarkData, seed: UInt64) throws(BenchmarkError) -> BenchmarkReport {
    let times = delays.map(Double.init)
    var (estimates, curves): ([BenchmarkEstimate], [BenchmarkCurve]) = ([], [])
    for qubit in 0..<width {
      for kind in Kind.allCases {
        let values = delays.map { data["\(kind.rawValue)-\($0)"].share(of: 1, on: [qubit]) }
        let range = kind == .ramsey ? 0...2 * fringes : nil
        let fit = DampedFit(zip(times, values).map { (time: $0, value: $1) }, frequencies: range)
        let error = fit.rateError(at: times, shots: data.shots, frequencies: range, seed: seed &+ UInt64(qubit))
        let name = "\(kind.label) of qubit \(qubit)"
        estimates.append(Self.estimate(name, fit, error: error, times: times, isOver: isOver(kind, fit, values)))
        if let frequency = fit.frequency {
          // The error of a frequency is that of a phase over the time that the decay leaves.
          let spread = error / (2 * .pi)
          estimates.append(
            BenchmarkEstimate(
              "detuning of qubit \(qubit)", frequency - fringes, standardError: spread, freedom: 1000,
              quality: estimates[estimates.count - 1].quality, reason: "turns per identity gate"))
        }
        curves.append(
          BenchmarkCurve(
            name: "\(name)", xLabel: "identity gates", yLabel: "share of 1", x: times, y: values,
            errors: values.map { ($0 * (1 - $0) / Double(data.shots)).squareRoot() }, fit: { fit($0) }))
      }
    }
    return BenchmarkReport(name: name, estimates: estimates, curves: curves)
  }

  /// Whether values that stay the same are those of a decay that is over, rather than those of none: |1> has become |0>, the
  /// fringes are gone, an echo gives either outcome alike.
  private func isOver(_ kind: Kind, _ fit: DampedFit, _ values: [Double]) -> Bool {
    switch kind {
    case .t1: values.mean < 0.5
    case .ramsey: fit.amplitude(at: Double(delays[0])) < 0.25
    case .echo: 0.25...0.75 ~= values.mean
    }
  }

  /// 1/rate, with the interval that the rate's gives; without bounds where no decay is seen.
  private static func estimate(
    _ name: String, _ fit: DampedFit, error: Double, times: [Double], isOver: Bool
  ) -> BenchmarkEstimate {
    let width = StudentT.quantile(0.975, freedom: 1000) * error
    let share = fit.decayed(between: times.first!, and: times.last!)
    // Of a decay by less than a twentieth, or by as little as none at all, no time can be told; of one that might be none a least
    // one.
    let amplitude = fit.amplitude(at: times.first!)
    let isSmall = amplitude * share < 0.05 && (fit.rate > width || amplitude < 0.05)
    guard fit.rate > width, !isSmall else {
      let (first, last) = (Int(times.first!), Int(times.last!))
      let reason =
        amplitude * share >= 0.05 && fit.decayed(between: times[0], and: times[1]) > 0.8
        ? "the decay is over after the first delay: take shorter ones"
        : amplitude * share >= 0.05
          ? "at \(last) identity gates the decay is not over, and where it ends cannot be told from how fast it goes: take longer delays"
          : isOver
            ? "whatever decays has decayed before the first delay, \(first) identity gates: take shorter delays"
            : "up to \(last) identity gates a decay cannot be told from a constant: take longer delays"
      return BenchmarkEstimate(
        name, .infinity, low: isSmall ? -.infinity : 1 / (fit.rate + width), high: .infinity, quality: .poor, reason: reason)
    }
    let (quality, reason): (BenchmarkEstimate.Quality, String) =
      share < 0.15
      ? (.poor, "the longest delay shows hardly any decay: take longer ones")
      : times.count > 1 && fit.decayed(between: times[0], and: times[1]) > 0.8
        ? (.poor, "the decay is over after the first delay: take shorter ones")
        : width > fit.rate / 2
          ? (.poor, "the interval is wide: take more shots or delays")
          : (.good, "in identity gates, \(times.count) delays")
    return BenchmarkEstimate(
      name, 1 / fit.rate, low: 1 / (fit.rate + width), high: 1 / (fit.rate - width),
      standardError: error / (fit.rate * fit.rate), quality: quality, reason: reason)
  }
}

extension CoherenceTimes {
  private enum CodingKeys: String, CodingKey {
    case width = "qubits"
    case delays, shots
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      qubits: container.decode(Int.self, forKey: .width), delays: container.decode([Int].self, forKey: .delays),
      shots: container.decode(Int.self, forKey: .shots))
  }
}
