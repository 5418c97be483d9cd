/// Which pairs of qubits a layer entangles, in the order in which the gates act.
public enum Connectivity: String, CaseIterable, Sendable {
  /// (0, 1), (1, 2), ...
  case linear
  /// Linear, then the last qubit with the first; two qubits have one pair.
  case ring
  /// Every pair (a, b) with a < b, in lexicographic order.
  case full

  /// The pairs on the given number of qubits.
  public func pairs(qubits count: Int) -> [(Int, Int)] {
    let linear = (0..<max(count - 1, 0)).map { ($0, $0 + 1) }
    switch self {
    case .linear: return linear
    case .ring: return count > 2 ? linear + [(count - 1, 0)] : linear
    case .full: return (0..<count).flatMap { low in (low + 1..<max(count, low + 1)).map { (low, $0) } }
    }
  }
}

/// The parameters of a ready circuit: those given, or else the first `count` ones, after a check of their number.
func requireParameters(_ given: (any Collection<Angle>)?, count: Int, for name: String) -> [Angle] {
  guard let given else { return Array(Parameters(count)) }
  let angles = Array(given)
  precondition(angles.count == count, "\(name) takes \(count) parameters, got \(angles.count)")
  return angles
}
