import Execution
import LinearAlgebra
import OpenQASM
import QuantumCircuits
import QuantumStates

/// A circuit with its inputs, a noise model and what is asked for, ready to run.
struct CircuitRun {
  let request: RunRequest
  let inputs: CircuitInputs
  let precision: Precision
  let loop: ParallelLoop
  let noise: NoiseModel.NoisyCircuit?
  /// The classical bits that shots are counted by; nil where the file has none, and all qubits are counted.
  let counted: CountedRegisters?
  /// Inputs as columns, noise inside, measurements as written.
  let circuit: Circuit
  /// The same without the measurements at the end: what states, probabilities and expectation values are of.
  let unmeasured: Circuit
  /// What exact numbers, or estimates in place of them, come from; never `automatic`.
  let method: SimulationMethod

  /// - Throws: `Failure` for a combination that cannot be honoured, `CompilationError` for noise that does not fit.
  init(
    _ file: CircuitFile, inputs: CircuitInputs, noise model: NoiseModel?, request: RunRequest, precision: Precision,
    loop: ParallelLoop
  ) throws {
    (self.request, self.inputs, self.precision, self.loop) = (request, inputs, precision, loop)
    counted = CountedRegisters(file)
    var named = inputs.columns(of: file.circuit, file: file)
    // What is reported of a circuit without classical bits is measured too, and noise of measurements and their time count.
    if model != nil, counted == nil { named = named.measured() }
    do {
      noise = try model.map { model throws(CircuitError) in try model.applied(to: named) }
    } catch {
      throw CompilationError.circuit(error)
    }
    circuit = noise?.circuit ?? named
    unmeasured = circuit.removingFinalMeasurements
    method = try Self.method(for: unmeasured, request, precision)
    try checkRequest()
  }

  /// The method that is asked for, or the cheapest by the estimates of `Simulation`; an exact one where it is quick or nothing else
  /// will do.
  private static func method(
    for circuit: Circuit, _ request: RunRequest, _ precision: Precision
  ) throws(Failure) -> SimulationMethod {
    switch request.method {
    case .automatic:
      if circuit.isDynamic { return .trajectories }
      if !circuit.isNoisy { return .stateVector }
      if request.amplitudes || request.probabilities || request.gradient { return .densityMatrix }
      if circuit.hasSnapshots, !request.wantsExact { return .trajectories }
      let drawn = max(2, request.shots ?? 1000)
      let costs = Simulation.costs(
        of: request.wantsExact ? request.observables.map(\.sum) : [Z(0).pauliSum], after: circuit,
        sampling: request.wantsExact ? .states(trajectories: drawn) : .shots(drawn), precision: precision)
      func seconds(_ method: SimulationMethod) -> Double { costs.first { $0.method == method }?.seconds ?? .infinity }
      let quick = 1.0
      return seconds(.densityMatrix) < max(quick, seconds(.trajectories)) ? .densityMatrix : .trajectories
    // Tableaux and frames are shots of another kind, which `draw(shots:into:)` takes.
    case .trajectories, .stabilizer: return .trajectories
    case .stateVector, .densityMatrix:
      if circuit.isDynamic {
        throw Failure(
          .usage,
          "--method \(request.method.rawValue) cannot run measurements before the end, conditions and loops; take --method trajectories with --shots"
        )
      }
      if request.method == .densityMatrix { return .densityMatrix }
      if circuit.isNoisy {
        throw Failure(.usage, "--method state-vector cannot hold noise and resets; take --method density-matrix or trajectories")
      }
      return .stateVector
    }
  }

