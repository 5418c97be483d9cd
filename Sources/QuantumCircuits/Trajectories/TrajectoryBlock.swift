import Execution
import LinearAlgebra
import QuantumStates

/// Everything that happens to one or two neighbouring qubits between operations with others, done as one matrix a trajectory.
///
/// A channel, a measurement or a reset is a choice between operators K_k. Each has a least probability m_k, the smallest
/// eigenvalue of K†K, whatever the state: a draw below their sum chooses without looking at the state. Only the other draws,
/// two in a hundred for amplitude damping by 0.02, need the reduced density matrix of the block's qubits, from which all
/// probabilities inside the block follow. So a trajectory costs little more than the circuit without noise.
///
/// Source of the bounds: Isakov et al., "Simulations of quantum circuits with approximate noise using qsim and Cirq", 2021, section
/// II.
final class TrajectoryBlock: Sendable {
  /// A factor of the block's matrix.
  struct Part: Sendable {
    /// Its operators, on all qubits of the block: one for a gate, several for a choice, the most likely first.
    var operators: [ComplexMatrix]
    /// Least probability of each operator; empty for a gate.
    var bounds: [Double] = []
    /// Where the number of the operator is stored, and the value for each operator.
    var record: (bit: Int, values: [Bool])?
    /// The condition under which it is done.
    var predicate: Int?

    var isChoice: Bool { !bounds.isEmpty }
  }

  let qubits: [Int]
  let parts: [Part]
  let dimension: Int
  let operation: KernelOperation
  /// For the reduced density matrix; nil where no choice looks at the state.
  let density: KernelOperation?
  /// Draws at or above these are not for the first operator, in the order of the choices; nil where each trajectory differs.
  let firstBounds: [Double]?
  /// The condition of each choice; a draw is taken only where it holds, so that shots never depend on what runs beside them.
  let choicePredicates: [Int?]
  /// The matrix of trajectories in which every choice falls on the first operator, with and without coefficients.
  let usual: [Complex<Double>]
  let usualCoefficients: AlignedBuffer<UInt8>

  init(qubits: [Int], parts: [Part], layout: AmplitudeLayout) {
    self.qubits = qubits
    self.parts = parts
    dimension = 1 << qubits.count
    let choices = parts.filter(\.isChoice)
    choicePredicates = choices.map(\.predicate)
    let isUsual = parts.allSatisfy { $0.predicate == nil && ($0.bounds.first.map { $0 > 0 } ?? true) && $0.record == nil }
    firstBounds = isUsual ? choices.map { $0.bounds[0] } : nil
    let pattern = parts.reduce(MatrixPattern(of: .identity(dimension))) { $1.pattern * $0 }
    operation = KernelOperation(pattern: pattern, targets: qubits, layout: layout)
    let looks = choices.contains { $0.bounds.reduce(0, +) < 1 }
    let full = MatrixPattern(dimension: dimension, entries: Array(repeating: .any, count: dimension * dimension))
    density = looks ? KernelOperation(pattern: full, targets: qubits, layout: layout) : nil
    var product = ComplexMatrix.identity(dimension)
    if isUsual {
      for part in parts {
        product = Complex(1 / (part.bounds.first ?? 1).squareRoot()) * (part.operators[0] * product)
      }
    }
    usual = product.elements
    usualCoefficients = AlignedBuffer(zeroed: operation.coefficientBytes)
    usual.withUnsafeBufferPointer { operation.fill(UnsafeMutableRawPointer(usualCoefficients.base), entries: $0.baseAddress) }
  }
}

extension TrajectoryBlock.Part {
  /// What the part's matrix may hold.
  fileprivate var pattern: MatrixPattern {
    let dimension = operators[0].rows
    if !isChoice, predicate == nil { return MatrixPattern(of: operators[0]) }
    // Scales differ from trajectory to trajectory, so that no entry is always one.
    var entries = Array(repeating: MatrixPattern.Entry.zero, count: dimension * dimension)
    let all = predicate == nil ? operators : operators + [.identity(dimension)]
    for matrix in all {
      for (place, entry) in matrix.elements.enumerated() where entry != 0 { entries[place] = .any }
    }
    return MatrixPattern(dimension: dimension, entries: entries)
  }

  /// A choice between Kraus operators, the most likely first.
  static func choice(_ kraus: [ComplexMatrix], predicate: Int?) throws(CompilationError) -> TrajectoryBlock.Part {
    var bounded: [(bound: Double, matrix: ComplexMatrix)] = []
    for matrix in kraus where matrix.maximumMagnitude > 1e-12 {
      do {
        bounded.append((max(0, try (matrix.adjoint * matrix).hermitianEigen().values[0]), matrix))
      } catch {
        throw .channel(.linearAlgebra(error), row: 0)
      }
    }
    bounded.sort { $0.bound > $1.bound }
    let sum = bounded.reduce(0) { $0 + $1.bound }
    // A mixture of unitaries up to rounding never looks at the state.
    let scale = sum > 1 - 1e-12 ? 1 / sum : 1
    return TrajectoryBlock.Part(
      operators: bounded.map(\.matrix), bounds: bounded.map { $0.bound * scale }, predicate: predicate)
  }
}
