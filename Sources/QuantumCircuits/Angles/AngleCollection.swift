extension Angle {
  /// The same angle as one sum in which every term stands once, with the constant at its end: `x + 2 - x/2` is `0.5 * x + 2`.
  ///
  /// Terms are symbols, functions, and products and quotients with symbols on both sides; these are compared as written.
  /// A coefficient that cancels up to rounding is 0, and its term gone.
  var collected: Angle {
    var terms = AngleTerms()
    terms.add(self, times: 1)
    return terms.angle
  }
}

/// A sum under construction: coefficients by term, in the order in which terms appeared.
private struct AngleTerms {
  private var constant = Coefficient()
  private var terms: [(term: Angle, coefficient: Coefficient)] = []
  private var places: [Angle: Int] = [:]

  /// A number that was added up, and the largest of its parts.
  private struct Coefficient {
    var value = 0.0
    var largest = 0.0

    mutating func add(_ part: Double) {
      value += part
      largest = max(largest, part.magnitude)
    }

    /// The sum; 0 where nothing but rounding is left of it.
    var rounded: Double { value.magnitude <= 4 * largest.ulp ? 0 : value }
  }

  mutating func add(_ angle: Angle, times factor: Double) {
    switch angle {
    case .constant(let value): constant.add(factor * value)
    case .sum(let left, let right):
      add(left, times: factor)
      add(right, times: factor)
    case .product(.constant(let value), let rest), .product(let rest, .constant(let value)): add(rest, times: factor * value)
    case .quotient(let dividend, .constant(let value)): add(dividend, times: factor / value)
    case .symbol, .product, .quotient, .function:
      if let place = places[angle] {
        terms[place].coefficient.add(factor)
      } else {
        places[angle] = terms.count
        terms.append((angle, Coefficient()))
        terms[terms.count - 1].coefficient.add(factor)
      }
    }
  }

  var angle: Angle {
    terms.reduce(.zero) { sum, entry in
      let coefficient = entry.coefficient.rounded
      return coefficient == 0 ? sum : sum + Angle(coefficient) * entry.term
    } + Angle(constant.rounded)
  }
}
