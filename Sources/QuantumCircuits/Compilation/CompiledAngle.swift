/// An angle of a circuit prepared for many evaluations, with its derivatives.
///
/// Affine angles, nearly all, are evaluated from a list of coefficients; others are a short program over all samples at once.
///
/// A class only so that walking the angles of a circuit copies nothing; it never changes.
final class CompiledAngle: Sendable {
  let expression: Angle
  /// The w in front of the angle: matrices depend on cos(w t) and sin(w t).
  let frequency: Double
  let source: Step.Source
  /// Positive differences of the generator's eigenvalues: what parameter-shift rules need.
  let frequencies: [Double]
  let symbols: [Angle.Symbol]
  private let affine: AffineAngle?
  private let affineTerms: [(symbol: Angle.Symbol, coefficient: Double)]
  /// Of angles that are not affine.
  private let program: AngleProgram?
  private let derivatives: [AngleProgram]

  init(_ expression: Angle, frequency: Double, frequencies: [Double]) {
    self.expression = expression
    self.frequency = frequency
    self.frequencies = frequencies
    symbols = expression.symbols
    affine = expression.affine
    affineTerms = affine?.terms ?? []
    let usesFeatures = symbols.contains { if case .feature = $0 { true } else { false } }
    source = usesFeatures ? .samples : symbols.isEmpty ? .constant : .parameters
    program = affine == nil ? AngleProgram(expression) : nil
    derivatives = affine == nil ? symbols.map { AngleProgram(expression.derivative(withRespectTo: $0)) } : []
  }

  /// The value without features.
  func value(_ parameters: [Double]) -> Double { expression.value(parameters: parameters) }

  /// Writes the value in each of `width` lanes; lane l reads the row of sample min(l, last).
  func evaluate(_ inputs: AngleInputs, into values: UnsafeMutablePointer<Double>, width: Int, last: Int) {
    if let program { return program.evaluate(inputs, into: values, width: width, last: last) }
    inputs.sum(affineTerms[...], from: affine?.constant ?? 0, into: values, width: width, last: last)
  }

  var isAffine: Bool { affine != nil }

  /// Adds gradient[sample] * coefficient to the gradient of each symbol of an affine angle, for the first `count` samples.
  func addSlopes(
    _ gradient: UnsafePointer<Double>, count: Int, parameters: inout [Double], features: UnsafeMutablePointer<Double>?, stride: Int
  ) {
    for (symbol, coefficient) in affineTerms {
      switch symbol {
      case .parameter(let index):
        var sum = 0.0
        for sample in 0..<count { sum += gradient[sample] }
        parameters[index] += coefficient * sum
      case .feature(let index):
        guard let column = features.map({ $0 + index }) else { continue }
        for sample in 0..<count { column[sample * stride] += coefficient * gradient[sample] }
      }
    }
  }

  /// Calls `body` with each symbol, the sample, and gradient[sample] * (derivative by the symbol), for the first `count` samples.
  func forEachDerivative(
    _ inputs: AngleInputs, times gradient: UnsafePointer<Double>, count: Int, _ body: (Angle.Symbol, Int, Double) -> Void
  ) {
    if affine != nil {
      for (symbol, coefficient) in affineTerms {
        for sample in 0..<count { body(symbol, sample, gradient[sample] * coefficient) }
      }
    } else {
      withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { slopes in
        for (symbol, derivative) in zip(symbols, derivatives) {
          derivative.evaluate(inputs, into: slopes.baseAddress!, width: count, last: count - 1)
          for sample in 0..<count { body(symbol, sample, gradient[sample] * slopes[sample]) }
        }
      }
    }
  }
}

/// What angles are evaluated from: the parameters, and the rows of features of some samples.
struct AngleInputs {
  let parameters: UnsafePointer<Double>?
  /// The first sample's row; nil without features.
  let features: UnsafePointer<Double>?
  let stride: Int

  /// Writes `constant` plus the sum of coefficient * symbol in each of `width` lanes; lane l reads the row of sample min(l, last).
  func sum(
    _ terms: ArraySlice<(symbol: Angle.Symbol, coefficient: Double)>, from constant: Double,
    into values: UnsafeMutablePointer<Double>, width: Int, last: Int
  ) {
    values.update(repeating: constant, count: width)
    for (symbol, coefficient) in terms {
      switch symbol {
      case .parameter(let index):
        let value = coefficient * parameters![index]
        for lane in 0..<width { values[lane] += value }
      case .feature(let index):
        let column = features! + index
        for lane in 0..<width { values[lane] += coefficient * column[min(lane, last) * stride] }
      }
    }
  }

  func value(_ symbol: Angle.Symbol, _ sample: Int) -> Double {
    switch symbol {
    case .parameter(let index): parameters![index]
    case .feature(let index): features![sample * stride + index]
    }
  }
}
