import LinearAlgebra

/// A mixed state as its full 2^n x 2^n matrix, row and column indices with qubit 0 the least significant bit.
///
/// Slow and independent, like `ReferenceState`.
public struct ReferenceDensity: Sendable {
  public let qubitCount: Int
  public var matrix: ComplexMatrix

  public init(matrix: ComplexMatrix) {
    precondition(matrix.isSquare && matrix.rows.nonzeroBitCount == 1, "\(matrix.rows) x \(matrix.columns) is no state")
    qubitCount = matrix.rows.trailingZeroBitCount
    self.matrix = matrix
  }

  /// sum_k weight_k |psi_k><psi_k|.
  public init(mixing parts: [(weight: Double, state: ReferenceState)]) {
    let dimension = parts[0].state.amplitudes.count
    var sum = ComplexMatrix(rows: dimension, columns: dimension)
    for part in parts {
      let term = part.state.density.matrix
      for row in 0..<dimension {
        for column in 0..<dimension { sum[row, column] += Complex(part.weight) * term[row, column] }
      }
    }
    self.init(matrix: sum)
  }

  /// U rho U^+ with U the operator of `matrix` on `targets` under `controls`.
  public func applying(_ matrix: ComplexMatrix, targets: [Int], controls: [Int: Int] = [:]) -> ReferenceDensity {
    let full = ReferenceOperators.embedded(matrix, targets: targets, controls: controls, qubitCount: qubitCount)
    return ReferenceDensity(matrix: full * self.matrix * full.adjoint)
  }

  /// Tr(A rho) of a full matrix A.
  public func expectation(full operatorMatrix: ComplexMatrix) -> Complex<Double> {
    var sum = Complex<Double>.zero
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns { sum += operatorMatrix[row, column] * matrix[column, row] }
    }
    return sum
  }

  /// Tr rho_A over the qubits that are not in `kept`; bit j of the new index is qubit `kept[j]`.
  public func partialTrace(keeping kept: [Int]) -> ReferenceDensity {
    let traced = (0..<qubitCount).filter { !kept.contains($0) }
    var result = ComplexMatrix(rows: 1 << kept.count, columns: 1 << kept.count)
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns
      where ReferenceOperators.bits(of: row, at: traced) == ReferenceOperators.bits(of: column, at: traced) {
        result[ReferenceOperators.bits(of: row, at: kept), ReferenceOperators.bits(of: column, at: kept)] += matrix[row, column]
      }
    }
    return ReferenceDensity(matrix: result)
  }

  /// The partial transpose on `qubits`: their bits change places between row and column.
  public func partialTranspose(on qubits: [Int]) -> ComplexMatrix {
    let mask = qubits.reduce(0) { $0 | (1 << $1) }
    var result = ComplexMatrix(rows: matrix.rows, columns: matrix.columns)
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns {
        result[(row & ~mask) | (column & mask), (column & ~mask) | (row & mask)] = matrix[row, column]
      }
    }
    return result
  }

  /// The diagonal: probabilities by basis index.
  public var probabilities: [Double] { (0..<matrix.rows).map { matrix[$0, $0].real } }

  /// The normalised state after the bits at `qubits` were found to be `outcome`.
  public func collapsed(qubits: [Int], outcome: Int) -> ReferenceDensity {
    var result = matrix
    var probability = 0.0
    for row in 0..<matrix.rows where ReferenceOperators.bits(of: row, at: qubits) == outcome {
      probability += matrix[row, row].real
    }
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns {
        let kept =
          ReferenceOperators.bits(of: row, at: qubits) == outcome && ReferenceOperators.bits(of: column, at: qubits) == outcome
        result[row, column] = kept ? matrix[row, column] / Complex(probability) : .zero
      }
    }
    return ReferenceDensity(matrix: result)
  }

  /// Tr rho^2.
  public var purity: Double { expectation(full: matrix).real }
}
