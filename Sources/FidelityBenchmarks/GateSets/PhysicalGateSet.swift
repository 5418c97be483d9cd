import LinearAlgebra

/// Gate sets that quantum mechanics allows, written in numbers without bounds.
///
/// - The state is `A A^+ / tr A A^+`.
/// - The effect of outcome 0 is `S^-1/2 A A^+ S^-1/2` with S = A A^+ + B B^+.
/// - A gate has the Choi matrix `S^-1/2 C C^+ S^-1/2` with S = tr_output C C^+, the root on the input.
///
/// All matrices are complex, real parts before imaginary ones: 8 numbers of the state, 16 of the effect, 32 of each gate.
enum PhysicalGateSet {
  static func entries(_ numbers: [Double]) -> [Double] {
    let state = square(numbers[0..<8])
    let trace = max(state.trace.real, 1e-300)
    let (first, second) = (square(numbers[8..<16]), square(numbers[16..<24]))
    let root = inverseRoot(first + second)
    let effect = root * first * root
    var result = Array(components(state).dropFirst()).map { $0 / trace } + components(effect).map { $0 / 2 }
    for place in stride(from: 24, to: numbers.count, by: 32) {
      let choi = square(numbers[place..<place + 32])
      let frame = inverseRoot(ChoiProjection.partialTrace(choi)).kronecker(.identity(2))
      result += transfer(frame * choi * frame).elements[4...]
    }
    return result
  }

  /// Numbers of a gate set near another, which may be none that is allowed: mixed with a hundredth of noise, so that no factor is singular.
  static func numbers(near other: GateSet) -> [Double] {
    func root(_ matrix: ComplexMatrix, _ least: Double) -> [Double] {
      guard let eigen = try? (Complex(0.5) * (matrix + matrix.adjoint)).hermitianEigen() else { return factor(matrix) }
      return factor(eigen.matrix { Complex(max($0, least).squareRoot()) })
    }
    let (least, half) = (0.005, Complex<Double>(0.5))
    let state = sum(other.state.map { Complex($0) * half })
    let effect = sum(other.effect.map { Complex($0) })
    var result = root(state, least) + root(effect, least) + root(.identity(2) - effect, least)
    for gate in other.gates { result += root(choi(gate), least) }
    return result
  }

  /// The Choi matrix of a transfer matrix, the input as the more significant half.
  static func choi(_ transfer: RealMatrix) -> ComplexMatrix {
    var result = ComplexMatrix(rows: 4, columns: 4)
    for row in 0..<4 {
      for column in 0..<4 {
        result = result + Complex(transfer[row, column] / 2) * paulis[column].transpose.kronecker(paulis[row])
      }
    }
    return result
  }

  /// The transfer matrix of a Choi matrix.
  private static func transfer(_ choi: ComplexMatrix) -> RealMatrix {
    RealMatrix(
      (0..<4).map { row in
        (0..<4).map { column in (paulis[column].transpose.kronecker(paulis[row]) * choi).trace.real / 2 }
      })
  }

  private static let paulis: [ComplexMatrix] = [
    .identity(2), ComplexMatrix([[0, 1], [1, 0]]), ComplexMatrix([[0, Complex(0, -1)], [.i, 0]]),
    ComplexMatrix([[1, 0], [0, -1]]),
  ]

  private static func components(_ matrix: ComplexMatrix) -> [Double] { paulis.map { ($0 * matrix).trace.real } }

  private static func sum(_ components: [Complex<Double>]) -> ComplexMatrix {
    zip(components, paulis).map { $0 * $1 }.reduce(ComplexMatrix(rows: 2, columns: 2), +)
  }

  private static func factor(_ matrix: ComplexMatrix) -> [Double] { matrix.elements.map(\.real) + matrix.elements.map(\.imaginary) }

  /// `A A^+` of the numbers of A.
  private static func square(_ numbers: ArraySlice<Double>) -> ComplexMatrix {
    let count = numbers.count / 2
    let dimension = count == 4 ? 2 : 4
    let matrix = ComplexMatrix(
      rows: dimension, columns: dimension,
      elements: (0..<count).map { Complex(numbers[numbers.startIndex + $0], numbers[numbers.startIndex + count + $0]) })
    return matrix * matrix.adjoint
  }

  private static func inverseRoot(_ matrix: ComplexMatrix) -> ComplexMatrix {
    guard let eigen = try? matrix.hermitianEigen() else { preconditionFailure("PhysicalGateSet: no eigenvalues") }
    return eigen.matrix { Complex(1 / max($0, 1e-300).squareRoot()) }
  }
}
