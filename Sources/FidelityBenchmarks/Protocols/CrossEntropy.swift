import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Cross-entropy benchmarking: random circuits deeper and deeper, whose measured distribution is compared with the ideal one.
///
/// With the polarization F outcomes come from the ideal distribution, else from the uniform one. Then the mean over shots of D p(x)
/// - 1, with D = 2^n and ideal probabilities p, is F (D sum p^2 - 1); F is the slope through the points of all circuits of a depth,
/// which the field calls the cross-entropy fidelity. It decays as A f^m with the number m of cycles; `(1 - f)(4^n - 1)/4^n` is the
/// process infidelity of one.
///
/// Three estimators read the same shots: `linear`, `logarithmic` with ln p(x) in place of D p(x), and `heavy` with whether x is
/// heavier than the median. A cycle is a random gate of {sqrt X, sqrt Y, sqrt W} on each qubit, none twice in a row, and CZ on
/// pairs of neighbours.
///
/// Several groups of qubits, such as the pairs of one layer of a grid, run at the same time, each with random circuits of its own;
/// what the others do to a group counts as its error, and each has its decays.
///
/// Source: Arute et al., "Quantum supremacy using a programmable superconducting processor", 2019, supplement IV; Boixo et al.,
/// 2018.
public struct CrossEntropy: FidelityProtocol {
  public static var word: String { "xeb" }
  /// Qubits whose circuits are one; groups run at the same time.
  public let groups: [[Int]]
  /// Numbers of cycles.
  public let depths: [Int]
  /// Circuits of each depth, at least 2.
  public let circuitsPerDepth: Int
  public let shots: Int

  public var name: String { groups.count == 1 ? "xeb" : "simultaneous-xeb" }
  public var width: Int { groups.joined().max()! + 1 }

  /// - Throws: `BenchmarkError.settings` for settings that no circuits follow from.
  public init(
    groups: [[Int]], depths: [Int] = [2, 4, 8, 12, 16, 24, 32], circuitsPerDepth: Int = 20, shots: Int = 1000
  ) throws(BenchmarkError) {
    let qubits = groups.flatMap { $0 }
    guard !groups.isEmpty, groups.allSatisfy({ 2...20 ~= $0.count }), Set(qubits).count == qubits.count,
      qubits.allSatisfy({ 0..<62 ~= $0 })
    else { throw .settings("Cross-entropy benchmarking takes groups of 2 to 20 different qubits, not \(groups).") }
    guard depths.count >= 3, depths == Set(depths).sorted(), depths[0] >= 1, circuitsPerDepth >= 2, shots >= 1 else {
      throw .settings(
        "Cross-entropy benchmarking takes at least 3 ascending depths, 2 circuits and 1 shot, not \(depths), \(circuitsPerDepth) and "
          + "\(shots).")
    }
    (self.groups, self.depths, self.circuitsPerDepth, self.shots) = (groups, depths, circuitsPerDepth, shots)
  }

  /// One group of the qubits 0..<n.
  public init(
    qubits count: Int, depths: [Int] = [2, 4, 8, 12, 16, 24, 32], circuitsPerDepth: Int = 20, shots: Int = 1000
  ) throws(BenchmarkError) {
    try self.init(groups: [Array(0..<count)], depths: depths, circuitsPerDepth: circuitsPerDepth, shots: shots)
  }

  /// How a fidelity is read from shots.
  public enum Estimator: String, Sendable, CaseIterable {
    case linear, logarithmic, heavy
  }

  private func names(of depth: Int) -> [String] { (0..<circuitsPerDepth).map { "xeb-\(depth)-\($0)" } }
  public var circuitNames: [String] { depths.flatMap(names) }

  public func circuit(_ index: Int, seed: UInt64) -> Circuit {
    let (depth, number) = (depths[index / circuitsPerDepth], index % circuitsPerDepth)
    let parts = groups.indices.map { place in
      self.circuit(depth, number, group: place, seed: seed).mapped(to: groups[place], qubitCount: width).instructions
        .split(omittingEmptySubsequences: false) { $0.kind == .barrier }
    }
    var circuit = Circuit(qubits: width)
    for cycle in 0...depth {
      for part in parts { circuit.append(Array(part[cycle])) }
      if cycle < depth { circuit.append(Barrier()) }
    }
    return circuit.measuredInto()
  }

  /// The circuit of a group on qubits of its own; the cycles end with barriers.
  private func circuit(_ depth: Int, _ index: Int, group: Int, seed: UInt64) -> Circuit {
    let width = groups[group].count
    var source = RandomSource(seed: seed, stream: 0xEB | UInt64(group) << 32, index: UInt64(depth * circuitsPerDepth + index))
    var circuit = Circuit(qubits: width)
    let roots: [Gate] = [.sx, .sy, .sw]
    var last = (0..<width).map { _ in -1 }
    func addRoots() {
      for qubit in 0..<width {
        var choice = source.integer(below: last[qubit] < 0 ? 3 : 2)
        if last[qubit] >= 0, choice >= last[qubit] { choice += 1 }
        last[qubit] = choice
        circuit.append(Instruction.gate(roots[choice], on: qubit))
      }
    }
    for cycle in 0..<depth {
      addRoots()
      // Two qubits have one pair, which is at work in every cycle.
      for qubit in stride(from: width == 2 ? 0 : cycle % 2, to: width - 1, by: 2) { circuit.append(CZ(qubit, qubit + 1)) }
      circuit.append(Barrier())
    }
    // Without a last layer the phases of the last CZ would not show.
    addRoots()
    return circuit
  }

