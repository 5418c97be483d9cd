import Execution
import LinearAlgebra
import QuantumStates

/// Some samples (those of one piece of memory) on their way through a noisy circuit and back.
struct MixedRun {
  let evaluator: MixedEvaluator
  let batch: CircuitEvaluator.Batch
  let shared: MixedSharedBinding
  let work: MixedWorkspace
  let chunk: Int
  /// Threads inside a state.
  let loop: ParallelLoop

  var circuit: MixedCircuit { evaluator.circuit }
  private var layout: ComponentLayout { circuit.layout }
  private var kernels: Kernels { evaluator.kernels }
  var firstSample: Int { chunk * layout.samples }
  /// Samples of the batch in this chunk; further lanes repeat the last one and count for nothing.
  var sampleCount: Int { min(layout.samples, batch.sampleCount - firstSample) }
  var ket: ComponentAccess { ComponentAccess(base: work.ket, layout: layout) }

  private func sample(_ lane: Int) -> Int { firstSample + min(lane, sampleCount - 1) }
  private func binding(of step: MixedCircuit.PlacedStep) -> MixedBinding {
    circuit.steps[step.index].source == .samples ? work.binding : shared.binding
  }

  /// Computes every sample's angles and the coefficients of the steps that depend on them.
  func bind(withInverse: Bool) {
    guard circuit.featureCount > 0 else { return }
    for lane in 0..<layout.samples {
      let features = batch.features.row(sample(lane))
      let values = work.binding.values(lane: lane)
      for (index, angle) in circuit.angles.enumerated() {
        values[index] =
          angle.source == .samples
          ? angle.expression.value(parameters: batch.parameters, features: features) : shared.binding.values[index]
      }
    }
    work.binding.bind(samples: true, lanes: layout.isBatched ? layout.samples : nil, withInverse: withInverse)
  }

  /// The initial state: |0...0>, or what is prepared.
  func start(_ blocks: [[InitialBlock]]) {
    work.ket.initializeMemory(as: UInt8.self, repeating: 0, count: layout.byteCount)
    for lane in 0..<layout.samples {
      let product = InitialProduct(qubitCount: circuit.qubitCount, blocks: blocks.isEmpty ? [] : blocks[sample(lane)])
      product.forEach { component, value in ket[component, lane] = value }
    }
  }

  /// Runs a group of steps on the ket.
  func forward(_ group: MixedCircuit.Group) {
    guard let tiles = group.tiles else { return forward(group.steps, on: work.ket) }
    loop.run(count: pieces(tiles)) { piece in
      evaluator.tiles.with({ MixedTileMemory(circuit, evaluator.meter) }) { memory in
        for tile in range(piece, tiles) {
          tiles.gather(tile, from: work.ket, into: memory.ket, kernels: kernels)
          forward(group.steps, on: memory.ket)
          tiles.scatter(tile, from: memory.ket, into: work.ket, kernels: kernels)
        }
      }
    }
  }

  private func forward(_ steps: [MixedCircuit.PlacedStep], on tile: UnsafeMutableRawPointer) {
    for step in steps { step.forward.apply(to: tile, coefficients: binding(of: step).forward(step), kernels: kernels) }
  }

  /// Tiles are dealt out in a number of pieces that does not depend on threads, as their sums are added in order.
  private func pieces(_ tiles: ComponentTiles) -> Int { min(tiles.count, 16) }
  private func range(_ piece: Int, _ tiles: ComponentTiles) -> Range<Int> {
    let count = pieces(tiles)
    return piece * tiles.count / count..<(piece + 1) * tiles.count / count
  }

  // MARK: - Backward

  /// How the ket before a step is had again.
  enum Recovery {
    /// From the ket after it, by the inverse matrix; the ket ends as it was before the group.
    case inverse
    /// By running the group again from the ket before it, which stays.
    case replay
  }

