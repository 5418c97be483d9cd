import LinearAlgebra
import QuantumStates

/// What a row of the gate table implies for moving and joining gates, found from its factors once.
struct GateFacts: Sendable {
  /// For each target the Pauli matrices on it with which the gate commutes, whatever its angles.
  let axes: [Set<Pauli>]
  /// Whether the order of the targets does not matter.
  let hasSymmetricTargets: Bool
  /// Whether the order of all qubits, own controls included, does not matter.
  let isSymmetric: Bool
  /// Whether the gate is one rotation by its one angle, so that two of them are one by the sum.
  let isSingleRotation: Bool

  static let all: [Gate: GateFacts] = Dictionary(uniqueKeysWithValues: Gate.allCases.map { ($0, GateFacts($0)) })

  private init(_ gate: Gate) {
    let row = gate.row
    axes = (0..<row.targetCount).map { target in
      Set(Pauli.allCases.filter { pauli in row.factors.allSatisfy { $0.commutes(with: pauli, on: target) } })
    }
    // Angles without symmetry of their own.
    let matrix = gate.matrix(angles: Array([0.7310, -1.3129, 2.0474, 0.4361].prefix(row.angleCount)))
    func isKept(byExchanges qubits: Range<Int>) -> Bool {
      qubits.dropLast().allSatisfy { matrix.isClose(to: matrix.exchanging($0, $0 + 1), tolerance: 1e-14) }
    }
    hasSymmetricTargets = isKept(byExchanges: row.controlCount..<row.qubitCount)
    isSymmetric = isKept(byExchanges: 0..<row.qubitCount)
    isSingleRotation = row.angleCount == 1 && row.factors.count == 1 && row.factors[0].angle == .argument(0)
  }
}

extension GateFactor {
  /// Whether the factor commutes with a Pauli matrix on one of the gate's targets, at every angle.
  func commutes(with pauli: Pauli, on target: Int) -> Bool {
    guard let place = targets.firstIndex(of: target) else { return true }
    let matrix: ComplexMatrix
    switch action {
    case .diagonal: return pauli == .z
    case .rotation(let rotation): matrix = rotation.generator.matrix(targetCount: targets.count)
    case .fixed, .permutation: matrix = self.matrix { _ in 0 }
    }
    let factor = PauliWord([PauliFactor(pauli, place)]).matrix(qubits: targets.count)
    return (matrix * factor).isClose(to: factor * matrix, tolerance: 1e-14)
  }
}

extension ComplexMatrix {
  /// The matrix with two of its qubits exchanged.
  fileprivate func exchanging(_ first: Int, _ second: Int) -> ComplexMatrix {
    func image(_ index: Int) -> Int {
      let differs = (index >> first ^ index >> second) & 1
      return index ^ (differs << first | differs << second)
    }
    var result = self
    for row in 0..<rows {
      for column in 0..<columns { result[image(row), image(column)] = self[row, column] }
    }
    return result
  }
}
