import QuantumStates
import Randomness

/// How shots are shared out between the groups of an observable.
public enum ShotAllocation: Sendable, Hashable {
  /// The same number for each group.
  case uniform
  /// In proportion to the root of the sum of squared coefficients: best where nothing is known of the state.
  case coefficients
  /// In proportion to standard deviations that a pilot of so many shots a group finds; the pilot's shots count.
  ///
  /// Source: Neyman, "On the two different aspects of the representative method", 1934.
  case variances(pilot: Int)

  /// Shares `shots` in proportion to weights, at least one each: whole parts first, then the largest remainders.
  public static func shares(of shots: Int, weights: [Double]) -> [Int] {
    precondition(
      shots >= weights.count && weights.allSatisfy { $0 >= 0 && $0.isFinite },
      "ShotAllocation: \(shots) shots for weights \(weights)")
    let total = weights.reduce(0, +)
    let free = shots - weights.count
    let wanted = weights.map { total > 0 ? Double(free) * $0 / total : Double(free) / Double(weights.count) }
    var shares = wanted.map { 1 + Int($0) }
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
  ///   - shots: all groups together, at least two each.
  ///   - source: gives one number for each run.
  /// - Returns: an unbiased estimate with its standard error.
  /// - Throws: `CompilationError` as `run(shots:)` does, and for an observable that names a qubit which the circuit lacks.
  public func estimate(
    of observable: PauliSum, shots: Int, grouping: PauliGrouping = .qubitWise, allocation: ShotAllocation = .coefficients,
    parameters: [Double] = [], features: [Double] = [], using source: inout RandomSource,
    settings: TrajectorySettings = TrajectorySettings()
  ) throws(CompilationError) -> Estimate {
    try estimate(of: observable, shots: shots, grouping: grouping, allocation: allocation) {
      (circuit, shots) throws(CompilationError) in
      try circuit.measured(into: "group").run(
        shots: shots, parameters: parameters, features: features, using: &source, settings: settings
      ).marginal("group")
    }
  }

  /// The estimate from outcomes that `measure` draws: of all qubits after a circuit, a number of times.
  func estimate(
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
    var samples = groups.map { _ in (count: 0, sum: 0.0, squares: 0.0) }
    func measure(_ index: Int, shots: Int) throws(CompilationError) {
      guard shots > 0 else { return }
      var circuit = base
      circuit.append(groups[index].rotation)
      for (outcome, count) in try outcomes(circuit, shots).occurrences.sorted(by: { $0.key < $1.key }) {
        let value = groups[index].value(of: outcome)
        samples[index].sum += Double(count) * value
        samples[index].squares += Double(count) * value * value
      }
      samples[index].count += shots
    }
    var weights: [Double]
    switch allocation {
    case .uniform: weights = groups.map { _ in 1 }
    case .coefficients:
      weights = groups.map { $0.terms.reduce(0) { $0 + $1.coefficient * $1.coefficient }.squareRoot() }
    case .variances(let pilot):
      precondition(
        pilot >= 2 && pilot * groups.count <= shots,
        "Circuit.estimate: a pilot of \(pilot) shots in each of \(groups.count) groups, of \(shots) shots")
      for index in groups.indices { try measure(index, shots: pilot) }
      weights = samples.map { Estimate(count: $0.count, sum: $0.sum, squares: $0.squares).standardError }
    }
    precondition(shots >= 2 * groups.count, "Circuit.estimate: \(shots) shots for \(groups.count) groups, at least 2 each")
    let shares = ShotAllocation.shares(of: shots, weights: weights)
    for index in groups.indices { try measure(index, shots: max(2, shares[index]) - samples[index].count) }
    let parts = samples.map { Estimate(count: $0.count, sum: $0.sum, squares: $0.squares) }
    return Estimate(
      parts.reduce(observable.constant) { $0 + $1.value },
      standardError: parts.reduce(0) { $0 + $1.standardError * $1.standardError }.squareRoot())
  }
}
