import LinearAlgebra
import QuantumStates

/// What is read from a mixed state: numbers that are linear in its Pauli components.
struct MixedReadout: Sendable {
  let outputCount: Int
  /// The components that are read.
  let components: [Int]
  private let form: Form

  private enum Form: Sendable {
    /// What each output takes of the components: pairs of a place among them and a factor.
    case rows([[(place: Int, factor: Double)]])
    /// Outputs are the Walsh-Hadamard transform of the components, divided by their number.
    case characters
  }

  private init(characters components: [Int]) {
    outputCount = components.count
    self.components = components
    form = .characters
  }

  private init(_ rows: [[Int: Double]]) {
    outputCount = rows.count
    let components = Set(rows.flatMap(\.keys)).sorted()
    let places = Dictionary(uniqueKeysWithValues: components.enumerated().map { ($1, $0) })
    self.components = components
    form = .rows(rows.map { row in row.sorted { $0.key < $1.key }.map { (places[$0.key]!, $0.value) } })
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
    MixedReadout(
      characters: (0..<1 << qubits.count).map { subset in
        qubits.enumerated().reduce(0) { $0 | (subset >> $1.offset & 1 == 1 ? 3 : 0) << (2 * $1.element) }
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
    switch form {
    case .rows(let rows):
      for (output, row) in rows.enumerated() { values[output] = row.reduce(0) { $0 + $1.factor * component($1.place) } }
    case .characters:
      for place in 0..<outputCount { values[place] = component(place) / Double(outputCount) }
      Self.transform(values, outputCount)
    }
  }

  /// Σ over places s of (-1)^|v & s| values[s], at every v, in place.
  private static func transform(_ values: UnsafeMutablePointer<Double>, _ count: Int) {
    var step = 1
    while step < count {
      for low in 0..<count where low & step == 0 {
        (values[low], values[low + step]) = (values[low] + values[low + step], values[low] - values[low + step])
      }
      step *= 2
    }
  }

  /// Calls `add` with the derivative of Σ cotangent * output by each component, in shares.
  func seed(_ cotangents: UnsafePointer<Double>, add: (_ place: Int, _ share: Double) -> Void) {
    switch form {
    case .rows(let rows):
      for (output, row) in rows.enumerated() where cotangents[output] != 0 {
        for entry in row { add(entry.place, cotangents[output] * entry.factor) }
      }
    case .characters:
      withUnsafeTemporaryAllocation(of: Double.self, capacity: outputCount) { shares in
        let base = shares.baseAddress!
        for place in 0..<outputCount { base[place] = cotangents[place] / Double(outputCount) }
        Self.transform(base, outputCount)
        for place in 0..<outputCount { add(place, base[place]) }
      }
    }
  }
}
