import LinearAlgebra
import QuantumCircuits
import QuantumStates

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the readout of some qubits reports, from all basis states prepared: detector tomography in the computational basis.
///
/// Column j of the confusion matrix holds the probabilities of outcomes after |j> was prepared; shares of shots are the maximum of
/// the likelihood, each column sums to 1 and none is negative. Where readout errors are independent, the matrix is the product of
/// those of single qubits; crosstalk is the largest total variation distance from that product over columns. Errors of the X gates
/// that prepare count as errors of readout.
///
/// Source: Maciejewski, Zimborás, Oszmaniec, "Mitigation of readout noise in near-term quantum devices by classical post-processing
/// based on detector tomography", 2020.
public struct ReadoutCharacterization: FidelityProtocol {
  public static var word: String { "readout" }
  /// Qubits and shots.
  public let settings: RegisterSettings

  public var width: Int { settings.qubits }
  public var shots: Int { settings.shots }

  /// - Throws: `BenchmarkError.settings` for settings that no circuits follow from.
  public init(_ settings: RegisterSettings) throws(BenchmarkError) {
    try settings.check(for: "Readout characterization", qubits: 1...8)
    self.settings = settings
  }

  /// - Throws: `BenchmarkError.settings` for settings that no circuits follow from.
  public init(qubits count: Int, shots: Int = 10_000) throws(BenchmarkError) {
    try self.init(RegisterSettings(qubits: count, shots: shots))
  }

  public var circuitNames: [String] { (0..<1 << width).map { "readout-\(BitString($0, width: width))" } }

  public func circuit(_ index: Int, seed: UInt64) -> Circuit {
    var circuit = Circuit(qubits: width)
    for qubit in 0..<width where index >> qubit & 1 == 1 { circuit.append(X(qubit)) }
    circuit.append(Barrier())
    return circuit.measuredInto()
  }

  /// Entry [reported, prepared].
  public func confusion(_ data: BenchmarkData) throws(BenchmarkError) -> RealMatrix {
    try data.check(self)
    return matrix(data)
  }

  private func matrix(_ data: BenchmarkData) -> RealMatrix {
    var result = RealMatrix(rows: 1 << width, columns: 1 << width)
    for (column, name) in circuitNames.enumerated() {
      for (row, share) in data[name].shares.enumerated() { result[row, column] = share }
    }
    return result
  }

  public func report(_ data: BenchmarkData, seed: UInt64) throws(BenchmarkError) -> BenchmarkReport {
    let (names, shots) = (circuitNames, Double(data.shots))
    let matrix = matrix(data)
    let right = Self.fidelity(names.map { data[$0] })
    var estimates = [
      BenchmarkEstimate(
        "readout fidelity", right.value, standardError: right.variance.squareRoot(), freedom: data.shots - 1, within: 0...1,
        reason: "mean over \(names.count) basis states, \(data.shots) shots each")
    ]
    var flips: [[Double]] = []
    for qubit in 0..<width {
      let rates = (0...1).map { value -> Double in
        let own = names.indices.filter { $0 >> qubit & 1 == value }
        let wrong = own.reduce(0) { sum, index in
          data[names[index]].occurrences.reduce(sum) { ($1.key >> qubit & 1) != value ? $0 + $1.value : $0 }
        }
        let trials = Double(own.count) * shots
        let (rate, low, high) = Self.wilson(Double(wrong), of: trials)
        estimates.append(
          BenchmarkEstimate(
            "qubit \(qubit), \(value) reported as \(1 - value)", rate, low: low, high: high, halfWidth: (high - low) / 2,
            reason: "over all states of the other qubits; Wilson's interval"))
        return rate
      }
      flips.append(rates)
    }
    if width > 1 { estimates.append(crosstalk(matrix, flips, shots: shots)) }
    return BenchmarkReport(name: name, estimates: estimates)
  }

  /// The share of right outcomes, of counts after each basis state in order, and its variance.
  static func fidelity(_ counts: [OutcomeCounts]) -> (value: Double, variance: Double) {
    let means = counts.enumerated().map { prepared, counts in Mean(counts, in: 0...1) { $0 == prepared ? 1 : 0 } }
    let count = Double(means.count)
    return (means.reduce(0) { $0 + $1.value } / count, means.reduce(0) { $0 + $1.variance } / (count * count))
  }

  /// The largest distance of a column from the product of single qubits, and what sampling alone would show.
  private func crosstalk(_ matrix: RealMatrix, _ flips: [[Double]], shots: Double) -> BenchmarkEstimate {
    func product(_ outcome: Int, _ prepared: Int) -> Double {
      (0..<width).reduce(1) { product, qubit in
        let value = prepared >> qubit & 1
        return product * ((outcome >> qubit & 1) == value ? 1 - flips[qubit][value] : flips[qubit][value])
      }
    }
    let distances = (0..<matrix.columns).map { prepared in
      DistributionMetrics.totalVariation(matrix.column(prepared), (0..<matrix.rows).map { product($0, prepared) })
    }
    // The mean of |x| of a normal number is sqrt(2/π) of its standard deviation.
    let chance = (0..<matrix.columns).map { prepared in
      (0..<matrix.rows).reduce(0) { sum, outcome in
        let p = product(outcome, prepared)
        return sum + (2 * p * (1 - p) / (.pi * shots)).squareRoot() / 2
      }
    }
    let worst = distances.indices.max { distances[$0] - chance[$0] < distances[$1] - chance[$1] }!
    // One shot more or less changes a distance by at most 1/N: McDiarmid's bound, for the worst of all columns.
    let bound = (log(40 * Double(matrix.columns)) / (2 * shots)).squareRoot()
    return BenchmarkEstimate(
      "crosstalk", distances[worst], low: max(0, distances[worst] - chance[worst] - bound), high: min(1, distances[worst] + bound),
      reason: "distance from independent errors after |\(BitString(worst, width: width))>; shots alone show "
        + "\(chance[worst].rounded(toPlaces: 4))")
  }

  /// The share of successes and its 95 % interval.
  ///
  /// Source: Wilson, "Probable inference, the law of succession, and statistical inference", 1927.
  static func wilson(_ successes: Double, of trials: Double) -> (rate: Double, low: Double, high: Double) {
    let (z, rate) = (BenchmarkEstimate.normalQuantile, successes / trials)
    let scale = 1 / (1 + z * z / trials)
    let centre = scale * (rate + z * z / (2 * trials))
    let width = scale * z * (rate * (1 - rate) / trials + z * z / (4 * trials * trials)).squareRoot()
    return (rate, max(0, centre - width), min(1, centre + width))
  }
}

extension ReadoutCharacterization {
  public init(from decoder: any Decoder) throws { try self.init(RegisterSettings(from: decoder)) }
  public func encode(to encoder: any Encoder) throws { try settings.encode(to: encoder) }
}
