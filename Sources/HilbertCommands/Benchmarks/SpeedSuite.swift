import QuantumStates
import Reports

/// The sizes at which Hilbert is compared with other simulators.
enum SpeedSuite {
  /// Every row in the order of the table.
  static func settings(threads: Int?) -> [SpeedSettings] {
    var rows: [SpeedSettings] = []
    func add(_ workload: SpeedWorkloadKind, _ qubits: [Int], _ change: (inout SpeedSettings) -> Void = { _ in }) {
      for precision in [Precision.float, .double] {
        for qubits in qubits {
          var row = SpeedSettings(workload: workload, qubits: qubits, precision: precision, threads: threads)
          change(&row)
          rows.append(row)
        }
      }
    }
    for workload in [SpeedWorkloadKind.trainingStep, .trainingStepTwoPhase] {
      for layers in [3, 10] {
        for batch in [64, 256] {
          add(workload, [4, 8, 10]) { ($0.layers, $0.batch) = (layers, batch) }
        }
      }
    }
    add(.adjoint, [4, 8, 12, 16, 20])
    add(.stateVector, [16, 20, 24])
    add(.fourier, [22, 24])
    for samples in [200, 1000] { add(.kernel, [4, 8, 12]) { $0.samples = samples } }
    add(.sampling, [20])
    add(.density, [6, 8, 10, 12])
    add(.trajectories, [16]) { $0.shots = 1000 }
    return rows
  }

  static func table(_ measurements: [SpeedMeasurement]) -> String {
    let rows = measurements.map { measurement in
      [
        measurement.settings.workload.rawValue, measurement.size.map(\.text).joined(separator: " "),
        measurement.settings.precision.rawValue, measurement.median.readableSeconds,
        (measurement.seconds.min() ?? 0).readableSeconds,
        measurement.checkValues.map { "\($0.rounded(digits: 6))" }.joined(separator: " "),
      ]
    }
    return Table(columns: ["workload", "size", "precision", "median", "best", "check values"], rows: rows).text + "\n"
  }
}

extension SpeedLine.Field {
  /// For people: "n 8".
  fileprivate var text: String {
    switch self {
    case .integer(let name, let value): "\(name) \(value)"
    case .text(let name, let value): "\(name) \(value)"
    case .number(let name, let value, let digits): "\(name) \(value.rounded(digits: digits))"
    case .numbers(let name, let values): "\(name) \(values)"
    case .amplitudes(let name, let values): "\(name) \(values)"
    case .fields(let name, let fields): "\(name) \(fields.map(\.text).joined(separator: " "))"
    }
  }
}

extension Double {
  /// Seconds in the unit that suits them, to three digits.
  fileprivate var readableSeconds: String {
    let (value, unit) = self < 1e-3 ? (self * 1e6, "us") : self < 1 ? (self * 1e3, "ms") : (self, "s")
    return "\(value.rounded(digits: 3)) \(unit)"
  }
}
