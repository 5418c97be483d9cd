import QuantumStates
import Randomness

/// How shots are shared out between the groups of an observable.
public enum ShotAllocation: Sendable, Hashable {
  /// The same number for each group.
  case uniform
  /// In proportion to the root of the sum of squared coefficients: best where nothing is known of the state.
  case coefficients
  /// In proportion to standard deviations that a pilot of so many shots a group finds.
  ///
  /// The pilot's shots are part of the whole number and no part of the mean: which share a group gets depends on them, and a mean
  /// with them would be biased. One more value of the variance that a group has in the maximally mixed state stands beside the
  /// pilot's, so that no group is given up because few shots agreed by chance.
  ///
  /// Source: Neyman, "On the two different aspects of the representative method", 1934.
  case variances(pilot: Int)

  /// Shares `shots` in proportion to weights, at least `least` each: whole parts first, then the largest remainders.
  public static func shares(of shots: Int, weights: [Double], atLeast least: Int = 1) -> [Int] {
    precondition(
      shots >= least * weights.count && weights.allSatisfy { $0 >= 0 && $0.isFinite },
      "ShotAllocation: \(shots) shots for weights \(weights), at least \(least) each")
    let total = weights.reduce(0, +)
    let free = shots - least * weights.count
    let wanted = weights.map { total > 0 ? Double(free) * $0 / total : Double(free) / Double(weights.count) }
    var shares = wanted.map { least + Int($0) }
    let order = wanted.indices.sorted {
      (wanted[$1] - wanted[$1].rounded(.down), $0) < (wanted[$0] - wanted[$0].rounded(.down), $1)
    }
    for index in order.prefix(shots - shares.reduce(0, +)) { shares[index] += 1 }
    return shares
  }
}

extension Circuit {
  /// The expectation value of an observable from a number of shots, as a device would find it.
  ///
  /// Each group of words is measured in a setting of its own; correlations inside a group are part of its variance.
  ///
  /// - Parameters:
  ///   - observable: a sum of Pauli words on the circuit's qubits; its constant costs no shots.
  ///   - shots: all groups together, a pilot included: at least two for each group's mean.
  ///   - source: gives one number for each run.
  /// - Returns: an unbiased estimate with its standard error; where all shots of a group agree, that of one more that does not.
  /// - Throws: `CompilationError` as `run(shots:)` does, for an observable that names a qubit which the circuit lacks, and for too
  ///   few shots.
  public func estimate(
    of observable: PauliSum, shots: Int, grouping: PauliGrouping = .qubitWise, allocation: ShotAllocation = .coefficients,
    parameters: [Double] = [], features: [Double] = [], using source: inout RandomSource,
    settings: TrajectorySettings = TrajectorySettings()
  ) throws(CompilationError) -> Estimate {
    let register = freeName("group")
    return try estimate(of: observable, shots: shots, grouping: grouping, allocation: allocation) {
      (circuit, shots) throws(CompilationError) in
      try circuit.measured(into: register).run(
        shots: shots, parameters: parameters, features: features, using: &source, settings: settings
      ).marginal(register)
    }
  }

  /// The estimate from outcomes that `measure` draws: of all qubits after a circuit, a number of times.
  package func estimate(
    of observable: PauliSum, shots: Int, grouping: PauliGrouping, allocation: ShotAllocation = .coefficients,
    measure outcomes: (Circuit, Int) throws(CompilationError) -> OutcomeCounts
  ) throws(CompilationError) -> Estimate {
    if observable.qubitCount > qubitCount {
      throw .qubitOutOfRange(
        readout: "The observable \(observable)", qubit: observable.qubitCount - 1, qubitCount: qubitCount)
    }
    let groups = observable.measurementGroups(grouping, qubits: qubitCount)
    guard !groups.isEmpty else { return Estimate(observable.constant, standardError: 0) }
    let base = removingFinalMeasurements
    let piloted: Int? = if case .variances(let pilot) = allocation { pilot } else { nil }
    let pilot = piloted ?? 0
    guard shots >= (pilot + 2) * groups.count, piloted == nil || pilot >= 2 else {
      throw .unsupported(
        method: "An estimate from \(shots) shots",
        reason: "\(groups.count) groups are measured one by one, with "
          + (piloted == nil ? "" : "\(pilot) shots each in a pilot (at least 2) and ") + "at least 2 each for their means")
    }
    func measure(_ group: MeasurementGroup, shots: Int) throws(CompilationError) -> GroupSample {
      var circuit = base
      circuit.append(group.rotation)
      return GroupSample(group, try outcomes(circuit, shots))
    }
    var weights: [Double] = []
    for group in groups {
      switch allocation {
      case .uniform: weights.append(1)
      case .coefficients: weights.append(group.mixedVariance.squareRoot())
      case .variances(let pilot): weights.append(try measure(group, shots: pilot).variance(besides: group).squareRoot())
      }
    }
    let shares = ShotAllocation.shares(of: shots - pilot * groups.count, weights: weights, atLeast: 2)
    var (value, variance) = (observable.constant, 0.0)
    for (group, share) in zip(groups, shares) {
      let part = try measure(group, shots: share).estimate(of: group)
      value += part.value
      variance += part.standardError * part.standardError
    }
    return Estimate(value, standardError: variance.squareRoot())
  }
}

extension MeasurementGroup {
  /// The variance of one shot in the maximally mixed state, where words are independent.
  fileprivate var mixedVariance: Double { terms.reduce(0) { $0 + $1.coefficient * $1.coefficient } }
}

/// What shots of a group gave.
private struct GroupSample {
  private let count: Int
  private let mean: Double
  /// Squares of the distances from the mean.
  private let scatter: Double

  init(_ group: MeasurementGroup, _ counts: OutcomeCounts) {
    count = counts.shots
    let values = counts.occurrences.sorted { $0.key < $1.key }.map { (value: group.value(of: $0.key), count: Double($0.value)) }
    let mean = values.reduce(0) { $0 + $1.count * $1.value } / Double(count)
    self.mean = mean
    scatter = values.reduce(0) { $0 + $1.count * ($1.value - mean) * ($1.value - mean) }
  }

  /// The variance of a shot, from these and one more that lies as far off as in the maximally mixed state.
  func variance(besides group: MeasurementGroup) -> Double { (scatter + group.mixedVariance) / Double(count) }

  /// - Returns: the mean; where all shots agreed its error is not 0, which only exact values have.
  func estimate(of group: MeasurementGroup) -> Estimate {
    let isFlat = scatter <= 1e-24 * group.mixedVariance
    let own = isFlat ? variance(besides: group) : scatter / Double(count - 1)
    return Estimate(mean, standardError: (own / Double(count)).squareRoot())
  }
}
