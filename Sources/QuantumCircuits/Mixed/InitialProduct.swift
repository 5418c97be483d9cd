import LinearAlgebra
import QuantumStates

/// Qubits prepared in a pure state.
struct InitialBlock: Sendable {
  let preparation: AmplitudePreparation
  let targets: [Int]
  let amplitudes: [Complex<Double>]
  /// <P> of every Pauli word on the targets.
  let components: [Double]

  init(preparation: AmplitudePreparation, targets: [Int], amplitudes: [Complex<Double>]) {
    self.preparation = preparation
    self.targets = targets
    self.amplitudes = amplitudes
    var projector = ComplexMatrix(rows: amplitudes.count, columns: amplitudes.count)
    for row in amplitudes.indices {
      for column in amplitudes.indices { projector[row, column] = amplitudes[row] * amplitudes[column].conjugate }
    }
    components = PauliBasis.components(of: projector).map(\.real)
  }
}

/// The state before all steps: prepared blocks, and |0> on the other qubits, whose components are 1 for I and Z.
struct InitialProduct {
  let blocks: [InitialBlock]
  private let free: [Int]

  init(qubitCount: Int, blocks: [InitialBlock]) {
    self.blocks = blocks
    let prepared = Set(blocks.flatMap(\.targets))
    free = (0..<qubitCount).filter { !prepared.contains($0) }
  }

  /// Calls `body` with the number and the value of each component that is not zero by structure.
  func forEach(_ body: (_ component: Int, _ value: Double) -> Void) {
    visit(block: 0, base: 0, factor: 1, omitting: nil) { component, factor, _ in body(component, factor) }
  }

  /// For each block the derivative by its components, given the derivative by those of the whole state.
  func cotangents(_ cotangent: (_ component: Int) -> Double) -> [[Complex<Double>]] {
    blocks.indices.map { block in
      var sums = [Double](repeating: 0, count: blocks[block].components.count)
      visit(block: 0, base: 0, factor: 1, omitting: block) { component, factor, own in sums[own] += factor * cotangent(component) }
      return sums.map { Complex($0) }
    }
  }

  private func visit(
    block: Int, base: Int, factor: Double, omitting omitted: Int?, own: Int = 0,
    _ body: (_ component: Int, _ factor: Double, _ own: Int) -> Void
  ) {
    guard block < blocks.count else {
      for index in 0..<1 << free.count {
        var component = base
        for (place, qubit) in free.enumerated() where index >> place & 1 == 1 { component |= 3 << (2 * qubit) }
        body(component, factor, own)
      }
      return
    }
    for (index, value) in blocks[block].components.enumerated() {
      let next = base | ComponentTiles.component(index, on: blocks[block].targets)
      let isOmitted = block == omitted
      visit(
        block: block + 1, base: next, factor: isOmitted ? factor : factor * value, omitting: omitted, own: isOmitted ? index : own,
        body)
    }
  }
}