  /// Takes a group back: the bra by transposed matrices, and the overlaps of bra and ket where a derivative is taken.
  func backward(_ group: MixedCircuit.Group, _ recovery: Recovery, _ sums: MixedSums) {
    guard let tiles = group.tiles else {
      evaluator.tiles.with({ MixedTileMemory(circuit, evaluator.meter) }) { memory in
        withUnsafeTemporaryAllocation(of: Double.self, capacity: evaluator.overlapCount) { own in
          own.initialize(repeating: 0)
          backward(group.steps, recovery, ket: work.ket, bra: work.bra, memory, own.baseAddress!)
          add(own.baseAddress!, of: group, to: sums)
        }
      }
      return
    }
    let count = pieces(tiles)
    let stride = evaluator.overlapCount
    let parts = MeteredMemory(8 * count * stride, evaluator.meter)
    let address = UncheckedPointer(parts.base.assumingMemoryBound(to: Double.self))
    loop.run(count: count) { piece in
      evaluator.tiles.with({ MixedTileMemory(circuit, evaluator.meter) }) { memory in
        for tile in range(piece, tiles) {
          tiles.gather(tile, from: work.ket, into: memory.ket, kernels: kernels)
          tiles.gather(tile, from: work.bra, into: memory.bra, kernels: kernels)
          backward(group.steps, recovery, ket: memory.ket, bra: memory.bra, memory, address.pointer + piece * stride)
          if case .inverse = recovery { tiles.scatter(tile, from: memory.ket, into: work.ket, kernels: kernels) }
          tiles.scatter(tile, from: memory.bra, into: work.bra, kernels: kernels)
        }
      }
    }
    withExtendedLifetime(parts) {
      for piece in 0..<count { add(address.pointer + piece * stride, of: group, to: sums) }
    }
  }

  private func backward(
    _ steps: [MixedCircuit.PlacedStep], _ recovery: Recovery, ket: UnsafeMutableRawPointer, bra: UnsafeMutableRawPointer,
    _ memory: MixedTileMemory, _ overlaps: UnsafeMutablePointer<Double>
  ) {
    let bytes = layout.tileBytes
    let replayed = recovery == .replay ? memory.tiles(steps.count + 1) : nil
    if let replayed {
      // The last tile holds the running state, so that the ket stays as it is.
      let running = replayed + steps.count * bytes
      running.copyMemory(from: ket, byteCount: bytes)
      for (place, step) in steps.enumerated() {
        (replayed + place * bytes).copyMemory(from: running, byteCount: bytes)
        step.forward.apply(to: running, coefficients: binding(of: step).forward(step), kernels: kernels)
      }
    }
    for (place, step) in steps.enumerated().reversed() {
      let binding = binding(of: step)
      let before: UnsafeMutableRawPointer
      if let replayed {
        before = replayed + place * bytes
      } else {
        step.inverse.apply(to: ket, coefficients: binding.inverse(step), kernels: kernels)
        before = ket
      }
      if circuit.steps[step.index].hasGradient {
        memory.overlaps.initializeMemory(as: UInt8.self, repeating: 0, count: step.forward.byteCount)
        step.forward.overlap(bra: bra, ket: before, result: memory.overlaps, kernels: kernels)
        let place = overlaps + evaluator.overlapPlaces[step.index]
        let count = step.forward.size * step.forward.size
        if evaluator.isApart(step.index) {
          for lane in 0..<layout.samples { step.forward.reduce(memory.overlaps, lane: lane, into: place + lane * count) }
        } else {
          step.forward.reduce(memory.overlaps, into: place)
        }
      }
      step.transpose.apply(to: bra, coefficients: binding.transpose(step), kernels: kernels)
    }
  }

