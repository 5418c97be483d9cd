import Execution
import LinearAlgebra
import QuantumStates
import Randomness
import TestSupport

/// The reference's spelling of controls as the library's.
func controls(_ values: [Int: Int]) -> [Control] {
  values.sorted { $0.key < $1.key }.map { Control($0.key, isOne: $0.value == 1) }
}

extension StateVector {
  /// The state with the amplitudes of the reference.
  init(_ reference: ReferenceState, precision: Precision = .double, level: SIMDLevel = .current, threads: Int = 1) throws {
    try self.init(
      reference.amplitudes, order: .littleEndian, precision: precision, loop: ParallelLoop(threads: threads), level: level)
  }

  /// The largest difference of an amplitude from the reference.
  func difference(from reference: ReferenceState) -> Double {
    maximumDifference(amplitudes(.littleEndian), reference.amplitudes)
  }
}

extension DensityMatrix {
  init(_ reference: ReferenceDensity, precision: Precision = .double) throws {
    try self.init(reference.matrix, order: .littleEndian, precision: precision, loop: .serial)
  }
}

extension Precision {
  /// What rounding may leave after one operation on amplitudes of order 1.
  var tolerance: Double { self == .float ? Tolerance.float : Tolerance.double }
}

/// An instruction set and a precision: a column of every kernel law.
struct KernelTable: Sendable, CustomStringConvertible {
  let level: SIMDLevel
  let precision: Precision

  var description: String { "\(level) \(precision)" }

  static let all = SIMDLevel.supported.flatMap { level in Precision.allCases.map { KernelTable(level: level, precision: $0) } }
}
