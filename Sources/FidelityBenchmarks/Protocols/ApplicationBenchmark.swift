import QuantumCircuits
import QuantumStates
import Randomness

/// Algorithms at growing width, each judged by the fidelity of its outcomes with the ideal ones, rescaled so that uniform outcomes
/// have 0.
///
/// The plain fidelity `(Σ sqrt(p q))^2` of distributions is high for noise too where the ideal outcomes are many; `(F - F_u)/(1 -
/// F_u)` with that of uniform outcomes is not. That few shots lower it where outcomes are many is put right, see
/// `NormalizedFidelity`.
///
/// Source: Lubinski et al., "Application-oriented performance benchmarks for quantum computing", 2021.
public struct ApplicationBenchmark: FidelityProtocol {
  public static var word: String { "applications" }
  /// What is run.
  public let applications: [Application]
  /// Numbers of qubits; each application is run at those that it takes.
  public let widths: [Int]
  /// Circuits of each application and width.
  public let circuitsPerWidth: Int
  public let shots: Int
  private let entries: [Entry]

  private struct Entry {
    let application: Application
    let width: Int
    let number: Int
  }

  public var width: Int { widths.max()! }

  /// - Throws: `BenchmarkError.settings` for settings that no circuits follow from.
  public init(
    applications: [Application] = Application.allCases, widths: [Int] = [2, 4, 6], circuitsPerWidth: Int = 3, shots: Int = 1000
  ) throws(BenchmarkError) {
    guard !widths.isEmpty, widths == Set(widths).sorted(), widths.allSatisfy({ 2...14 ~= $0 }), circuitsPerWidth >= 1, shots >= 1
    else {
      throw .settings("Applications take ascending widths of 2 to 14 qubits, circuits and shots, not \(widths).")
    }
    (self.applications, self.widths, self.circuitsPerWidth, self.shots) = (applications, widths, circuitsPerWidth, shots)
    entries = applications.flatMap { application in
      widths.filter { application.takes(qubits: $0) }.flatMap { width in
        (0..<circuitsPerWidth).map { Entry(application: application, width: width, number: $0) }
      }
    }
    guard !entries.isEmpty else { throw .settings("None of the applications has a circuit of \(widths) qubits.") }
  }

  public var circuitNames: [String] { entries.map { "\($0.application.rawValue)-\($0.width)-\($0.number)" } }
  public func width(of index: Int) -> Int { entries[index].width }

  private func bareCircuit(_ index: Int, seed: UInt64) -> Circuit {
    let entry = entries[index]
    // By what is run, so that other applications beside it change nothing.
    let place =
      UInt64(Application.allCases.firstIndex(of: entry.application)!) << 32 | UInt64(entry.width) << 16 | UInt64(entry.number)
    var source = RandomSource(seed: seed, stream: 0xA99, index: place)
    return entry.application.circuit(qubits: entry.width, using: &source)
  }

  public func circuit(_ index: Int, seed: UInt64) -> Circuit { bareCircuit(index, seed: seed).measuredInto() }

  public func report(_ data: BenchmarkData, seed: UInt64) throws(BenchmarkError) -> BenchmarkReport {
    let names = circuitNames
    var (estimates, volumes): ([BenchmarkEstimate], [BenchmarkVolume]) = ([], [])
    for application in applications {
      for width in widths where application.takes(qubits: width) {
        let own = entries.indices.filter { entries[$0].application == application && entries[$0].width == width }
        var values: [Double] = []
        // The spread that shots alone give the mean.
        var variance = 0.0
        for index in own {
          let fidelity = NormalizedFidelity(data[names[index]], ideal: bareCircuit(index, seed: seed).idealProbabilities)
          values.append(fidelity.value)
          variance += fidelity.variance / Double(own.count * own.count)
        }
        let spread = own.count > 1 ? values.variance / Double(own.count) : 0
        let value = values.mean
        estimates.append(
          BenchmarkEstimate(
            "\(application.rawValue), \(width) qubits", value, standardError: max(variance, spread).squareRoot(),
            freedom: max(1, own.count - 1) * (spread > variance ? 1 : 1000),
            reason: "normalized fidelity, \(own.count) circuits, \(data.shots) shots each"))
        let depth = own.map { bareCircuit($0, seed: seed).depth }.reduce(0, +) / own.count
        volumes.append(BenchmarkVolume(name: application.rawValue, width: width, depth: depth, value: value))
      }
    }
    return BenchmarkReport(name: name, estimates: estimates, volumes: volumes)
  }
}

extension ApplicationBenchmark {
  private enum CodingKeys: CodingKey { case applications, widths, circuitsPerWidth, shots }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      applications: container.decode([Application].self, forKey: .applications),
      widths: container.decode([Int].self, forKey: .widths),
      circuitsPerWidth: container.decode(Int.self, forKey: .circuitsPerWidth), shots: container.decode(Int.self, forKey: .shots))
  }
}
