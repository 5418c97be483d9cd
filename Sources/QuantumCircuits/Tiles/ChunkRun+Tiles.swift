import LinearAlgebra
import QuantumStates

/// A chunk that is one large state goes through the circuit in tiles.
extension ChunkRun {
  var tileRun: TileRun? {
    guard let plan = evaluator.circuit.tiles, let memory = work.tiles else { return nil }
    return TileRun(plan: plan, memory: memory, kernels: evaluator.kernels, loop: loop)
  }

  func forward(_ tiles: TileRun) {
    tiles.bindForward(evaluator.circuit.steps, tables: tables(of:))
    tiles.setGroundState(work.ket, evaluator.circuit.layout)
    for index in tiles.plan.preparations { forward(step: index) }
    for part in tiles.plan.parts {
      switch part {
      case .whole(let index): forward(step: index)
      case .tiles(let group): tiles.forward(group, ket: work.ket)
      }
    }
  }

  private func tables(of step: Step) -> AngleTables { step.source == .samples ? work.tables : shared.tables }

  func backward(_ tiles: TileRun, _ sums: GradientSums, _ featureGradients: UnsafeMutablePointer<Double>?) {
    let (plan, steps) = (tiles.plan, evaluator.circuit.steps)
    tiles.bindBackward(steps, tables: tables(of:))
    tiles.memory.clearOverlaps()
    for part in plan.parts.reversed() {
      switch part {
      case .whole(let index): backward(step: index, sums, featureGradients)
      case .tiles(let group):
        tiles.backward(group, steps, bra: work.bra, ket: work.ket)
        for placed in group.steps.reversed() where steps[placed.index].hasGradient {
          let place = plan.overlapPlaces[placed.index]
          let overlaps = (0..<steps[placed.index].operation.entryCount).map { tiles.memory.overlap(place + $0) }
          add(overlaps: overlaps, ofStep: placed.index, sums, featureGradients)
        }
      }
    }
    for index in plan.preparations.reversed() { backward(step: index, sums, featureGradients) }
  }
}

extension Step {
  /// Whether an angle of the step depends on parameters or features.
  var hasGradient: Bool { !angles.isEmpty && source != .constant }
}
