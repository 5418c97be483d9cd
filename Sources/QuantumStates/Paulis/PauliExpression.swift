/// What an observable is written with: Pauli factors, words and sums.
public protocol PauliExpression {
  /// The same operator as a sum of words.
  var pauliSum: PauliSum { get }
}

extension PauliSum: PauliExpression {
  public var pauliSum: PauliSum { self }
}

extension PauliWord: PauliExpression {
  public var pauliSum: PauliSum { PauliSum(1, self) }
}

extension PauliFactor: PauliExpression {
  public var pauliSum: PauliSum { PauliSum(1, PauliWord([self])) }
}

// Few operators on purpose: each further overload makes every formula of the user slower to type-check.

/// The sum of two observables.
public func + (left: some PauliExpression, right: some PauliExpression) -> PauliSum {
  PauliSum(left.pauliSum.terms + right.pauliSum.terms)
}

/// The difference of two observables.
public func - (left: some PauliExpression, right: some PauliExpression) -> PauliSum { left + -1 * right }

/// An observable plus a multiple of the identity.
public func + (left: some PauliExpression, right: Double) -> PauliSum { left + PauliSum(right, .identity) }

/// An observable minus a multiple of the identity.
public func - (left: some PauliExpression, right: Double) -> PauliSum { left + PauliSum(-right, .identity) }

/// The observable times -1.
public prefix func - (operand: some PauliExpression) -> PauliSum { -1 * operand }

/// The observable times a real number.
public func * (factor: Double, operand: some PauliExpression) -> PauliSum {
  PauliSum(operand.pauliSum.terms.map { PauliSum.Term(factor * $0.coefficient, $0.word) })
}

/// The product of two observables, which must come out Hermitian: `Z(0) * Z(1)`, not `X(0) * Y(0)`.
///
/// `PauliSum.multiplied(by:)` throws instead of stopping the program.
public func * (left: some PauliExpression, right: some PauliExpression) -> PauliSum {
  do {
    return try left.pauliSum.multiplied(by: right.pauliSum)
  } catch {
    fatalError(error.description)
  }
}
