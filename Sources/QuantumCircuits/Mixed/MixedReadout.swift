import LinearAlgebra
import QuantumStates

/// What is read from a mixed state: numbers that are linear in its Pauli components.
struct MixedReadout: Sendable {
  let outputCount: Int
  /// The components that are read.
  let components: [Int]
  /// What each output takes of them: pairs of a place among `components` and a factor.
  private let rows: [[(place: Int, factor: Double)]]

  private init(_ rows: [[Int: Double]]) {
    outputCount = rows.count
    let components = Set(rows.flatMap(\.keys)).sorted()
    let places = Dictionary(uniqueKeysWithValues: components.enumerated().map { ($1, $0) })
    self.components = components
    self.rows = rows.map { row in row.sorted { $0.key < $1.key }.map { (places[$0.key]!, $0.value) } }
  }

  /// Tr(O rho) of Pauli sums: a component is the expectation of its word.
  static func expectations(of observables: [PauliSum]) -> MixedReadout {
    MixedReadout(
      observables.map { observable in
        Dictionary(observable.terms.map { (PauliBasis.index(of: $0.word), $0.coefficient) }, uniquingKeysWith: +)
      })
  }

  /// The probabilities of all values of some qubits, 2^-k Σ ± <Z...Z> over the subsets of the qubits.
  static func probabilities(of qubits: [Int]) -> MixedReadout {
    let count = 1 << qubits.count
    let components = (0..<count).map { subset in
      qubits.enumerated().reduce(0) { $0 | (subset >> $1.offset & 1 == 1 ? 3 : 0) << (2 * $1.element) }
    }
    return MixedReadout(
      (0..<count).map { value in
        Dictionary(
          uniqueKeysWithValues: (0..<count).map { subset in
            (components[subset], ((value & subset).nonzeroBitCount % 2 == 0 ? 1 : -1) / Double(count))
          })
      })
  }

  /// <target|rho|target> = 2^-n Σ <target|P|target> Tr(P rho).
  static func fidelity(with target: [Complex<Double>]) -> MixedReadout {
    var projector = ComplexMatrix(rows: target.count, columns: target.count)
    for row in target.indices {
      for column in target.indices { projector[row, column] = target[row] * target[column].conjugate }
    }
    let components = PauliBasis.components(of: projector)
    return MixedReadout([
      Dictionary(uniqueKeysWithValues: components.enumerated().map { ($0, $1.real / Double(target.count)) })
    ])
  }

  /// Writes the outputs, given the value of component number `components[place]` for each place.
  func measure(_ values: UnsafeMutablePointer<Double>, component: (_ place: Int) -> Double) {
    for (output, row) in rows.enumerated() { values[output] = row.reduce(0) { $0 + $1.factor * component($1.place) } }
  }

  /// Calls `add` with the derivative of Σ cotangent * output by each component, in shares.
  func seed(_ cotangents: UnsafePointer<Double>, add: (_ place: Int, _ share: Double) -> Void) {
    for (output, row) in rows.enumerated() where cotangents[output] != 0 {
      for entry in row { add(entry.place, cotangents[output] * entry.factor) }
    }
  }
}
