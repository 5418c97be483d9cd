import LinearAlgebra

/// Parameter-shift rules: exact derivatives from evaluations at shifted angles, one occurrence of an angle at a time.
///
/// As a function of one angle an expectation is a trigonometric polynomial with the frequencies W_1, ..., W_R, so its
/// derivative is sum_m b_m (f(+s_m) - f(-s_m)) for any shifts with 2 sum_m b_m sin(W_k s_m) = W_k.
///
/// Source: Wierichs, Izaac, Wang, Lin, "General parameter-shift rules for quantum gradients", 2022, section 3.
struct ShiftRule {
  let terms: [(shift: Double, coefficient: Double)]

  init(frequencies: [Double]) {
    let count = frequencies.count
    guard let lowest = frequencies.min() else {
      terms = []
      return
    }
    let shifts = (1...count).map { Double(2 * $0 - 1) * .pi / (2 * Double(count) * lowest) }
    if count == 1 {
      terms = [(shifts[0], lowest / 2)]
      return
    }
    let system = RealMatrix(frequencies.map { frequency in shifts.map { 2 * Double.sin(frequency * $0) } })
    guard let coefficients = try? system.solve(frequencies) else {
      preconditionFailure("ShiftRule: no rule for the frequencies \(frequencies)")
    }
    terms = Array(zip(shifts, coefficients))
  }
}

extension CircuitFunction {
  func shiftGradient(
    _ batch: CircuitEvaluator.Batch, _ weights: [Double], _ method: GradientMethod
  ) throws(CompilationError) -> (RealMatrix, CircuitGradient) {
    guard let evaluator = engine as? CircuitEvaluator else { return try shiftedCircuitsGradient(batch, weights, method) }
    let compiled = evaluator.circuit
    for instruction in circuit.instructions {
      if case .preparation = instruction.kind, !instruction.angles.allSatisfy(\.isConstant) {
        throw .unsupported(
          method: "The parameter-shift rule", reason: "amplitude encoding is no rotation; use the adjoint method")
      }
    }
    let values = try evaluator.values(batch)
    var gradients = CircuitEvaluator.Gradients(
      parameters: Array(repeating: 0, count: parameterCount),
      features: Array(repeating: 0, count: batch.sampleCount * featureCount))
    var evaluations = 1
    for (index, angle) in compiled.angles.enumerated() where angle.source != .constant {
      if method == .twoTermShift, angle.frequencies.count > 1 {
        throw .unsupported(
          method: "The two-term shift rule",
          reason: "the angle \(angle.expression) has the frequencies \(angle.frequencies); use the general rule")
      }
      var slopes = [Double](repeating: 0, count: batch.sampleCount)
      for (shift, coefficient) in ShiftRule(frequencies: angle.frequencies).terms {
        var shifted = batch
        shifted.offset = (index, shift)
        let plus = try evaluator.values(shifted)
        shifted.offset = (index, -shift)
        let minus = try evaluator.values(shifted)
        evaluations += 2
        for at in plus.indices { slopes[at / outputCount] += weights[at] * coefficient * (plus[at] - minus[at]) }
      }
      batch.parameters.withUnsafeBufferPointer { parameters in
        batch.features.elements.withUnsafeBufferPointer { features in
          let inputs = AngleInputs(
            parameters: parameters.baseAddress, features: features.baseAddress, stride: batch.features.columns)
          angle.forEachDerivative(inputs, times: slopes, count: batch.sampleCount) { symbol, sample, slope in
            switch symbol {
            case .parameter(let place): gradients.parameters[place] += slope
            case .feature(let place): gradients.features[sample * featureCount + place] += slope
            }
          }
        }
      }
    }
    try evaluator.checkFinite(gradients.parameters + gradients.features, batch, derivatives: .byAll)
    return (
      matrix(values, rows: batch.sampleCount), gradient(gradients, rows: batch.sampleCount, method, evaluations: evaluations)
    )
  }

  /// The same where the circuit has noise: rules of rotations and of noise strengths, each circuit compiled and run by itself.
  private func shiftedCircuitsGradient(
    _ batch: CircuitEvaluator.Batch, _ weights: [Double], _ method: GradientMethod
  ) throws(CompilationError) -> (RealMatrix, CircuitGradient) {
    let values = try engine.values(batch)
    let (sums, evaluations) = try ShiftSums.byShifts(
      of: circuit, parameters: batch.parameters, features: batch.features, isTwoTerm: method == .twoTermShift
    ) { circuit, sample, _ throws(CompilationError) in
      let outputs = try replacing(circuit).values()
      let value = (0..<outputCount).reduce(0) { $0 + weights[sample * outputCount + $1] * outputs[0, $1] }
      return Estimate(value, standardError: 0)
    }
    return (
      matrix(values, rows: batch.sampleCount), gradient(sums.gradients, rows: batch.sampleCount, method, evaluations: evaluations)
    )
  }
}
