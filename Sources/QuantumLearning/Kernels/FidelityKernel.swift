import Execution
import LinearAlgebra
import QuantumCircuits
import QuantumStates

/// The kernel K(x, y) = |<psi(x)|psi(y)>|^2 of a feature map: how alike the states are that two samples make.
///
/// Source: Havlíček et al., "Supervised learning with quantum-enhanced feature spaces", 2019.
public struct FidelityKernel: Sendable {
  let states: BatchStates
  let loop: ParallelLoop

  /// - Parameter featureMap: any circuit of features, without parameters.
  /// - Throws: `CompilationError` for a circuit that cannot be compiled or whose states do not fit in memory.
  public init(
    featureMap: Circuit, precision: Precision = .double, loop: ParallelLoop = ParallelLoop(), level: SIMDLevel = .current
  ) throws(CompilationError) {
    states = try BatchStates(of: featureMap, precision: precision, loop: loop, level: level)
    self.loop = loop
  }

  /// The exact Gram matrix of a batch: every sample is simulated once.
  ///
  /// - Parameter features: samples x features.
  /// - Returns: samples x samples, symmetric, ones on the diagonal.
  /// - Throws: `CompilationError` for features that do not fit or are not finite, and for more memory than there is.
  /// - Complexity: samples runs of the circuit, then 4 samples^2 2^n operations of a Hermitian product in the precision of the
  ///   states.
  public func gramMatrix(_ features: RealMatrix) throws(CompilationError) -> RealMatrix {
    let (samples, dimension) = (features.rows, states.dimension)
    // An entry of the matrix has half the bytes of an amplitude.
    try states.checkMemory(
      copies: samples + samples * samples / (2 * dimension),
      purpose: "The Gram matrix of \(samples) samples, their states included,")
    let planes = try states.planes(features: features)
    // Not zeroed first: every entry is written, and that by the threads that work on them.
    let gram = [Double](unsafeUninitializedCapacity: samples * samples) { result, count in
      if let base = result.baseAddress {
        switch planes.precision {
        case .float: GramProduct<Float>(planes, result: base).run(loop)
        case .double: GramProduct<Double>(planes, result: base).run(loop)
        }
      }
      count = samples * samples
    }
    // A state that is not finite has no finite norm.
    if !(0..<samples).allSatisfy({ gram[$0 * (samples + 1)].isFinite }) { try states.checkAngles(features: features) }
    return RealMatrix(rows: samples, columns: samples, elements: gram)
  }
}
