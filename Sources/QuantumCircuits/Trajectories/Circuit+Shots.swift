import LinearAlgebra
import QuantumStates
import Randomness

extension Circuit {
  /// Runs the circuit a number of times, with mid-circuit measurements, resets, conditions, loops and noise channels.
  ///
  /// A circuit without classical bits has all its qubits measured at the end, into a register `measured`.
  ///
  /// ```swift
  /// let counts = try teleportation.run(shots: 1000, using: &source).counts
  /// ```
  /// Shot s draws from a sequence of its own, so that the same source gives the same shots for any number of threads.
  ///
  /// - Parameters:
  ///   - parameters: `parameterCount` numbers.
  ///   - features: `featureCount` numbers of one sample.
  ///   - source: gives one number, the seed of all shots.
  /// - Throws: `CompilationError` for wrong counts, values that are not finite, strengths out of range, states that do not fit in
  ///   memory, a loop that does not end, or a method that cannot run the circuit.
  /// - Complexity: of `sampling` one run; of `branching` one for each history; of `trajectories` one for each shot.
  public func run(
    shots: Int, parameters: [Double] = [], features: [Double] = [], using source: inout RandomSource,
    settings: TrajectorySettings = TrajectorySettings()
  ) throws(CompilationError) -> ShotResult {
    precondition(shots >= 1, "Circuit.run: \(shots) shots, at least 1")
    let circuit = bitCount == 0 ? measured() : self
    return try ShotRunner(circuit, parameters: parameters, features: features, settings: settings)
      .run(shots: shots, seed: source.next())
  }

  /// Runs the circuit a number of times under a noise model, its errors of readout included.
  ///
  /// - Returns: the shots, and how often each rule of the model added something.
  /// - Throws: `CompilationError` as `run(shots:)` does; a channel that does not fit the circuit is reported as its `CircuitError`.
  public func run(
    shots: Int, under noise: NoiseModel, parameters: [Double] = [], features: [Double] = [], using source: inout RandomSource,
    settings: TrajectorySettings = TrajectorySettings()
  ) throws(CompilationError) -> (result: ShotResult, report: NoiseReport) {
    let noisy: NoiseModel.NoisyCircuit
    do { noisy = try noise.applied(to: bitCount == 0 ? measured() : self) } catch { throw .circuit(error) }
    var settings = settings
    settings.readout = noisy.readout
    return (
      try noisy.circuit.run(shots: shots, parameters: parameters, features: features, using: &source, settings: settings),
      noisy.report
    )
  }

  /// Expectation values after a circuit with noise channels, measurements and resets, by quantum trajectories.
  ///
  /// Each trajectory is a pure state in which every channel has applied one of its Kraus operators, drawn with its probability in
  /// that state; its expectation values are exact, and their mean is that of the density matrix.
  ///
  /// - Parameters:
  ///   - observables: sums of Pauli words on the circuit's qubits.
  ///   - trajectories: how many; the standard errors fall with the square root.
  ///   - source: gives one number, the seed of all trajectories.
  /// - Returns: one estimate for each observable; with errors of readout, of what would be reported.
  /// - Throws: `CompilationError` as `run(shots:)` does, and for an observable that names a qubit which the circuit lacks.
  ///
  /// Source: Dalibard, Castin, Molmer, "Wave-function approach to dissipative processes in quantum optics", 1992.
  public func estimates(
    of observables: [PauliSum], trajectories: Int, parameters: [Double] = [], features: [Double] = [],
    using source: inout RandomSource, settings: TrajectorySettings = TrajectorySettings()
  ) throws(CompilationError) -> [Estimate] {
    precondition(trajectories >= 1, "Circuit.estimates: \(trajectories) trajectories, at least 1")
    for observable in observables where observable.qubitCount > qubitCount {
      throw .qubitOutOfRange(
        readout: "The observable \(observable)", qubit: observable.qubitCount - 1, qubitCount: qubitCount)
    }
    return try ShotRunner(removingFinalMeasurements, parameters: parameters, features: features, settings: settings)
      .estimates(of: observables, trajectories: trajectories, seed: source.next())
  }

  /// The circuit with every channel replaced by its Pauli twirl, whose trajectories draw words whatever the state is.
  ///
  /// The channels' strengths must be numbers; bind the circuit first.
  ///
  /// Source: Geller, Zhou, "Efficient error models for fault-tolerant architectures and the Pauli twirling approximation", 2013.
  public func pauliTwirled() throws(ChannelError) -> Circuit {
    var result = Circuit(qubits: qubitCount, registers: registers)
    for instruction in instructions { result.add(try instruction.pauliTwirled()) }
    return result
  }
}

extension Instruction {
  fileprivate func pauliTwirled() throws(ChannelError) -> Instruction {
    guard case .channel(let channel) = kind else {
      return try mappingWholeBlocks { block throws(ChannelError) in
        var twirled: [Instruction] = []
        for instruction in block { twirled.append(try instruction.pauliTwirled()) }
        return twirled
      }
    }
    var result = self
    result.kind = .channel(try channel.pauliTwirled())
    return result
  }
}
