import LinearAlgebra

/// Which derivatives of angles a computation takes, and so needs to be finite.
enum AngleDerivatives {
  case none, byParameters, byAll

  func contains(_ symbol: Angle.Symbol) -> Bool {
    switch (self, symbol) {
    case (.none, _), (.byParameters, .feature): false
    case (.byAll, _), (.byParameters, .parameter): true
    }
  }
}

extension CompilationError {
  /// Throws for the first angle without a finite value, or without a finite derivative of those taken, at some sample.
  ///
  /// Finite inputs can leave a function's domain (`asin(1.5)`), overflow (`exp(1000)`) or meet an infinite slope (`sqrt(0)`).
  /// Not a number spreads through a whole state, so evaluations look here only after they found one in their results.
  static func checkAngles(
    _ angles: some Sequence<Angle>, parameters: [Double], features: RealMatrix, derivatives: AngleDerivatives
  ) throws(CompilationError) {
    for angle in angles where !angle.isConstant {
      for row in 0..<features.rows {
        let sample = features.row(row)
        guard angle.value(parameters: parameters, features: sample).isFinite else { throw .angle(angle, derivative: nil, row: row) }
        for symbol in angle.symbols where derivatives.contains(symbol) {
          let slope = angle.derivative(withRespectTo: symbol).value(parameters: parameters, features: sample)
          guard slope.isFinite else { throw .angle(angle, derivative: symbol, row: row) }
        }
      }
    }
  }
}

extension CircuitEvaluator {
  /// Throws where results are not finite because of an angle; `derivatives` says what they were computed from.
  func checkFinite(_ results: [Double], _ batch: Batch, derivatives: AngleDerivatives) throws(CompilationError) {
    try results.withUnsafeBufferPointer { results throws(CompilationError) in
      try checkFinite(results, batch, derivatives: derivatives)
    }
  }

  func checkFinite(_ results: UnsafeBufferPointer<Double>, _ batch: Batch, derivatives: AngleDerivatives) throws(CompilationError) {
    // x - x is 0 for finite numbers alone; eight sums at a time become vector instructions.
    var sums = SIMD8<Double>.zero
    let whole = results.count & ~7
    for start in stride(from: 0, to: whole, by: 8) {
      let eight = UnsafeRawPointer(results.baseAddress! + start).loadUnaligned(as: SIMD8<Double>.self)
      sums += eight - eight
    }
    var sum = sums.sum()
    for result in results[whole...] { sum += result - result }
    if sum == 0 { return }
    try CompilationError.checkAngles(
      circuit.angles.lazy.map(\.expression), parameters: batch.parameters, features: batch.features, derivatives: derivatives)
  }
}
