import LinearAlgebra
import QuantumCircuits

/// How far a channel is from a unitary gate.
///
/// ```swift
/// let metrics = try ChannelMetrics(.amplitudeDamping(0.1))
/// metrics.averageGateFidelity
/// metrics.diamondDistance.upperBound
/// ```
/// With the Pauli transfer matrix T of the channel followed by the inverse of the gate and d = 2^n:
/// - process fidelity `tr T / d^2`, the fidelity of Choi states, which is the entanglement fidelity of the maximally mixed state;
/// - average gate fidelity `(d F_process + 1)/(d + 1)`, over uniform pure states;
/// - unitarity `tr(T_u^T T_u)/(d^2 - 1)` with T_u the part between words other than the identity: 1 for unitary channels alone;
/// - diamond distance: half the diamond norm of the difference, the largest gain over a guess at telling the two apart by one use.
public struct ChannelMetrics: Sendable, Hashable {
  /// In 0...1.
  public let processFidelity: Double
  /// In 1/(d + 1)...1.
  public let averageGateFidelity: Double
  /// In 0...1.
  public let unitarity: Double
  /// Bounds of a number in 0...1 that is certain to lie between them.
  public let diamondDistance: ClosedRange<Double>

  /// - Parameter target: the unitary matrix that the channel should be; nil for the identity.
  /// - Throws: `ChannelError` for strengths that make no channel.
  public init(
    _ channel: Channel, target: ComplexMatrix? = nil, parameters: [Double] = [], features: [Double] = []
  ) throws(ChannelError) {
    let dimension = 1 << channel.qubitCount
    let target = target ?? .identity(dimension)
    precondition(
      target.rows == dimension && target.isUnitary(), "ChannelMetrics: the target is no unitary on \(channel.qubitCount) qubits")
    let d = Double(dimension)
    let transfer = try channel.transfer(parameters: parameters, features: features)
    let ideal = try Channel(kraus: [target])
    let overlap = zip(transfer.elements, try ideal.transfer().elements).reduce(0) { $0 + $1.0 * $1.1 }
    processFidelity = overlap / (d * d)
    averageGateFidelity = (d * processFidelity + 1) / (d + 1)
    var squares = 0.0
    for row in 1..<transfer.rows { for column in 1..<transfer.columns { squares += transfer[row, column] * transfer[row, column] } }
    unitarity = squares / (d * d - 1)
    let difference = try channel.choi(parameters: parameters, features: features) - ideal.choi()
    do {
      diamondDistance = try DiamondNorm.halfNorm(ofChoi: difference)
    } catch { throw .linearAlgebra(error) }
  }
}

extension Channel {
  /// How well the channel keeps a state and its entanglement with what it is entangled with: `Σ |tr(ρ K)|^2` over Kraus operators
  /// K.
  ///
  /// - Parameter state: a density matrix, qubit 0 the least significant bit.
  ///
  /// Source: Schumacher, "Sending entanglement through noisy quantum channels", 1996.
  public func entanglementFidelity(
    of state: ComplexMatrix, parameters: [Double] = [], features: [Double] = []
  ) throws(ChannelError) -> Double {
    precondition(
      state.rows == 1 << qubitCount && state.isHermitian(tolerance: 1e-9),
      "entanglementFidelity: a state of \(state.rows) rows for \(qubitCount) qubits")
    return try kraus(parameters: parameters, features: features).reduce(0) { $0 + (state * $1).trace.lengthSquared }
  }
}
