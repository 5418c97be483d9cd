/// How a circuit is run.
public enum SimulationMethod: String, Sendable, Hashable, Codable, CaseIterable {
  /// The cheapest of the others that is right, by an estimate; results name what was taken.
  case automatic
  /// Pure states, without noise.
  case stateVector = "state-vector"
  /// Mixed states, exact: 4^n real numbers a sample.
  case densityMatrix = "density-matrix"
  /// Pure states in which channels, measurements and resets take one of their operators at random; right on average.
  case trajectories
  /// Trajectories of the circuit whose channels are replaced by their Pauli twirls: cheaper, and another noise where they are no
  /// Pauli channels.
  case pauliTwirled = "pauli-twirled"
}

/// What an expectation value is made from.
public enum ExpectationSampling: Sendable, Hashable {
  /// Exact expectation values of states: one state where the method has one, else the mean over so many trajectories.
  case states(trajectories: Int = 1000)
  /// Outcomes of measurements, so many for each sample and observable, as a device gives them.
  case shots(Int)

  var shots: Int? { if case .shots(let count) = self { count } else { nil } }
  /// Runs of a method that draws: shots or trajectories.
  var draws: Int {
    switch self {
    case .states(let trajectories): trajectories
    case .shots(let count): count
    }
  }
}