  private func checkRequest() throws(Failure) {
    let largest = 16
    if request.method == .stabilizer, request.wantsExact {
      throw Failure(
        .usage, "--method stabilizer draws shots; give --shots alone, or take another method for amplitudes and expectation values")
    }
    if request.bits != nil, inputs.isBatch {
      throw Failure(.usage, "--bits writes the shots of one sample; give its numbers with --input instead of a table")
    }
    if request.amplitudes {
      guard method == .stateVector else {
        let advice = method == .trajectories ? "take --shots for counts" : "take --probabilities or --shots"
        throw Failure(.usage, "--amplitudes needs a pure state, and this run has none (\(method.rawValue)); \(advice)")
      }
      if request.qubits != nil { throw Failure(.usage, "--qubits chooses probabilities; for amplitudes take --top K") }
      if circuit.qubitCount > largest, request.top == nil {
        throw Failure(
          .usage, "\(circuit.qubitCount) qubits have 2^\(circuit.qubitCount) amplitudes; take --top K for the largest ones")
      }
    }
    if request.probabilities {
      if method == .trajectories {
        throw Failure(.usage, "--probabilities is exact, and this run is one of trajectories; take --shots for counts")
      }
      for qubit in request.qubits ?? [] where !(0..<circuit.qubitCount).contains(qubit) {
        throw Failure(.usage, "--qubits: there is no qubit \(qubit), the circuit has \(circuit.qubitCount)")
      }
      let count = request.qubits?.count ?? circuit.qubitCount
      if count > largest, request.top == nil {
        throw Failure(.usage, "\(count) qubits have 2^\(count) probabilities; take --top K, or --qubits LIST for fewer qubits")
      }
      for block in noise?.readout?.blocks ?? [] {
        let wanted = Set(request.qubits ?? Array(0..<circuit.qubitCount))
        let named = block.qubits.filter(wanted.contains)
        if !named.isEmpty, named.count < block.qubits.count {
          throw Failure(.usage, "--qubits: the noise model confuses qubits \(block.qubits) together; list all of them or none")
        }
      }
    }
    if request.method == .densityMatrix, request.shots != nil, circuit.hasSnapshots {
      throw Failure(.usage, "--method density-matrix takes no snapshots, which the circuit has; take --method trajectories")
    }
    if method == .trajectories, !request.observables.isEmpty, request.shots == nil {
      throw Failure(.usage, "expectation values of this run are estimated by trajectories; give --shots, their number")
    }
    if method == .trajectories, !request.observables.isEmpty, request.shots == 1 {
      throw Failure(.usage, "one trajectory gives expectation values without a standard error; give --shots of at least 2")
    }
    if request.gradient, method == .trajectories {
      throw Failure(.usage, "--gradient needs exact expectation values, and this run is one of trajectories")
    }
    for observable in request.observables where observable.sum.qubitCount > circuit.qubitCount {
      throw Failure(
        .usage,
        "--expectation \(observable.text): there is no qubit \(observable.sum.qubitCount - 1), the circuit has \(circuit.qubitCount)"
      )
    }
  }

  // MARK: - Running

  /// - Throws: `CompilationError` for angles that are not finite and states that do not fit in memory.
  func result() throws -> RunResult {
    var samples = [SampleResult](repeating: SampleResult(), count: inputs.rows.rows)
    // One state gives the expectation values too; errors of readout make many words of an observable, which `Simulation` looks
    // after.
    let isOneState = method == .stateVector && !inputs.isBatch && !request.gradient && noise?.readout == nil
    if request.amplitudes || request.probabilities || isOneState && request.wantsExact { try readStates(into: &samples) }
    if !request.observables.isEmpty, samples[0].expectations == nil { try readExpectations(into: &samples) }
    let drawn = try request.shots.map { try draw(shots: $0, into: &samples) }
    return RunResult(
      qubitCount: circuit.qubitCount, method: request.wantsExact ? method.rawValue : drawn?.method ?? method.rawValue,
      shotMethod: drawn?.how, shots: request.shots,
      noise: noise.map { $0.report.description.split(separator: "\n").map(String.init) },
      bits: request.bits.map { ($0, finalBitCount) }, registers: counted,
      samples: samples, isBatch: inputs.isBatch)
  }

