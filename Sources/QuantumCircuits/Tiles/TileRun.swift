import Execution
import LinearAlgebra
import QuantumStates

/// One large state on its way through the circuit and back, a group of steps at a time, tile by tile.
///
/// Bytes: a group moves the state once through memory and back, 32 * 2^n bytes in double precision, whatever the number of its
/// steps; run one by one, each step would.
struct TileRun {
  let plan: TilePlan
  let memory: TileMemory
  let kernels: Kernels
  let loop: ParallelLoop

  /// Writes the coefficients of everything that runs forward; `tables` gives the angles of a step.
  func bindForward(_ steps: [Step], tables: (Step) -> AngleTables) {
    func entries(_ step: Int) -> [Complex<Double>] { StepEntries(steps[step], tables(steps[step])).forward }
    let matrices = plan.gauge.matrices(entries)
    for case .tiles(let group) in plan.parts {
      for item in group.items {
        switch item {
        case .step(let placed):
          let entries = entries(placed.index)
          for variant in placed.variants { variant.bindForward(entries, to: memory.coefficients) }
        case .rotations(let rotations): rotations.bind(matrices, entries: entries, steps: steps, to: memory.coefficients)
        }
      }
    }
  }

  /// Writes the coefficients of the inverse of every step.
  func bindBackward(_ steps: [Step], tables: (Step) -> AngleTables) {
    for case .tiles(let group) in plan.parts {
      for placed in group.steps {
        let entries = StepEntries(steps[placed.index], tables(steps[placed.index])).backward
        for variant in placed.variants { variant.bindBackward(entries, to: memory.coefficients) }
      }
    }
  }

  /// |0...0>, on all threads: memory is as slow here as in a pass.
  func setGroundState(_ ket: UnsafeMutableRawPointer, _ layout: AmplitudeLayout) {
    let bytes = plan.layout.byteCount
    loop.run(count: layout.byteCount / bytes) { tile in
      (ket + tile * bytes).initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
    }
    AmplitudeAccess(base: ket, precision: layout.precision)[0] = 1
  }

  func forward(_ group: TilePlan.Group, ket: UnsafeMutableRawPointer) {
    forEachTile(of: group) { base, buffer, _ in
      group.withTile(at: base, of: ket, buffer: buffer.ket, layout: plan.layout) { tile in
        for item in group.items {
          switch item {
          case .step(let step):
            guard let variant = step.variant(at: base) else { continue }
            variant.operation.apply(to: tile, coefficients: coefficients(variant.forward), kernels: kernels)
          case .rotations(let rotations):
            rotations.rotations.apply(to: tile, coefficients: memory.coefficients + rotations.place, kernels: kernels)
          }
        }
      }
    }
  }

  /// Undoes the steps of a group on bra and ket, and adds up the overlaps of those that have a gradient.
  func backward(_ group: TilePlan.Group, _ steps: [Step], bra: UnsafeMutableRawPointer, ket: UnsafeMutableRawPointer) {
    forEachTile(of: group) { base, buffer, piece in
      group.withTile(at: base, of: ket, buffer: buffer.ket, layout: plan.layout) { ket in
        group.withTile(at: base, of: bra, buffer: buffer.bra, layout: plan.layout) { bra in
          for placed in group.steps.reversed() {
            guard let variant = placed.variant(at: base) else { continue }
            undo(variant, steps[placed.index], bra: bra, ket: ket) { overlaps in
              variant.add(overlaps, to: memory.overlaps(piece: piece) + plan.overlapPlaces[placed.index])
            }
          }
        }
      }
    }
  }

  private func undo(
    _ variant: TileStep.Variant, _ step: Step, bra: UnsafeMutableRawPointer, ket: UnsafeMutableRawPointer,
    _ collect: ([Complex<Double>]) -> Void
  ) {
    let (operation, inverse, coefficients) = (variant.operation, variant.inverse, coefficients(variant.backward))
    if step.hasGradient, operation.hasBackwardKernel, operation.kind == inverse.kind {
      collect(operation.backwardSums(bra: bra, ket: ket, coefficients: coefficients, kernels: kernels))
      return
    }
    // The generator of a Pauli rotation commutes with it, so its overlap may be taken with both states still after the step.
    let isWord = operation.kind == .pauli
    if step.hasGradient, isWord { collect(operation.overlapSums(bra: bra, ket: ket, kernels: kernels)) }
    inverse.apply(to: ket, coefficients: coefficients, kernels: kernels)
    if step.hasGradient, !isWord { collect(operation.overlapSums(bra: bra, ket: ket, kernels: kernels)) }
    inverse.apply(to: bra, coefficients: coefficients, kernels: kernels)
  }

  private func coefficients(_ place: Int) -> Coefficients { Coefficients(base: memory.coefficients + place, isShared: true) }

  /// Calls `body` with the first basis index of every tile, memory for it, and the piece of work it belongs to.
  ///
  /// Pieces are cut alike for any number of threads; each has sums of its own.
  private func forEachTile(of group: TilePlan.Group, _ body: (Int, TileMemory.Buffer, Int) -> Void) {
    let tiles = group.tileCount
    let pieces = min(tiles, TileMemory.pieces)
    loop.run(count: pieces) { piece in
      memory.withBuffer { buffer in
        for tile in piece * tiles / pieces..<(piece + 1) * tiles / pieces { body(group.base(ofTile: tile), buffer, piece) }
      }
    }
  }
}

extension TilePlan.Group {
  /// Copies a tile together, runs `body` on it and copies it back; a tile of one row is worked on where it lies.
  fileprivate func withTile(
    at base: Int, of state: UnsafeMutableRawPointer, buffer: UnsafeMutableRawPointer, layout: AmplitudeLayout,
    _ body: (UnsafeMutableRawPointer) -> Void
  ) {
    let each = layout.precision.bytesPerAmplitude
    let start = state + base * each
    guard rowOffsets.count > 1 else { return body(start) }
    let bytes = rowLength * each
    for (row, offset) in rowOffsets.enumerated() {
      (buffer + row * bytes).copyMemory(from: start + offset * each, byteCount: bytes)
    }
    body(buffer)
    for (row, offset) in rowOffsets.enumerated() {
      (start + offset * each).copyMemory(from: buffer + row * bytes, byteCount: bytes)
    }
  }
}
