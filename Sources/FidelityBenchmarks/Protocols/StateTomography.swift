import LinearAlgebra
import OpenQASM
import QuantumCircuits
import QuantumStates
import Randomness

/// The density matrix of what a circuit prepares, from measurements in all 3^n products of the bases of X, Y and Z.
///
/// Linear inversion: each Pauli word's expectation is the mean over all settings that measure it, `ρ = Σ <P> P / 2^n`. Then the nearest density
/// matrix: eigenvalues that are negative are raised to 0 and the others lowered alike, which for equal weights of the words is the maximum of
/// the likelihood of normal noise.
///
/// The fidelity `<ψ|ρ|ψ>` with the ideal state is linear in the expectations, so that it is read from the linear estimate, without the bias
/// that positivity brings.
///
/// Source: Smolin, Gambetta, Smith, "Efficient method for computing the maximum-likelihood quantum state from measurements with additive
/// Gaussian noise", 2012.
public struct StateTomography: FidelityProtocol {
  public static var word: String { "tomography" }
  /// What prepares the state.
  public let preparation: Circuit
  public let shots: Int

  public var width: Int { preparation.qubitCount }

  /// - Throws: `BenchmarkError.settings` for a circuit that is not made of gates on 1 to 6 qubits.
  public init(of preparation: Circuit, shots: Int = 1000) throws(BenchmarkError) {
    guard 1...6 ~= preparation.qubitCount, preparation.isUnitary, preparation.parameterCount + preparation.featureCount == 0,
      shots >= 2
    else {
      throw .settings("State tomography takes a circuit of gates on 1 to 6 qubits without open parameters, and at least 2 shots.")
    }
    (self.preparation, self.shots) = (preparation, shots)
  }

  private var settings: BasisSettings { BasisSettings(qubits: width) }
  private func name(_ setting: Int) -> String { "tomography-" + settings.name(setting) }
  public var circuitNames: [String] { settings.indices.map(name) }

  private func expectations(_ data: BenchmarkData) -> Expectations {
    Expectations(settings.indices.map { (bases: settings[$0], counts: data[name($0)]) })
  }

  public func circuit(_ index: Int, seed: UInt64) -> Circuit {
    var circuit = preparation
    circuit.append(Barrier())
    circuit.appendBases(settings[index])
    return circuit.measuredInto()
  }

  /// What the counts say of the state.
  public struct Reconstruction: Sendable {
    /// The linear estimate: Hermitian, trace 1, with negative eigenvalues where there are few shots.
    public let linear: ComplexMatrix
    /// The nearest density matrix.
    public let state: ComplexMatrix
  }

  /// The density matrix.
  public func reconstruct(_ data: BenchmarkData) throws(BenchmarkError) -> Reconstruction {
    try data.check(self)
    let linear = linear(expectations(data))
    return Reconstruction(linear: linear, state: Self.nearestState(to: linear))
  }

  public func report(_ data: BenchmarkData, seed: UInt64) throws(BenchmarkError) -> BenchmarkReport {
    let expectations = expectations(data)
    let ideal = preparation.idealState
    let words = Expectations.words(width)
    let weights = words.map { word in word.expectation(of: ideal) / Double(1 << width) }
    let fidelity = zip(words, weights).reduce(0) { $0 + $1.1 * expectations.mean(of: $1.0) }
    let state = Self.nearestState(to: linear(expectations))
    let purity = (state * state).diagonal.reduce(0) { $0 + $1.real }
    return BenchmarkReport(
      name: name,
      estimates: [
        BenchmarkEstimate(
          "fidelity", fidelity, standardError: expectations.variance(words, weights).squareRoot(), freedom: data.shots - 1,
          reason: "\(settings.count) settings, \(data.shots) shots each"),
        BenchmarkEstimate("purity", purity, low: purity, high: purity, reason: "of the nearest density matrix; no interval"),
      ])
  }

  private func linear(_ expectations: Expectations) -> ComplexMatrix {
    let dimension = 1 << width
    var result = ComplexMatrix(rows: dimension, columns: dimension)
    for word in Expectations.words(width) {
      result = result + Complex(expectations.mean(of: word) / Double(dimension)) * word.matrix(qubits: width)
    }
    return result
  }

  /// The density matrix with the least sum of squared distances of entries.
  static func nearestState(to matrix: ComplexMatrix) -> ComplexMatrix {
    guard let eigen = try? matrix.hermitianEigen() else { preconditionFailure("StateTomography: no eigenvalues") }
    var values = eigen.values
    // From the smallest on: what is taken from a negative value is shared by the larger ones.
    var (debt, count) = (0.0, values.count)
    for index in values.indices {
      if values[index] + debt / Double(count) < 0 {
        debt += values[index]
        values[index] = 0
        count -= 1
      } else {
        for later in index..<values.count { values[later] += debt / Double(count) }
        break
      }
    }
    return eigen.vectors * .diagonal(values.map { Complex($0) }) * eigen.vectors.adjoint
  }
}

extension StateTomography {
  private enum CodingKeys: CodingKey { case preparation, shots }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let text = try container.decode(String.self, forKey: .preparation)
    try self.init(
      of: CircuitFile(openQASM: text, named: "preparation").circuit, shots: container.decode(Int.self, forKey: .shots))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(CircuitFile(preparation).openQASM(), forKey: .preparation)
    try container.encode(shots, forKey: .shots)
  }
}

extension Circuit {
  /// The amplitudes without noise.
  var idealState: [Complex<Double>] {
    do {
      let state = try run()
      return (0..<1 << qubitCount).map { state[$0] }
    } catch { preconditionFailure("\(error)") }
  }

  /// The matrix of a circuit of gates, column by column.
  var unitaryMatrix: ComplexMatrix {
    var result = ComplexMatrix(rows: 1 << qubitCount, columns: 1 << qubitCount)
    for column in 0..<result.columns {
      var prepared = Circuit(qubits: qubitCount)
      for qubit in 0..<qubitCount where column >> qubit & 1 == 1 { prepared.append(X(qubit)) }
      prepared.append(instructions)
      for (row, amplitude) in prepared.idealState.enumerated() { result[row, column] = amplitude }
    }
    return result
  }
}