  /// Adds a group's overlaps to those of the batch, or for steps that depend on the sample to those of this chunk.
  private func add(_ overlaps: UnsafePointer<Double>, of group: MixedCircuit.Group, to sums: MixedSums) {
    for step in group.steps where circuit.steps[step.index].hasGradient {
      let range = evaluator.overlapPlaces[step.index]..<evaluator.overlapPlaces[step.index + 1]
      if circuit.steps[step.index].source == .samples {
        for place in range { work.overlaps[place] += overlaps[place] }
      } else {
        for place in range { sums.overlaps[place] += overlaps[place] }
      }
    }
  }

  /// From the overlaps of steps that depend on the sample to gradients.
  func contract(_ sums: MixedSums, _ featureGradients: UnsafeMutablePointer<Double>?) {
    for (index, step) in circuit.steps.enumerated() where step.source == .samples {
      let count = step.size * step.size
      for lane in 0..<sampleCount {
        let overlaps = work.overlaps + evaluator.overlapPlaces[index] + lane * count
        let features = batch.features.row(firstSample + lane)
        step.forEachAngleGradient(overlaps, work.binding.values(lane: lane), scratch: work.binding.scratch) { angle, gradient in
          circuit.angles[angle].forEachSlope(parameters: batch.parameters, features: features) { symbol, slope in
            add(gradient * slope, to: symbol, lane: lane, sums, featureGradients)
          }
        }
      }
    }
  }

  /// The gradient of prepared amplitudes, from the bra before all steps.
  func contract(_ blocks: [[InitialBlock]], _ sums: MixedSums, _ featureGradients: UnsafeMutablePointer<Double>?) {
    guard !blocks.isEmpty else { return }
    let bra = ComponentAccess(base: work.bra, layout: layout)
    let place = AmplitudeLayout(qubitCount: circuit.qubitCount, precision: layout.precision)
    for lane in 0..<sampleCount {
      let own = blocks[firstSample + lane]
      let cotangents = InitialProduct(qubitCount: circuit.qubitCount, blocks: own).cotangents { bra[$0, lane] }
      for (block, cotangent) in zip(own, cotangents) {
        let overlaps = (PauliBasis.matrix(of: cotangent) * block.amplitudes).map(\.conjugate)
        PreparationStep(block.preparation, targets: block.targets, layout: place).forEachDerivative(
          overlaps, block.amplitudes, parameters: batch.parameters, features: batch.features.row(firstSample + lane)
        ) { add($1, to: $0, lane: lane, sums, featureGradients) }
      }
    }
  }

  private func add(
    _ gradient: Double, to symbol: Angle.Symbol, lane: Int, _ sums: MixedSums, _ featureGradients: UnsafeMutablePointer<Double>?
  ) {
    switch symbol {
    case .parameter(let index): sums.parameters[index] += gradient
    case .feature(let index): featureGradients?[lane * circuit.featureCount + index] += gradient
    }
  }
}

extension CompiledAngle {
  /// Calls `body` with each symbol and the derivative by it.
  func forEachSlope(parameters: [Double], features: [Double], _ body: (Angle.Symbol, Double) -> Void) {
    var one = 1.0
    parameters.withUnsafeBufferPointer { parameters in
      features.withUnsafeBufferPointer { features in
        let inputs = AngleInputs(parameters: parameters.baseAddress, features: features.baseAddress, stride: 0)
        forEachDerivative(inputs, times: &one, count: 1) { symbol, _, slope in body(symbol, slope) }
      }
    }
  }
}

/// What one group of chunks adds to the gradient.
///
/// Unchecked: a group of chunks runs on one thread, and groups are added after all of them have ended.
final class MixedSums: @unchecked Sendable {
  var parameters: [Double]
  var overlaps: [Double]

  init(parameterCount: Int, overlapCount: Int) {
    parameters = Array(repeating: 0, count: parameterCount)
    overlaps = Array(repeating: 0, count: overlapCount)
  }

  func add(_ other: MixedSums) {
    for index in parameters.indices { parameters[index] += other.parameters[index] }
    for index in overlaps.indices { overlaps[index] += other.overlaps[index] }
  }
}
