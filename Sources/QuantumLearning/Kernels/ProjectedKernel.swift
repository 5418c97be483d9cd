import Execution
import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness

/// A kernel of expectation values: of the vector v(x) of the means of Pauli words in the state of a sample.
///
/// With the three words of each qubit, `|v(x) - v(z)|^2 / 2` is the sum over qubits of `||ρ_q(x) - ρ_q(z)||_F^2` for the reduced
/// density matrices ρ_q, so that the Gaussian form is the projected kernel. The linear form over all 4^n words, divided by 2^n, is
/// the fidelity kernel itself.
///
/// Source: Huang et al., "Power of data in quantum machine learning", 2021, equation 9.
public struct ProjectedKernel: Kernel {
  /// How two vectors are compared.
  public enum Form: Sendable, Hashable {
    /// `exp(-strength |v(x) - v(z)|^2 / 2)`, strength above 0.
    case gaussian(strength: Double)
    /// `factor v(x) · v(z)`.
    case linear(factor: Double)
  }

  /// How two vectors are compared.
  public let form: Form
  /// The words of the vector.
  public let words: [PauliWord]
  /// Shots for each word; nil for the exact means.
  public let shots: Int?
  /// The root of the draws.
  public let seed: UInt64
  private let means: CircuitFunction

  /// - Parameters:
  ///   - words: the vector; X, Y and Z of each qubit where nil.
  ///   - noise: what a device adds to the circuit, errors of readout included.
  ///   - shots: drawn for each word on its own.
  /// - Throws: `CompilationError` as `CircuitFunction.expectation` does.
  public init(
    featureMap: Circuit, form: Form = .gaussian(strength: 1), words: [PauliWord]? = nil, noise: NoiseModel? = nil,
    shots: Int? = nil, seed: UInt64 = 0, precision: Precision = .double, loop: ParallelLoop = ParallelLoop(),
    level: SIMDLevel = .current
  ) throws(CompilationError) {
    precondition(shots.map { $0 >= 1 } ?? true, "ProjectedKernel: \(shots ?? 0) shots, at least 1")
    (self.form, self.shots, self.seed) = (form, shots, seed)
    let words = words ?? (0..<featureMap.qubitCount).flatMap { [PauliWord([X($0)]), PauliWord([Y($0)]), PauliWord([Z($0)])] }
    self.words = words
    let observables = words.map { PauliSum([PauliSum.Term(1, $0)]) }
    means =
      if let noise {
        try .expectation(of: observables, after: featureMap, under: noise, precision: precision, loop: loop, level: level).function
      } else {
        try .expectation(of: observables, after: featureMap, precision: precision, loop: loop, level: level)
      }
  }

  /// v of every sample: samples x words, the same for a sample wherever it stands.
  public func vectors(_ features: RealMatrix) throws(CompilationError) -> RealMatrix {
    var values = try means.values(features: features)
    guard let shots else { return values }
    for row in 0..<values.rows {
      var source = RandomSource(seed: seed, stream: 0x4B45_524E_0002, index: FNV1a.key(ofSample: features.row(row)))
      for column in 0..<values.columns {
        let ups = source.binomial(trials: shots, probability: min(1, max(0, (1 + values[row, column]) / 2)))
        values[row, column] = 2 * Double(ups) / Double(shots) - 1
      }
    }
    return values
  }

  /// - Complexity: one run of the circuit for each sample, then O(new training words).
  public func matrix(_ new: RealMatrix, against training: RealMatrix) throws(CompilationError) -> RealMatrix {
    try comparison.matrix(try vectors(new), against: try vectors(training)).scaled(by: factor)
  }

  public func gramMatrix(_ features: RealMatrix) throws(CompilationError) -> RealMatrix {
    try comparison.gramMatrix(try vectors(features)).scaled(by: factor)
  }

  private var comparison: ClassicalKernel {
    switch form {
    case .gaussian(let strength): .gaussian(inverseWidth: strength / 2)
    case .linear: .linear
    }
  }

  private var factor: Double { if case .linear(let factor) = form { factor } else { 1 } }
}

extension RealMatrix {
  fileprivate func scaled(by factor: Double) -> RealMatrix { factor == 1 ? self : factor * self }
}