  /// Amplitudes, probabilities and, on the way, expectation values from one final state a sample.
  private func readStates(into samples: inout [SampleResult]) throws {
    let qubits = request.qubits ?? Array(0..<circuit.qubitCount)
    let (parameters, features) = (inputs.parameters(of: unmeasured), inputs.features(of: unmeasured))
    if method == .densityMatrix {
      let values = try probabilities(of: qubits)
      for row in samples.indices { samples[row].probabilities = entries(of: values.row(row), qubits) }
      return
    }
    let runner = try CircuitRunner(unmeasured, precision: precision, loop: loop)
    for row in samples.indices {
      let state = try runner.run(parameters: parameters, features: inputs.isBatch ? features.row(row) : [])
      if request.amplitudes { samples[row].amplitudes = amplitudes(of: state) }
      if request.probabilities {
        let values = state.probabilities(of: qubits)
        samples[row].probabilities = entries(of: noise?.readout?.applied(to: values, of: qubits) ?? values, qubits)
      }
      if !request.observables.isEmpty, !request.gradient, noise?.readout == nil {
        samples[row].expectations = request.observables.map {
          .init(observable: $0.text, Estimate(state.expectation(of: $0.sum), standardError: 0))
        }
      }
    }
  }

  /// Exact probabilities of what is reported for some qubits, by sample.
  func probabilities(of qubits: [Int]) throws(CompilationError) -> RealMatrix {
    var mixed = unmeasured
    // A channel that does nothing makes a pure circuit one of density matrices.
    if !mixed.isNoisy { mixed.append(BitFlip(0, 0)) }
    return try CircuitFunction.probabilities(
      of: qubits, after: mixed, under: NoiseModel(readout: noise?.readout), precision: precision, loop: loop
    ).function.values(features: inputs.features(of: unmeasured), parameters: inputs.parameters(of: unmeasured))
  }

  private func amplitudes(of state: borrowing StateVector) -> AmplitudeList {
    let width = state.qubitCount
    guard let top = request.top else {
      let all = state.amplitudes(.littleEndian)
      return AmplitudeList(entries: all.enumerated().map { (Self.digits($0, width), $1) }, isSelection: false)
    }
    let places = placesOfLargest(top, of: state.probabilities())
    return AmplitudeList(entries: places.map { place in (Self.digits(place, width), state[place]) }, isSelection: true)
  }

  /// Probabilities above 1e-12 by the digits of the qubits, the first listed rightmost; only the largest where `--top` says so.
  private func entries(of values: [Double], _ qubits: [Int]) -> [String: Double] {
    let places = request.top.map { placesOfLargest($0, of: values) } ?? Array(values.indices)
    return Dictionary(
      uniqueKeysWithValues: places.filter { values[$0] > 1e-12 }.map { (Self.digits($0, qubits.count), values[$0]) })
  }

  private static func digits(_ value: Int, _ width: Int) -> String { BitString(value, width: width).description }

  private func readExpectations(into samples: inout [SampleResult]) throws {
    let (parameters, features) = (inputs.parameters(of: unmeasured), inputs.features(of: unmeasured))
    let simulation = try Simulation(
      of: request.observables.map(\.sum), after: circuit, under: NoiseModel(readout: noise?.readout), method: method,
      sampling: .states(trajectories: method == .trajectories ? request.shots ?? 1000 : 1000), precision: precision, loop: loop)
    var source = source(ofSample: 0, stream: 1)
    let result = try simulation.run(features: features, parameters: parameters, using: &source)
    for row in samples.indices {
      samples[row].expectations = zip(request.observables, result.estimates[row]).map { .init(observable: $0.text, $1) }
    }
    guard request.gradient else { return }
    for row in samples.indices { samples[row].gradients = [] }
    for (place, observable) in request.observables.enumerated() {
      var cotangents = RealMatrix(rows: samples.count, columns: request.observables.count)
      for row in samples.indices { cotangents[row, place] = 1 }
      let (_, gradient) = try simulation.runWithGradient(
        features: features, parameters: parameters, cotangents: cotangents, using: &source)
      for row in samples.indices {
        let slopes = inputs.isBatch ? gradient.features.row(row) : gradient.parameters
        samples[row].gradients! += inputs.names.enumerated().map { column, name in
          // An input that no angle reads has slope 0.
          .init(observable: observable.text, parameter: name, value: column < slopes.count ? slopes[column] : 0)
        }
      }
    }
  }
}
