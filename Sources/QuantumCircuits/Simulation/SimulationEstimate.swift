import LinearAlgebra
import QuantumStates
import Randomness

extension Simulation {
  /// Predicts what the values of one sample will take.
  ///
  /// Of a pure circuit as `CircuitFunction.estimate` does. Of density matrices and trajectories a short beginning of the same
  /// circuit, or few of the trajectories, is run on a state of as many qubits, and its time grows by the counts of operations that
  /// `costs` come from; above 11 qubits density matrices are timed on 11. Every symbol is 0.1.
  ///
  /// - Complexity: about a tenth of a second; of large states a few passes over one.
  public func estimate() throws(CompilationError) -> CostEstimate {
    if let exact, method == .stateVector { return try exact.estimate() }
    let whole = costs.first { $0.method == method }!
    let (loop, precision) = (sampler.loop, sampler.precision)
    var (timed, draws, watched) = (circuit.bound(to: 0.1), sampling.draws, observables)
    if method == .densityMatrix, circuit.qubitCount > Self.largestTimed {
      timed = timed.dense(onQubits: Self.largestTimed)
      watched = [Z(0).pauliSum]
    }
    func counted() -> Double {
      Self.costs(of: watched, after: timed, sampling: sampling.with(draws: draws), precision: precision)
        .first { $0.method == method }!.seconds
    }
    // Few trajectories first, then fewer operations.
    if method != .densityMatrix, counted() > Self.budget {
      draws = max(min(draws, Self.fewestDraws(circuit.qubitCount)), Int(Double(draws) * Self.budget / counted()))
    }
    if counted() > Self.budget {
      timed = timed.beginning(max(8, Int(Double(timed.instructions.count) * Self.budget / counted())))
    }
    let simulation = try Simulation(
      of: watched, after: timed, method: method, sampling: sampling.with(draws: draws), precision: precision, loop: loop)
    var (best, spent) = (Double.infinity, 0.0)
    for call in 0..<10 where call < 2 || spent < Self.budget {
      var source = RandomSource(seed: 1)
      let start = ContinuousClock.now
      _ = try simulation.run(using: &source)
      let elapsed = (ContinuousClock.now - start).components
      let seconds = Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
      (best, spent) = (min(best, seconds), spent + seconds)
    }
    let copies = method == .densityMatrix ? 1 : Self.states(circuit.qubitCount, precision: precision, threads: loop.threads)
    return CostEstimate(bytes: UInt64(whole.bytes) * UInt64(copies), keptBytes: 0, seconds: whole.seconds * best / counted())
  }

  /// Seconds that are worth an estimate.
  private static let budget = 0.05
  /// The most qubits of a density matrix that is run just to see how fast it goes.
  private static let largestTimed = 11

  /// Small states run side by side, and a batch takes as long for a few of them as for all.
  private static func fewestDraws(_ qubitCount: Int) -> Int { qubitCount <= 13 ? 64 : 2 }

  /// States in memory at once.
  private static func states(_ qubitCount: Int, precision: Precision, threads: Int) -> Int {
    let bytes = precision.bytesPerAmplitude << qubitCount
    if bytes >= 32 << 20 { return 1 }
    return qubitCount <= 13 ? threads << CompiledCircuit.sampleBits(qubitCount: qubitCount, precision: precision) : threads
  }
}

extension ExpectationSampling {
  fileprivate func with(draws: Int) -> ExpectationSampling {
    switch self {
    case .states: .states(trajectories: draws)
    case .shots: .shots(draws)
    }
  }
}

extension Circuit {
  /// The circuit with one number in place of every symbol.
  fileprivate func bound(to value: Double) -> Circuit { substituting { _ in Angle(value) } }

  /// The first instructions.
  fileprivate func beginning(_ count: Int) -> Circuit {
    var result = Circuit(qubits: qubitCount, registers: registers)
    for instruction in instructions.prefix(count) { result.add(instruction) }
    return result
  }

  /// Rotations, CX and depolarizing channels on some qubits: what noisy circuits are made of.
  fileprivate func dense(onQubits count: Int) -> Circuit {
    var result = Circuit(qubits: count)
    for qubit in 0..<count {
      result.append(RX(0.3, qubit))
      result.append(Instruction.channel(.depolarizing(errorProbability: 0.01), on: qubit))
    }
    for qubit in 0..<count - 1 { result.append(CX(qubit, qubit + 1)) }
    return result
  }
}
