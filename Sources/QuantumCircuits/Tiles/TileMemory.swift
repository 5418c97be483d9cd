import LinearAlgebra
import QuantumStates
import Synchronization

/// The memory that runs of one plan need: taken once, used for every evaluation.
///
/// Unchecked because it owns raw memory: only one run at a time uses it, and its threads write each to their own buffer and piece.
final class TileMemory: @unchecked Sendable {
  /// Most pieces of work that a group is cut into.
  static let pieces = 64

  /// Unchecked because it holds addresses; one thread at a time has it.
  struct Buffer: @unchecked Sendable {
    let ket: UnsafeMutableRawPointer
    let bra: UnsafeMutableRawPointer
  }

  let coefficients: UnsafeMutableRawPointer
  private let tileBytes: Int
  private let overlapCount: Int
  private let idle = Mutex<[Buffer]>([])
  /// pieces x overlaps; taken at the first backward pass.
  private lazy var sums = UnsafeMutablePointer<Complex<Double>>.allocate(capacity: max(1, Self.pieces * overlapCount))
  private var hasSums = false

  /// What a run of the plan takes in all.
  static func bytes(_ plan: TilePlan, withGradient: Bool, threads: Int) -> Int {
    let sums = withGradient ? pieces * plan.overlapCount * MemoryLayout<Complex<Double>>.stride : 0
    return plan.coefficientBytes + 2 * threads * plan.layout.byteCount + sums
  }

  init(_ plan: TilePlan) {
    coefficients = Self.allocate(plan.coefficientBytes)
    tileBytes = plan.layout.byteCount
    overlapCount = plan.overlapCount
  }

  deinit {
    coefficients.deallocate()
    if hasSums { sums.deallocate() }
    for buffer in idle.withLock({ $0 }) {
      buffer.ket.deallocate()
      buffer.bra.deallocate()
    }
  }

  private static func allocate(_ bytes: Int) -> UnsafeMutableRawPointer { .allocate(byteCount: max(64, bytes), alignment: 64) }

  func withBuffer(_ body: (Buffer) -> Void) {
    let buffer = idle.withLock { $0.popLast() } ?? Buffer(ket: Self.allocate(tileBytes), bra: Self.allocate(tileBytes))
    body(buffer)
    idle.withLock { $0.append(buffer) }
  }

  /// Sets all overlaps to zero.
  func clearOverlaps() {
    hasSums = true
    sums.initialize(repeating: 0, count: Self.pieces * overlapCount)
  }

  func overlaps(piece: Int) -> UnsafeMutablePointer<Complex<Double>> { sums + piece * overlapCount }

  /// An overlap summed over the pieces, in their order.
  func overlap(_ place: Int) -> Complex<Double> {
    (0..<Self.pieces).reduce(Complex.zero) { $0 + sums[$1 * overlapCount + place] }
  }
}
