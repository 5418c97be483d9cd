import LinearAlgebra
import QuantumCircuits

extension NoiseModel {
  /// The qubits that the model says something of by their numbers.
  package var namedQubits: Set<Int> {
    var named = Set(qubitRelaxation.keys).union(readout?.blocks.flatMap(\.qubits) ?? [])
    for rule in rules {
      named.formUnion(rule.qubits ?? [])
      named.formUnion(rule.exactQubits ?? [])
      if case .crosstalk(_, let neighbors) = rule.effect { named.formUnion(neighbors.keys) }
    }
    return named
  }

  /// The model of a larger device for a circuit on its first qubits that measures some of them.
  ///
  /// Crosstalk to qubits that a circuit lacks has no effect on those that it has. Qubits that are read together with others are
  /// confused as if those others were |0>.
  func restricted(toQubits count: Int, measured: [Int]) -> NoiseModel {
    var result = self
    result.rules = rules.map { rule in
      guard case .crosstalk(let channel, let neighbors) = rule.effect else { return rule }
      var own = rule
      own.effect = .crosstalk(
        channel, neighbors: neighbors.mapValues { $0.filter { $0 < count } }.filter { $0.key < count && !$0.value.isEmpty })
      return own
    }
    guard let readout else { return result }
    var kept = ReadoutError()
    for block in readout.blocks {
      let places = block.qubits.indices.filter { measured.contains(block.qubits[$0]) }
      guard !places.isEmpty else { continue }
      do {
        try kept.add(Self.marginal(block.matrix, places), on: places.map { block.qubits[$0] })
      } catch { preconditionFailure("NoiseModel: \(error)") }
    }
    result.readout = kept
    return result
  }

  /// What is reported at some places of a confusion matrix where all others are |0>.
  private static func marginal(_ matrix: RealMatrix, _ places: [Int]) -> RealMatrix {
    func kept(_ value: Int) -> Int { places.enumerated().reduce(0) { $0 | (value >> $1.element & 1) << $1.offset } }
    var result = RealMatrix(rows: 1 << places.count, columns: 1 << places.count)
    let mask = places.reduce(0) { $0 | 1 << $1 }
    for column in 0..<matrix.columns where column & ~mask == 0 {
      for row in 0..<matrix.rows { result[kept(row), kept(column)] += matrix[row, column] }
    }
    return result
  }
}
