import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness

/// The density matrix of what a circuit prepares, from measurements in all 3^n products of the bases of X, Y and Z.
///
/// Linear inversion: each Pauli word's expectation is the mean over all settings that measure it, `ρ = Σ <P> P / 2^n`. Then the
/// nearest density matrix: eigenvalues that are negative are raised to 0 and the others lowered alike, which for equal weights of
/// the words is the maximum of the likelihood of normal noise.
///
/// The fidelity `<ψ|ρ|ψ>` with the ideal state is linear in the expectations, so that it is read from the linear estimate, without
/// the bias that positivity brings. So is the purity tr ρ^2, less the variances of the squares that it is made of.
///
/// Source: Smolin, Gambetta, Smith, "Efficient method for computing the maximum-likelihood quantum state from measurements with
/// additive Gaussian noise", 2012.
public struct StateTomography: FidelityProtocol {
  public static var word: String { "tomography" }
  /// What prepares the state, and shots.
  public let settings: PreparationSettings

  public var width: Int { settings.circuit.qubitCount }
  public var shots: Int { settings.shots }

  /// - Throws: `BenchmarkError.settings` for a circuit that is not made of gates on 1 to 6 qubits.
  public init(_ settings: PreparationSettings) throws(BenchmarkError) {
    try settings.check(for: "State tomography", qubits: 1...6)
    self.settings = settings
  }

  /// - Throws: `BenchmarkError.settings` for a circuit that is not made of gates on 1 to 6 qubits.
  public init(of circuit: Circuit, shots: Int = 1000) throws(BenchmarkError) {
    try self.init(PreparationSettings(circuit: circuit, shots: shots))
  }

  private var bases: BasisSettings { BasisSettings(qubits: width) }
  private func name(_ setting: Int) -> String { "tomography-" + bases.name(setting) }
  public var circuitNames: [String] { bases.indices.map(name) }

  private func expectations(_ data: BenchmarkData) -> Expectations {
    Expectations(bases.indices.map { (bases: bases[$0], counts: data[name($0)]) })
  }

  public func circuit(_ index: Int, seed: UInt64) -> Circuit {
    var circuit = settings.circuit
    circuit.append(Barrier())
    circuit.appendBases(bases[index])
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
    guard data.shots >= 2 else { throw .unreadable("Tomography needs the scatter of shots: run every setting at least twice.") }
    let expectations = expectations(data)
    let ideal = settings.circuit.idealState
    let words = Expectations.words(width)
    let weights = words.map { word in word.expectation(of: ideal) / Double(1 << width) }
    let fidelity = zip(words, weights).reduce(0) { $0 + $1.1 * expectations.mean(of: $1.0) }
    let purity = purity(expectations)
    return BenchmarkReport(
      name: name,
      estimates: [
        BenchmarkEstimate(
          "fidelity", fidelity, standardError: expectations.variance(words, weights).squareRoot(), freedom: data.shots - 1,
          reason: "\(bases.count) settings, \(data.shots) shots each"),
        BenchmarkEstimate(
          "purity", purity.value, standardError: purity.variance.squareRoot(), freedom: data.shots - 1, within: 0...1,
          reason: "\(bases.count) settings, \(data.shots) shots each"),
      ])
  }

  /// `tr ρ^2 = Σ <P>^2 / 2^n`, less what squares of means of few shots are too large by.
  private func purity(_ expectations: Expectations) -> (value: Double, variance: Double) {
    let (words, scale) = (Array(Expectations.words(width).dropFirst()), 1 / Double(1 << width))
    let means = words.map(expectations.mean)
    let variances = words.map(expectations.unbiasedVariance)
    let value = zip(means, variances).reduce(1) { $0 + $1.0 * $1.0 - $1.1 } * scale
    // Of the square of a normal number with mean m and variance v: 4 m^2 v + 2 v^2; words of one setting vary together.
    let second = variances.reduce(0) { $0 + 2 * $1 * $1 } * scale * scale
    return (value, expectations.variance(words, means.map { 2 * $0 * scale }) + second)
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
  public init(from decoder: any Decoder) throws { try self.init(PreparationSettings(from: decoder)) }
  public func encode(to encoder: any Encoder) throws { try settings.encode(to: encoder) }
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
