import LinearAlgebra
import QuantumStates

/// The Hermitian matrix G of a rotation `exp(-i w t G)`, with `G^3 = G`: its eigenvalues are -1, 0 or 1.
///
/// The matrix acts on a factor's targets, the first target as the least significant bit.
public enum Generator: Sendable, Hashable {
  /// A Pauli word whose qubit q is the factor's target q.
  case pauli(PauliWord)
  case matrix(ComplexMatrix)

  /// G as a matrix on the given number of targets.
  public func matrix(targetCount: Int) -> ComplexMatrix {
    switch self {
    case .pauli(let word): return word.matrix(qubits: targetCount)
    case .matrix(let matrix):
      precondition(matrix.rows == 1 << targetCount, "Generator: a \(matrix.rows)-row matrix on \(targetCount) targets")
      return matrix
    }
  }

  /// Whether G, and with it every rotation it generates, is diagonal.
  public var isDiagonal: Bool {
    switch self {
    case .pauli(let word): word.isDiagonal
    case .matrix(let matrix): matrix.isDiagonal()
    }
  }

  /// The distinct eigenvalues, ascending.
  ///
  /// They need no eigensolver: tr G counts the ones less the minus ones, tr G^2 counts both.
  public var eigenvalues: [Double] {
    switch self {
    case .pauli(let word): return word.isIdentity ? [1] : [-1, 1]
    case .matrix(let matrix):
      let difference = Int(matrix.trace.real.rounded())
      let sum = Int((matrix * matrix).trace.real.rounded())
      var values: [Double] = []
      if sum - difference > 0 { values.append(-1) }
      if matrix.rows > sum { values.append(0) }
      if sum + difference > 0 { values.append(1) }
      return values
    }
  }
}

/// A rotation `exp(-i w t G) = I + (cos(w t) - 1) G^2 - i sin(w t) G` by an angle t that is an expression.
public struct Rotation: Sendable, Hashable {
  /// The Hermitian matrix G.
  public var generator: Generator
  /// The w in front of the angle: 1/2 for RX, 1 for a phase.
  public var frequency: Double
  /// The t: in a row of the gate table in terms of the row's own angles, in an instruction in terms of parameters and features.
  public var angle: Angle

  /// The matrix at the angle t.
  public func matrix(at angle: Double, targetCount: Int) -> ComplexMatrix {
    let turn = frequency * angle
    return combination(one: 1, square: .cos(turn) - 1, linear: -.sin(turn), targetCount)
  }

  /// The derivative of the matrix with respect to t, at t: `w (-sin(w t) G^2 - i cos(w t) G)`.
  public func derivative(at angle: Double, targetCount: Int) -> ComplexMatrix {
    let turn = frequency * angle
    return combination(one: 0, square: -frequency * .sin(turn), linear: -frequency * .cos(turn), targetCount)
  }

  /// `one * I + square * G^2 + i * linear * G`.
  private func combination(one: Double, square: Double, linear: Double, _ targetCount: Int) -> ComplexMatrix {
    let matrix = generator.matrix(targetCount: targetCount)
    return Complex(one) * .identity(matrix.rows) + Complex(square) * (matrix * matrix) + Complex(0, linear) * matrix
  }

  /// The positive differences between eigenvalues of w G, ascending: the frequencies with which expectations depend on t.
  ///
  /// A control adds the eigenvalue 0. One frequency w admits the two-term parameter-shift rule, more need the general rule.
  ///
  /// Source: Wierichs, Izaac, Wang, Lin, "General parameter-shift rules for quantum gradients", 2022, section 3.
  public func shiftFrequencies(isControlled: Bool) -> [Double] {
    var values = Set(generator.eigenvalues)
    if isControlled { values.insert(0) }
    let differences = values.flatMap { high in values.map { low in (high - low) * frequency.magnitude } }
    return Set(differences.filter { $0 > 0 }).sorted()
  }
}
