import Execution
import QuantumStates
import Randomness

/// With what shots and trajectories are run.
public struct TrajectorySettings: Sendable {
  /// How shots are run.
  public var method: ShotMethod
  /// Errors of readout: every measurement reports by them, in the middle of a circuit too; nil for none.
  public var readout: ReadoutError?
  /// The precision of the amplitudes.
  public var precision: Precision
  /// Threads; results do not depend on it.
  public var loop: ParallelLoop
  /// The SIMD level of the kernels.
  public var level: SIMDLevel

  public init(
    method: ShotMethod = .automatic, readout: ReadoutError? = nil, precision: Precision = .double,
    loop: ParallelLoop = ParallelLoop(),
    level: SIMDLevel = .current
  ) {
    self.method = method
    self.readout = readout
    self.precision = precision
    self.loop = loop
    self.level = level
  }
}
