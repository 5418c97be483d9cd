/// An angle of a circuit prepared for many evaluations, with its derivatives.
///
/// Affine angles, nearly all, are evaluated from a list of coefficients; others walk their expression.
struct CompiledAngle: Sendable {
  let expression: Angle
  /// Positive differences of the generator's eigenvalues: what parameter-shift rules need.
  let frequencies: [Double]
  let symbols: [Angle.Symbol]
  private let affine: AffineAngle?
  private let affineTerms: [(symbol: Angle.Symbol, coefficient: Double)]
  private let derivatives: [Angle]

  init(_ expression: Angle, frequencies: [Double]) {
    self.expression = expression
    self.frequencies = frequencies
    symbols = expression.symbols
    affine = expression.affine
    affineTerms = expression.affine?.terms ?? []
    derivatives = expression.affine == nil ? symbols.map { expression.derivative(withRespectTo: $0) } : []
  }

  var source: Step.Source {
    let usesFeatures = symbols.contains { if case .feature = $0 { true } else { false } }
    return usesFeatures ? .samples : symbols.isEmpty ? .constant : .parameters
  }

  /// The value at one sample; `features` points at that sample's row, and may be nil for an angle without features.
  func value(_ parameters: UnsafePointer<Double>?, _ features: UnsafePointer<Double>?) -> Double {
    guard let affine else { return expression.value { Self.value($0, parameters, features) } }
    var sum = affine.constant
    for (symbol, coefficient) in affineTerms { sum += coefficient * Self.value(symbol, parameters, features) }
    return sum
  }

  /// Calls `body` with each symbol and the derivative by it, at one sample.
  func forEachDerivative(
    _ parameters: UnsafePointer<Double>?, _ features: UnsafePointer<Double>?, _ body: (Angle.Symbol, Double) -> Void
  ) {
    if affine != nil {
      for (symbol, coefficient) in affineTerms { body(symbol, coefficient) }
    } else {
      for (symbol, derivative) in zip(symbols, derivatives) {
        body(symbol, derivative.value { Self.value($0, parameters, features) })
      }
    }
  }

  private static func value(
    _ symbol: Angle.Symbol, _ parameters: UnsafePointer<Double>?, _ features: UnsafePointer<Double>?
  ) -> Double {
    switch symbol {
    case .parameter(let index): parameters![index]
    case .feature(let index): features![index]
    }
  }
}
