extension Angle {
  /// The value, given the value of each symbol.
  public func value(of symbolValue: (Symbol) -> Double) -> Double {
    switch self {
    case .constant(let value): value
    case .symbol(let symbol): symbolValue(symbol)
    case .sum(let left, let right): left.value(of: symbolValue) + right.value(of: symbolValue)
    case .product(let left, let right): left.value(of: symbolValue) * right.value(of: symbolValue)
    case .quotient(let left, let right): left.value(of: symbolValue) / right.value(of: symbolValue)
    case .function(let function, let argument): function(argument.value(of: symbolValue))
    }
  }

  /// The value for the given parameters and features.
  public func value(parameters: [Double] = [], features: [Double] = []) -> Double {
    value { symbol in
      switch symbol {
      case .parameter(let index):
        precondition(index < parameters.count, "Angle: \(self) needs parameter \(index), got \(parameters.count) parameters")
        return parameters[index]
      case .feature(let index):
        precondition(index < features.count, "Angle: \(self) needs feature \(index), got \(features.count) features")
        return features[index]
      }
    }
  }

  /// The derivative with respect to a symbol, as an angle.
  public func derivative(withRespectTo symbol: Symbol) -> Angle {
    switch self {
    case .constant: .zero
    case .symbol(let other): other == symbol ? 1 : 0
    case .sum(let left, let right): left.derivative(withRespectTo: symbol) + right.derivative(withRespectTo: symbol)
    case .product(let left, let right):
      left.derivative(withRespectTo: symbol) * right + left * right.derivative(withRespectTo: symbol)
    case .quotient(let left, let right):
      left.derivative(withRespectTo: symbol) / right - left * right.derivative(withRespectTo: symbol) / .square(right)
    case .function(let function, let argument):
      function.derivative(at: argument) * argument.derivative(withRespectTo: symbol)
    }
  }

  /// The symbols in the angle: parameters, then features, each ascending.
  public var symbols: [Symbol] {
    var found: Set<Symbol> = []
    collectSymbols(into: &found)
    return found.sorted()
  }

  private func collectSymbols(into found: inout Set<Symbol>) {
    switch self {
    case .constant: break
    case .symbol(let symbol): found.insert(symbol)
    case .sum(let left, let right), .product(let left, let right), .quotient(let left, let right):
      left.collectSymbols(into: &found)
      right.collectSymbols(into: &found)
    case .function(_, let argument): argument.collectSymbols(into: &found)
    }
  }

  /// The angle with every symbol replaced; constants are folded again.
  public func substituting(_ replacement: (Symbol) -> Angle) -> Angle {
    switch self {
    case .constant: self
    case .symbol(let symbol): replacement(symbol)
    case .sum(let left, let right): left.substituting(replacement) + right.substituting(replacement)
    case .product(let left, let right): left.substituting(replacement) * right.substituting(replacement)
    case .quotient(let left, let right): left.substituting(replacement) / right.substituting(replacement)
    case .function(let function, let argument): .applying(function, to: argument.substituting(replacement))
    }
  }
}

extension Angle.Symbol: Comparable {
  /// Parameters before features, each by index.
  public static func < (left: Angle.Symbol, right: Angle.Symbol) -> Bool {
    switch (left, right) {
    case (.parameter(let a), .parameter(let b)), (.feature(let a), .feature(let b)): a < b
    case (.parameter, .feature): true
    case (.feature, .parameter): false
    }
  }
}
