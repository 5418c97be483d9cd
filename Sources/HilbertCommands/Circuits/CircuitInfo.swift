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
  let estimate: Cost?
  let gradientEstimate: Cost?
  /// Why there is no estimate.
  let reason: String?

  struct Cost: Encodable {
    let bytes: UInt64
    let seconds: Double
  }

  init(_ file: CircuitFile, precision: Precision, loop: ParallelLoop) {
    let size = CircuitSize(file.circuit)
    (qubitCount, bitCount) = (file.circuit.qubitCount, file.circuit.bitCount)
    (operations, depth, twoQubit, counts) = (size.operations, size.depth, size.twoQubit, size.counts)
    func names(_ isWanted: (Angle.Symbol) -> Bool) -> [String] { file.inputs.filter { isWanted($0.symbol) }.map(\.name) }
    parameters = names { if case .parameter = $0 { true } else { false } }
    features = names { if case .feature = $0 { true } else { false } }
    observables = file.observables.map(\.description)
    let circuit = file.circuit.removingFinalMeasurements
    guard circuit.isUnitary else {
      method = (circuit.isDynamic ? SimulationMethod.trajectories : .densityMatrix).rawValue
      (estimate, gradientEstimate) = (nil, nil)
      reason = "times are predicted for state vectors alone"
      return
    }
    method = "state-vector"
    do {
      let function = try CircuitFunction.expectation(of: [Z(0).pauliSum], after: circuit, precision: precision, loop: loop)
      func cost(_ withGradient: Bool) throws -> Cost {
        let estimate = try function.estimate(withGradient: withGradient)
        return Cost(bytes: estimate.bytes, seconds: estimate.seconds)
      }
      (estimate, gradientEstimate, reason) = (try cost(false), try cost(true), nil)
    } catch {
      (estimate, gradientEstimate, reason) = (nil, nil, "\(error)")
    }
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
    for (name, cost) in [("one value", estimate), ("with gradient", gradientEstimate)] {
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
