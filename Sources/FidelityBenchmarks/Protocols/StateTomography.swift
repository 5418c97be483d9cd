import LinearAlgebra
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
  public var name: String { "tomography" }
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

  /// The bases of all settings, by qubit.
  private var settings: [[Pauli]] {
    let letters: [Pauli] = [.x, .y, .z]
    return (0..<width).reduce([[]]) { settings, _ in settings.flatMap { setting in letters.map { setting + [$0] } } }
  }

  private static func name(_ setting: [Pauli]) -> String { "tomography-" + setting.map(\.rawValue).joined() }
  public var circuitNames: [String] { settings.map(Self.name) }

  public func circuits(seed: UInt64) -> [PlannedCircuit] {
    settings.map { setting in
      var circuit = preparation
      circuit.append(Barrier())
      for (qubit, basis) in setting.enumerated() {
        if basis == .y { circuit.append(Sdg(qubit)) }
        if basis != .z { circuit.append(H(qubit)) }
      }
      return PlannedCircuit(Self.name(setting), circuit.measuredInto())
    }
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
    try data.check(names: circuitNames, width: width)
    let linear = linear(Expectations(settings.map { (bases: $0, counts: data[Self.name($0)]) }))
    return Reconstruction(linear: linear, state: Self.nearestState(to: linear))
  }

  public func report(_ data: BenchmarkData, seed: UInt64) throws(BenchmarkError) -> BenchmarkReport {
    let expectations = Expectations(settings.map { (bases: $0, counts: data[Self.name($0)]) })
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
          "fidelity", fidelity, standardError: expectations.variance(words, weights).squareRoot(), freedom: shots - 1,
          reason: "\(settings.count) settings, \(shots) shots each"),
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

/// Expectation values of Pauli words from the counts of many settings.
private struct Expectations {
  let settings: [(bases: [Pauli], counts: OutcomeCounts)]

  init(_ settings: [(bases: [Pauli], counts: OutcomeCounts)]) { self.settings = settings }

  static func words(_ count: Int) -> [PauliWord] {
    (0..<1 << (2 * count)).map { PauliWord(xMask: UInt64($0 & (1 << count - 1)), zMask: UInt64($0 >> count)) }
  }

  private func measures(_ bases: [Pauli], _ word: PauliWord) -> Bool { word.factors.allSatisfy { bases[$0.qubit] == $0.pauli } }

  private static func mask(_ word: PauliWord) -> Int { Int(word.xMask | word.zMask) }

  func mean(of word: PauliWord) -> Double {
    let own = settings.filter { measures($0.bases, word) }
    return own.reduce(0) { $0 + $1.counts.parity(mask: Self.mask(word)).mean } / Double(own.count)
  }

  /// The variance of Σ weight <word>: settings are independent, words of one setting come from the same shots.
  func variance(_ words: [PauliWord], _ weights: [Double]) -> Double {
    let uses = words.map { word in settings.count { measures($0.bases, word) } }
    return settings.reduce(0) { sum, setting in
      let own = words.indices.filter { measures(setting.bases, words[$0]) && !words[$0].isIdentity }
      let values = setting.counts.occurrences.map { outcome, count in
        let value = own.reduce(0) { sum, index in
          let sign: Double = (outcome & Self.mask(words[index])).nonzeroBitCount.isMultiple(of: 2) ? 1 : -1
          return sum + sign * weights[index] / Double(uses[index])
        }
        return (value, Double(count))
      }
      let shots = Double(setting.counts.shots)
      let mean = values.reduce(0) { $0 + $1.0 * $1.1 } / shots
      return sum + values.reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1 } / (shots * (shots - 1))
    }
  }
}

extension PauliWord {
  /// <ψ|P|ψ> of amplitudes.
  fileprivate func expectation(of amplitudes: [Complex<Double>]) -> Double {
    let phases: [Complex<Double>] = [1, .i, -1, Complex(0, -1)]
    return amplitudes.indices.reduce(0) { sum, index in
      let sign = 2 * (zMask & UInt64(index)).nonzeroBitCount
      return sum + (amplitudes[index ^ Int(xMask)].conjugate * phases[(yCount + sign) % 4] * amplitudes[index]).real
    }
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
}
