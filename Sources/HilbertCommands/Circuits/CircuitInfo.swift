import Execution
import OpenQASM
import QuantumCircuits
import QuantumStates
import Reports

/// What `info` prints.
struct CircuitInfo: CommandResult {
  var command: String { "info" }

  let qubitCount: Int
  let bitCount: Int
  let operations: Int
  let depth: Int
  let twoQubit: Int
  let counts: [String: Int]
  let parameters: [String]
  let features: [String]
  let observables: [String]
  /// How it runs: as state vectors, density matrices or trajectories.
  let method: String
  /// Trajectories that the estimate is for; nil where values are exact.
  let trajectories: Int?
  /// What a noise model adds, line by line; nil without one.
  let noise: [String]?
  let estimate: Cost?
  let gradientEstimate: Cost?
  /// Why there is no estimate.
  let reason: String?

  struct Cost: Encodable {
    let bytes: UInt64
    let seconds: Double
  }

  /// - Parameter model: noise to run it with.
  init(_ file: CircuitFile, noise model: NoiseModel?, precision: Precision, loop: ParallelLoop) throws {
    let size = CircuitSize(file.circuit)
    (qubitCount, bitCount) = (file.circuit.qubitCount, file.circuit.bitCount)
    (operations, depth, twoQubit, counts) = (size.operations, size.depth, size.twoQubit, size.counts)
    func names(_ isWanted: (Angle.Symbol) -> Bool) -> [String] { file.inputs.filter { isWanted($0.symbol) }.map(\.name) }
    parameters = names { if case .parameter = $0 { true } else { false } }
    features = names { if case .feature = $0 { true } else { false } }
    observables = file.observables.map(\.description)
    let inputs = CircuitInputs(symbolsOf: file)
    let run = try CircuitRun(
      file, inputs: inputs, noise: model, request: RunRequest(observables: [ObservableRequest(Z(0).pauliSum)], shots: 1000),
      precision: precision, loop: loop)
    noise = run.noise.map { $0.report.description.split(separator: "\n").map(String.init) }
    method = run.method.rawValue
    trajectories = run.method == .trajectories ? 1000 : nil
    func cost(_ estimate: CostEstimate) -> Cost { Cost(bytes: estimate.bytes, seconds: estimate.seconds) }
    let costs: (value: Cost?, gradient: Cost?, reason: String?)
    do {
      if run.method == .stateVector {
        let function = try CircuitFunction.expectation(
          of: [Z(0).pauliSum], after: run.unmeasured, precision: precision, loop: loop)
        let (value, gradient) = (try function.estimate(), try function.estimate(withGradient: true))
        costs = (cost(value), cost(gradient), nil)
      } else {
        let simulation = try Simulation(
          of: [Z(0).pauliSum], after: run.unmeasured, under: NoiseModel(readout: run.noise?.readout), method: run.method,
          precision: precision, loop: loop)
        let value = try simulation.estimate()
        costs = (cost(value), nil, nil)
      }
    } catch {
      costs = (nil, nil, "\(error)")
    }
    (estimate, gradientEstimate, reason) = (costs.value, costs.gradient, costs.reason)
  }

  var text: String {
    var rows = [
      ["qubits", "\(qubitCount)"], ["classical bits", "\(bitCount)"], ["operations", "\(operations)"], ["depth", "\(depth)"],
      ["two-qubit operations", "\(twoQubit)"],
    ]
    for (name, list) in [("parameters", parameters), ("features", features), ("observables", observables)] where !list.isEmpty {
      rows.append([name, "\(list.count): \(list.prefix(8).joined(separator: ", "))\(list.count > 8 ? ", ..." : "")"])
    }
    rows.append(["runs as", method])
    rows += (noise ?? []).map { ["noise", $0] }
    for (name, cost) in [(trajectories.map { "\($0) trajectories" } ?? "one value", estimate), ("with gradient", gradientEstimate)]
    {
      if let cost { rows.append([name, "\(Self.readable(cost.bytes)), about \(Self.readable(seconds: cost.seconds))"]) }
    }
    if let reason { rows.append(["no estimate", reason]) }
    let table = Table(columns: ["gate", "count"], rows: counts.sorted { $0.key < $1.key }.map { [$0.key, "\($0.value)"] })
    let width = rows.map { $0[0].count }.max()! + 2
    return rows.map { $0[0] + String(repeating: " ", count: width - $0[0].count) + $0[1] + "\n" }.joined()
      + (counts.isEmpty ? "" : "\n\(table.text)\n")
  }

  private static func readable(_ bytes: UInt64) -> String {
    let units = ["bytes", "KiB", "MiB", "GiB", "TiB"]
    var (value, unit) = (Double(bytes), 0)
    while value >= 1024, unit + 1 < units.count { (value, unit) = (value / 1024, unit + 1) }
    return unit == 0 ? "\(bytes) bytes" : "\(value.fixed(1)) \(units[unit])"
  }

  private static func readable(seconds: Double) -> String {
    seconds >= 1 ? "\(seconds.fixed(1)) s" : seconds >= 1e-3 ? "\((1e3 * seconds).fixed(1)) ms" : "\((1e6 * seconds).fixed(1)) µs"
  }
}
