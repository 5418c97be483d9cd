import LinearAlgebra
import QuantumCircuits
import QuantumStates

/// The measurement that a readout is, in all bases: its effects M_x, positive matrices that add up to the identity, `p(x) = tr(M_x
/// ρ)`.
///
/// 4^n products of |0>, |1>, |+> and |+i> are prepared and read; with them `M_x` follows by linear inversion, and then the nearest
/// measurement, found as the nearest channel that forgets all but the outcome. What a confusion matrix cannot tell shows here: a
/// readout along a tilted axis has effects with parts off the diagonal.
///
/// Of each qubit the readout means the observable `Σ_x (-1)^(x_q) M_x`. Its parts along X, Y and Z of the qubit are linear in
/// shares of shots and read without bias: 0, 0, 1 for a perfect readout. Errors of the gates that prepare count as errors of
/// readout.
///
/// Source: Lundeen et al., "Tomography of quantum detectors", 2009; Maciejewski, Zimborás, Oszmaniec, "Mitigation of readout noise
/// in near-term quantum devices by classical post-processing based on detector tomography", 2020, for the distance from a classical
/// readout.
public struct DetectorTomography: FidelityProtocol {
  public static var word: String { "detector" }
  /// Qubits and shots.
  public let settings: RegisterSettings

  public var width: Int { settings.qubits }
  public var shots: Int { settings.shots }

  /// - Throws: `BenchmarkError.settings` for settings that no circuits follow from.
  public init(_ settings: RegisterSettings) throws(BenchmarkError) {
    try settings.check(for: "Detector tomography", qubits: 1...3)
    self.settings = settings
  }

  /// - Throws: `BenchmarkError.settings` for settings that no circuits follow from.
  public init(qubits count: Int, shots: Int = 10_000) throws(BenchmarkError) {
    try self.init(RegisterSettings(qubits: count, shots: shots))
  }

  private var inputs: PreparedStates { PreparedStates(qubits: width) }
  private var outcomes: Range<Int> { 0..<1 << width }
  private func name(_ input: Int) -> String { "detector-\(inputs.name(input))" }
  public var circuitNames: [String] { inputs.indices.map(name) }

  public func circuit(_ index: Int, seed: UInt64) -> Circuit {
    var circuit = Circuit(qubits: width)
    circuit.append(inputs.gates(index))
    circuit.append(Barrier())
    return circuit.measuredInto()
  }

  /// What the counts say of the measurement.
  ///
  /// - Returns: by outcome, positive matrices that add up to the identity, qubit 0 as the least significant bit.
  public func effects(_ data: BenchmarkData) throws(BenchmarkError) -> [ComplexMatrix] {
    try data.check(self)
    return nearestEffects(data)
  }

  private func nearestEffects(_ data: BenchmarkData) -> [ComplexMatrix] {
    let dimension = outcomes.count
    let shares = inputs.indices.map { data[name($0)].shares }
    // J = Σ_x M_x^T x |x><x|, the input as the more significant half.
    var choi = ComplexMatrix(rows: dimension * dimension, columns: dimension * dimension)
    for word in Expectations.words(width) {
      let (matrix, coefficients) = (word.matrix(qubits: width), inputs.coefficients(word))
      for outcome in outcomes {
        let part = zip(coefficients, shares).reduce(0) { $0 + $1.0 * $1.1[outcome] } / Double(dimension)
        for row in 0..<dimension {
          for column in 0..<dimension {
            choi[row * dimension + outcome, column * dimension + outcome] += Complex(part) * matrix[column, row]
          }
        }
      }
    }
    guard let nearest = try? ChoiProjection.nearestChannel(to: choi) else {
      preconditionFailure("DetectorTomography: no eigenvalues")
    }
    return outcomes.map { outcome in
      var effect = ComplexMatrix(rows: dimension, columns: dimension)
      for row in 0..<dimension {
        for column in 0..<dimension { effect[row, column] = nearest[column * dimension + outcome, row * dimension + outcome] }
      }
      return effect
    }
  }

  public func report(_ data: BenchmarkData, seed: UInt64) throws(BenchmarkError) -> BenchmarkReport {
    let basis = ReadoutCharacterization.fidelity(
      outcomes.map { prepared in
        let input = (0..<width).reduce(0) { $0 | (prepared >> $1 & 1) << (2 * $1) }
        return data[name(input)]
      })
    let reason = "\(inputs.count) prepared states, \(data.shots) shots each"
    var estimates = [
      BenchmarkEstimate(
        "readout fidelity", basis.value, standardError: basis.variance.squareRoot(), freedom: data.shots - 1, within: 0...1,
        reason: "mean over \(outcomes.count) basis states, \(data.shots) shots each")
    ]
    for qubit in 0..<width {
      let parities = inputs.indices.map { data[name($0)].meanParity(1 << qubit) }
      for (pauli, label) in [(Pauli.x, "X"), (.y, "Y"), (.z, "Z")] {
        let coefficients = inputs.coefficients(PauliWord([PauliFactor(pauli, qubit)])).map { $0 / Double(1 << width) }
        let terms = zip(coefficients, parities)
        estimates.append(
          BenchmarkEstimate(
            "\(label) in the readout of qubit \(qubit)", terms.reduce(0) { $0 + $1.0 * $1.1.value },
            standardError: terms.reduce(0) { $0 + $1.0 * $1.0 * $1.1.variance }.squareRoot(), freedom: data.shots - 1,
            reason: reason))
      }
    }
    let distance = distanceFromClassical(nearestEffects(data))
    estimates.append(
      .withoutInterval(
        "distance from a classical readout", distance,
        reason: "of the nearest measurement, after |0> to |\(outcomes.count - 1)> alone it would not show"))
    return BenchmarkReport(name: name, estimates: estimates)
  }

  /// The largest change of an event's probability where the parts off the diagonal are left out: `max_S |Σ_{x in S} (M_x - diag
  /// M_x)|`.
  private func distanceFromClassical(_ effects: [ComplexMatrix]) -> Double {
    let rests = effects.map { effect in
      var rest = effect
      for place in 0..<effect.rows { rest[place, place] = 0 }
      return rest
    }
    return (1..<1 << outcomes.count).reduce(0) { largest, event in
      let sum = outcomes.filter { event >> $0 & 1 == 1 }.map { rests[$0] }.reduce(
        ComplexMatrix(rows: outcomes.count, columns: outcomes.count), +)
      // All events together leave nothing but rounding, which need not be Hermitian.
      guard let values = try? (sum + sum.adjoint).hermitianEigen().values else { return largest }
      return max(largest, values[values.count - 1] / 2, -values[0] / 2)
    }
  }
}

extension DetectorTomography {
  public init(from decoder: any Decoder) throws { try self.init(RegisterSettings(from: decoder)) }
  public func encode(to encoder: any Encoder) throws { try settings.encode(to: encoder) }
}
