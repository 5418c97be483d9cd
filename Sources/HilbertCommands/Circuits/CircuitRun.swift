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
  /// Inputs as columns, noise inside, measurements as written.
  let circuit: Circuit
  /// The same without the measurements at the end: what states, probabilities and expectation values are of.
  let unmeasured: Circuit
  let method: SimulationChoice

  /// What exact numbers, or estimates in place of them, come from.
  enum SimulationChoice: String {
    case stateVector = "state-vector"
    case densityMatrix = "density-matrix"
    case trajectories
  }

  /// - Throws: `Failure` for a combination that cannot be honoured, `CompilationError` for noise that does not fit.
  init(
    _ file: CircuitFile, inputs: CircuitInputs, noise model: NoiseModel?, request: RunRequest, precision: Precision,
    loop: ParallelLoop
  ) throws {
    (self.request, self.inputs, self.precision, self.loop) = (request, inputs, precision, loop)
    let named = inputs.columns(of: file.circuit, file: file)
    do {
      noise = try model.map { model throws(CircuitError) in try model.applied(to: named) }
    } catch {
      throw CompilationError.circuit(error)
    }
    circuit = noise?.circuit ?? named
    let bare = circuit.removingFinalMeasurements
    method = try Self.choice(for: bare, request)
    // A channel that does nothing makes a pure circuit one of density matrices.
    unmeasured = method == .densityMatrix && !bare.isNoisy ? bare + Self.nothing(on: bare) : bare
    try checkRequest()
  }

  private static func nothing(on circuit: Circuit) -> Circuit {
    Circuit(qubits: circuit.qubitCount) { BitFlip(0, 0) }
  }

  private static func choice(for circuit: Circuit, _ request: RunRequest) throws(Failure) -> SimulationChoice {
    let isDynamic = circuit.instructions.contains { !$0.isUnitary && !$0.isChannel && $0.kind != .reset }
    switch request.method {
    case .automatic: return isDynamic ? .trajectories : circuit.isNoisy ? .densityMatrix : .stateVector
    case .trajectories: return .trajectories
    case .stateVector, .densityMatrix:
      if isDynamic {
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
    if request.amplitudes {
      guard method == .stateVector else {
        throw Failure(
          .usage, "--amplitudes needs a pure state, and this run has none (\(method.rawValue)); take --probabilities or --shots")
      }
      if request.qubits != nil { throw Failure(.usage, "--qubits chooses probabilities; for amplitudes take --top K") }
      if circuit.qubitCount > largest, request.top == nil {
        throw Failure(
          .usage, "\(circuit.qubitCount) qubits have \(1 << circuit.qubitCount) amplitudes; take --top K for the largest ones")
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
        throw Failure(.usage, "\(count) qubits have \(1 << count) probabilities; take --top K, or --qubits LIST for fewer qubits")
      }
      for block in noise?.readout?.blocks ?? [] {
        let wanted = Set(request.qubits ?? Array(0..<circuit.qubitCount))
        let named = block.qubits.filter(wanted.contains)
        if !named.isEmpty, named.count < block.qubits.count {
          throw Failure(.usage, "--qubits: the noise model confuses qubits \(block.qubits) together; list all of them or none")
        }
      }
    }
    if method == .trajectories, !request.observables.isEmpty, request.shots == nil {
      throw Failure(.usage, "expectation values of this run are estimated by trajectories; give --shots, their number")
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

  /// The observables whose exact values are those that are read, errors of readout included.
  private var readObservables: [PauliSum] {
    request.observables.map { observable in noise?.readout?.applied(to: observable.sum) ?? observable.sum }
  }

  // MARK: - Running

  /// - Throws: `CompilationError` for angles that are not finite and states that do not fit in memory.
  func result() throws -> RunResult {
    var samples = [SampleResult](repeating: SampleResult(), count: inputs.rows.rows)
    var shotMethod: String?
    if request.amplitudes || request.probabilities
      || method == .stateVector && !inputs.isBatch && !request.gradient
        && request.wantsExact
    {
      try readStates(into: &samples)
    }
    if !request.observables.isEmpty, samples[0].expectations == nil { try readExpectations(into: &samples) }
    if let shots = request.shots { shotMethod = try draw(shots: shots, into: &samples) }
    return RunResult(
      qubitCount: circuit.qubitCount, method: method.rawValue, shotMethod: shotMethod, shots: request.shots,
      noise: noise.map { $0.report.description.split(separator: "\n").map(String.init) }, samples: samples, isBatch: inputs.isBatch)
  }

  /// Amplitudes, probabilities and, on the way, expectation values from one final state a sample.
  private func readStates(into samples: inout [SampleResult]) throws {
    let qubits = request.qubits ?? Array(0..<circuit.qubitCount)
    let (parameters, features) = (inputs.parameters(of: unmeasured), inputs.features(of: unmeasured))
    if method == .densityMatrix {
      let function = try CircuitFunction.probabilities(of: qubits, after: unmeasured, precision: precision, loop: loop)
      let values = try function.values(features: features, parameters: parameters)
      for row in samples.indices { samples[row].probabilities = entries(of: values.row(row), qubits) }
      return
    }
    let runner = try CircuitRunner(unmeasured, precision: precision, loop: loop)
    for row in samples.indices {
      let state = try runner.run(parameters: parameters, features: inputs.isBatch ? features.row(row) : [])
      if request.amplitudes { samples[row].amplitudes = amplitudes(of: state) }
      if request.probabilities { samples[row].probabilities = entries(of: state.probabilities(of: qubits), qubits) }
      if !request.observables.isEmpty, !request.gradient {
        samples[row].expectations = zip(request.observables, readObservables).map {
          .init(observable: $0.text, value: state.expectation(of: $1), standardError: 0)
        }
      }
    }
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
    let values = noise?.readout?.applied(to: values, of: qubits) ?? values
    let places = request.top.map { placesOfLargest($0, of: values) } ?? Array(values.indices)
    return Dictionary(
      uniqueKeysWithValues: places.filter { values[$0] > 1e-12 }.map { (Self.digits($0, qubits.count), values[$0]) })
  }

  private static func digits(_ value: Int, _ width: Int) -> String { BitString(value, width: width).description }

  private func readExpectations(into samples: inout [SampleResult]) throws {
    let (parameters, features) = (inputs.parameters(of: unmeasured), inputs.features(of: unmeasured))
    func expectation(_ place: Int, _ value: Double, _ error: Double = 0) -> SampleResult.Expectation {
      .init(observable: request.observables[place].text, value: value, standardError: error)
    }
    if method == .trajectories {
      for row in samples.indices {
        var source = source(ofSample: row, stream: 1)
        let estimates = try circuit.estimates(
          of: readObservables, trajectories: request.shots ?? 1, parameters: parameters,
          features: inputs.isBatch ? features.row(row) : [], using: &source, settings: settings)
        samples[row].expectations = estimates.enumerated().map { expectation($0, $1.value, $1.standardError) }
      }
      return
    }
    guard request.gradient else {
      let function = try CircuitFunction.expectation(of: readObservables, after: unmeasured, precision: precision, loop: loop)
      let values = try function.values(features: features, parameters: parameters)
      for row in samples.indices {
        samples[row].expectations = values.row(row).enumerated().map { expectation($0, $1) }
      }
      return
    }
    for row in samples.indices { (samples[row].expectations, samples[row].gradients) = ([], []) }
    for (place, observable) in readObservables.enumerated() {
      let function = try CircuitFunction.expectation(of: [observable], after: unmeasured, precision: precision, loop: loop)
      let (values, gradient) = try function.valueWithGradient(features: features, parameters: parameters)
      for row in samples.indices {
        samples[row].expectations!.append(expectation(place, values[row, 0]))
        let slopes = inputs.isBatch ? gradient.features.row(row) : gradient.parameters
        samples[row].gradients! += inputs.names.enumerated().map { column, name in
          // An input that no angle reads has slope 0.
          .init(observable: request.observables[place].text, parameter: name, value: column < slopes.count ? slopes[column] : 0)
        }
      }
    }
  }
}