  public func report(_ data: BenchmarkData, seed: UInt64) throws(BenchmarkError) -> BenchmarkReport {
    let parts = groups.indices.map { report(data, group: $0, seed: seed) }
    return BenchmarkReport(name: name, estimates: parts.flatMap(\.estimates), curves: parts.flatMap(\.curves))
  }

  private func report(
    _ data: BenchmarkData, group: Int, seed: UInt64
  ) -> (estimates: [BenchmarkEstimate], curves: [BenchmarkCurve]) {
    let (qubits, width) = (groups[group], groups[group].count)
    let label = groups.count == 1 ? "" : " of qubits \(qubits.map(String.init).joined(separator: ", "))"
    var points: [Estimator: [[Point]]] = [:]
    for depth in depths {
      let pairs = names(of: depth).enumerated().map { index, name in
        (circuit(depth, index, group: group, seed: seed).idealProbabilities, data[name].marginal(of: qubits))
      }
      for estimator in Estimator.allCases { points[estimator, default: []].append(pairs.map { Point($0.0, $0.1, estimator) }) }
    }
    // The least that Welch's and Satterthwaite's formula gives, as where one depth has most of the variance.
    let freedom = circuitsPerDepth - 1
    var (estimates, errorPerCycle): ([BenchmarkEstimate], BenchmarkEstimate?) = ([], nil)
    var curves: [BenchmarkCurve] = []
    for estimator in Estimator.allCases {
      let depthPoints = points[estimator]!
      let fidelities = depthPoints.map { Point.slope($0) }
      let errors = depthPoints.map(Point.slopeError)
      let fit = DecayFit(zip(depths, fidelities).map { (Double($0), $1, 1) }, asymptote: 0)
      // How the factor follows each fidelity, by differences as large as the errors.
      let variance = errors.enumerated().reduce(0) { sum, entry in
        func factor(_ change: Double) -> Double {
          var moved = fidelities
          moved[entry.offset] += change
          return DecayFit(zip(depths, moved).map { (Double($0), $1, 1) }, asymptote: 0).factor
        }
        let slope = (factor(entry.element) - factor(-entry.element)) / 2
        return sum + slope * slope
      }
      let hasSignal = fidelities[0] > 0.05
      if estimator == .linear {
        let scale = 1 - pow(0.25, Double(width))
        errorPerCycle = BenchmarkEstimate(
          "error per cycle" + label, scale * (1 - fit.factor), standardError: scale * variance.squareRoot(),
          freedom: freedom, quality: hasSignal ? .good : .poor,
          reason: "process infidelity, by the linear estimator")
      }
      estimates.append(
        BenchmarkEstimate(
          "polarization per cycle, \(estimator.rawValue)" + label, fit.factor, standardError: variance.squareRoot(),
          freedom: freedom, quality: hasSignal ? .good : .poor,
          reason: hasSignal ? "one exponential decay over \(depths.count) depths" : "the shallowest circuits have hardly any signal"
        ))
      curves.append(
        BenchmarkCurve(
          name: "polarization, \(estimator.rawValue)" + label, xLabel: "cycles", yLabel: "polarization", x: depths.map(Double.init),
          y: fidelities, errors: errors, fit: { fit($0) }))
    }
    return (estimates + [errorPerCycle!], curves)
  }

  /// What one circuit says: the measured mean of a function of the outcome, less its uniform mean, and what it would be without
  /// noise.
  private struct Point {
    let measured: Double
    let ideal: Double

    init(_ probabilities: [Double], _ counts: OutcomeCounts, _ estimator: Estimator) {
      let dimension = Double(probabilities.count)
      let values: [Double]
      switch estimator {
      case .linear: values = probabilities.map { dimension * $0 }
      case .logarithmic: values = probabilities.map { log(max($0, 1e-12 / dimension) * dimension) }
      case .heavy:
        let sorted = probabilities.sorted()
        let median = (sorted[sorted.count / 2 - 1] + sorted[sorted.count / 2]) / 2
        values = probabilities.map { $0 > median ? 1 : 0 }
      }
      let uniform = values.mean
      measured =
        counts.occurrences.sorted { $0.key < $1.key }.reduce(0) { $0 + values[$1.key] * Double($1.value) } / Double(counts.shots)
        - uniform
      ideal = zip(values, probabilities).reduce(0) { $0 + $1.0 * $1.1 } - uniform
    }

    /// The least-squares slope of measured against ideal values.
    static func slope(_ points: [Point]) -> Double { slope(sums(points)) }

    private static func sums(_ points: [Point]) -> (top: Double, bottom: Double) {
      points.reduce((0, 0)) { ($0.0 + $1.measured * $1.ideal, $0.1 + $1.ideal * $1.ideal) }
    }

    private static func slope(_ sums: (top: Double, bottom: Double)) -> Double { sums.bottom > 0 ? sums.top / sums.bottom : 0 }

    /// The standard error of the slope by the jackknife: each circuit left out once. Shots and circuits both count.
    ///
    /// Source: Efron, Tibshirani, "An introduction to the bootstrap", 1993, chapter 11.
    static func slopeError(_ points: [Point]) -> Double {
      let (all, count) = (sums(points), Double(points.count))
      let slopes = points.map {
        slope((all.top - $0.measured * $0.ideal, all.bottom - $0.ideal * $0.ideal))
      }
      return ((count - 1) * (count - 1) / count * slopes.variance).squareRoot()
    }
  }
}

extension CrossEntropy {
  private enum CodingKeys: CodingKey { case groups, depths, circuitsPerDepth, shots }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      groups: container.decode([[Int]].self, forKey: .groups), depths: container.decode([Int].self, forKey: .depths),
      circuitsPerDepth: container.decode(Int.self, forKey: .circuitsPerDepth), shots: container.decode(Int.self, forKey: .shots))
  }
}
