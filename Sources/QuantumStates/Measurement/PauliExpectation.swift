import Execution

extension QuantumState where Self: ~Copyable {
  /// The mean of an observable, the sum of `coefficient * <word>` over its terms.
  ///
  /// ```swift
  /// bell.expectation(of: X(0) * X(1) + 0.5 * Z(0) * Z(1))   // 1.5
  /// ```
  ///
  /// - Complexity: one pass over the state a term.
  public func expectation(of observable: some PauliExpression) -> Double {
    observable.pauliSum.terms.reduce(0) { $0 + $1.coefficient * expectation(of: $1.word) }
  }
}

extension StateVector {
  /// The mean of an observable, the sum of `coefficient * <word>` over its terms.
  ///
  /// - Complexity: one pass over the state for all words of Z together, one for each other word.
  public func expectation(of observable: some PauliExpression) -> Double {
    let observable = observable.pauliSum
    precondition(
      observable.qubitCount <= qubitCount, "expectation: \(observable) acts beyond the \(qubitCount) qubits of the state")
    let diagonal = observable.terms.filter(\.word.isDiagonal)
    let words = DiagonalWords(zMasks: diagonal.map(\.word.zMask), layout: layout)
    let scratch = AlignedBuffer<UInt8>(zeroed: words.scratchBytes)
    var means = [Double](repeating: 0, count: words.count)
    means.withUnsafeMutableBufferPointer { means in
      guard let first = means.baseAddress else { return }
      words.expectations(of: amplitudes.base, into: first, scratch: scratch.base, kernels: kernels, loop: loop)
    }
    let others = observable.terms.filter { !$0.word.isDiagonal }
    return zip(diagonal, means).reduce(0) { $0 + $1.0.coefficient * $1.1 }
      + others.reduce(0) { $0 + $1.coefficient * expectation(of: $1.word) }
  }
}
