/// Why an error-mitigated value cannot be computed.
public enum MitigationError: Error, Sendable, CustomStringConvertible {
  /// Too few noise scales for a fit, or two alike.
  case scales(found: [Double], needed: Int)
  /// An exponential through values on both sides of its asymptote, or on it.
  case asymptote(Double, values: [Double])
  /// A channel that applies more than Pauli words, or one that no map undoes.
  case notInvertible(instruction: String, reason: String)
  /// A confusion matrix that is no such matrix or has no inverse.
  case confusion(qubit: Int, reason: String)
  /// A purity that is lost in its noise, so that nothing can be divided by it.
  case purity(Estimate)
  /// A symmetry that no shot has.
  case symmetry(shots: Int)
  /// Training data from which no line follows.
  case regression(reason: String)
  /// A circuit that cannot be compiled.
  case compilation(CompilationError)

  public var description: String {
    switch self {
    case .scales(let found, let needed):
      "The fit needs \(needed) different noise scales, got \(found): run the circuit at more scales."
    case .asymptote(let asymptote, let values):
      "No exponential with the asymptote \(asymptote) goes through \(values): give another asymptote or take a polynomial."
    case .notInvertible(let instruction, let reason): "\(instruction) cannot be cancelled: \(reason)."
    case .confusion(let qubit, let reason): "The confusion matrix of qubit \(qubit) \(reason): measure it again with more shots."
    case .purity(let purity):
      "The purity is \(purity.value) ± \(purity.standardError), too near 0 to divide by: take more shots, or a circuit with less noise."
    case .symmetry(let shots): "None of \(shots) shots has the symmetry: check its sign, or take more shots."
    case .regression(let reason): "Clifford data regression: \(reason)."
    case .compilation(let error): error.description
    }
  }
}
