import Execution
import LinearAlgebra
import QuantumStates
import Randomness

/// Some shots of a program, side by side as the lanes of one batch, or one shot of a large state.
///
/// A class only because it owns memory that its shots use in turn; it stays on one thread.
final class TrajectoryRun {
  let program: TrajectoryProgram
  let kernels: Kernels
  let loop: ParallelLoop
  let state: Amplitudes
  /// The shots that are run now; lanes beyond are idle.
  private(set) var shots: Range<Int> = 0..<0
  private(set) var bits: BitRows
  private var sources: [RandomSource] = []
  private var predicates: [Bool]
  private var draws: [Double] = []
  private let coefficients: AlignedBuffer<UInt8>
  private let overlaps: AlignedBuffer<UInt8>
  private let sampleEntries: AlignedBuffer<Double>
  private var densities: [Complex<Double>]
  private let product = BlockProduct()

  init(_ program: TrajectoryProgram, kernels: Kernels, loop: ParallelLoop) {
    self.program = program
    self.kernels = kernels
    self.loop = loop
    let layout = program.layout
    state = Amplitudes(zero: layout)
    bits = BitRows(rows: layout.samples, bitCount: program.bitCount)
    predicates = Array(repeating: false, count: layout.samples * program.predicateCount)
    let operations = program.operations
    coefficients = AlignedBuffer(
      zeroed: (operations.map(\.coefficientBytes).max() ?? 0) * (layout.isBatched ? layout.sampleBlocks : 1))
    // An entry of a readout's Pauli word needs a block a sample block.
    overlaps = AlignedBuffer(
      zeroed: max(operations.map(\.overlapBlocks).max() ?? 0, 2) * Precision.blockBytes * layout.sampleBlocks)
    let entries = max(operations.map(\.entryCount).max() ?? 0, 2)
    sampleEntries = AlignedBuffer(zeroed: 2 * entries * layout.samples)
    densities = Array(repeating: 0, count: entries * (layout.isBatched ? layout.samples : 1))
  }

  private var layout: AmplitudeLayout { program.layout }

  /// Takes shots from |0...0> through the whole program.
  ///
  /// - Parameters:
  ///   - seed: shot s draws from the sequence (seed, index s), whatever runs beside it.
  ///   - snapshot: called at each snapshot while the state is there.
  func run(
    _ shots: Range<Int>, seed: UInt64, snapshot: (TrajectoryProgram.PlacedSnapshot, Int, TrajectoryRun) -> Void
  ) throws(CompilationError) {
    self.shots = shots
    sources = shots.map { RandomSource(seed: seed, index: UInt64($0)) }
    bits.clear()
    state.base.initializeMemory(as: UInt8.self, repeating: 0, count: layout.byteCount)
    for lane in 0..<layout.samples { state[lane] = 1 }
    var rounds = Array(repeating: 0, count: program.loopCount)
    var place = 0
    while place < program.nodes.count {
      switch program.nodes[place] {
      case .block(let block): run(block)
      case .wide(let operation, let entries, let unchanged, let predicate): run(operation, entries, unchanged, predicate)
      case .preparation(let step, let amplitudes):
        for lane in 0..<layout.samples { step.apply(state.base, lane: lane, amplitudes) }
      case .assignment(let places, let value, let predicate):
        for lane in shots.indices.map({ $0 - shots.lowerBound }) where holds(predicate, lane) {
          let number = value.value { bits[lane, $0] }
          for (offset, bit) in places.enumerated() { bits[lane, bit] = number >> offset & 1 == 1 }
        }
      case .confusion(let confusion, let predicate):
        for lane in 0..<shots.count where holds(predicate, lane) { report(confusion, lane: lane) }
      case .condition(let condition, let isNegated, let slot, let parent): decide(condition, isNegated, slot, parent)
      case .loopStart(let head):
        decide(head.condition, false, head.slot, head.parent)
        if !(0..<shots.count).contains(where: { holds(head.slot, $0) }) {
          rounds[head.counter] = 0
          place = head.exit
          continue
        }
        rounds[head.counter] += 1
        if rounds[head.counter] > head.limit { throw .loopLimit(head.instruction) }
      case .loopEnd(let start):
        place = start
        continue
      case .snapshot(let index): snapshot(program.snapshots[index], index, self)
      }
      place += 1
    }
  }

  /// Whether a condition holds in a lane; no condition always does.
  func holds(_ predicate: Int?, _ lane: Int) -> Bool { predicate.map { predicates[$0 * layout.samples + lane] } ?? true }

  /// Stores a bit of a lane.
  func record(_ value: Bool, bit: Int, lane: Int) { bits[lane, bit] = value }

  /// Replaces measured bits of a lane by reported ones.
  func report(_ confusion: Confusion, lane: Int) { confusion.report(lane, of: &bits, draw: draw(lane: lane)) }

  /// A draw of a lane's shot.
  func draw(lane: Int) -> Double { sources[lane].uniform() }

  private func decide(_ condition: ClassicalExpression, _ isNegated: Bool, _ slot: Int, _ parent: Int?) {
    for lane in 0..<shots.count {
      let isTrue = holds(parent, lane) && (condition.value { bits[lane, $0] } != 0) != isNegated
      predicates[slot * layout.samples + lane] = isTrue
    }
  }

  // MARK: - Operations

  private func run(_ block: TrajectoryBlock) {
    let count = block.choicePredicates.count
    draws.removeAll(keepingCapacity: true)
    var unusual: [Int] = []
    for lane in 0..<shots.count {
      var isUsual = block.firstBounds != nil
      for choice in 0..<count {
        let draw = holds(block.choicePredicates[choice], lane) ? sources[lane].uniform() : 0
        draws.append(draw)
        if isUsual, draw >= block.firstBounds![choice] { isUsual = false }
      }
      if !isUsual { unusual.append(lane) }
    }
    if unusual.isEmpty {
      let usual = Coefficients(base: UnsafeRawPointer(block.usualCoefficients.base), isShared: true)
      block.operation.apply(to: state.base, coefficients: usual, kernels: kernels, loop: loop)
      return
    }
    var hasDensities = false
    let samples = layout.samples
    let size = block.dimension * block.dimension
    if layout.isBatched {
      for (entry, value) in block.usual.enumerated() {
        (sampleEntries.base + 2 * entry * samples).update(repeating: value.real, count: samples)
        (sampleEntries.base + (2 * entry + 1) * samples).update(repeating: value.imaginary, count: samples)
      }
    }
    for lane in unusual {
      multiply(block, lane: lane, draws: lane * count, hasDensities: &hasDensities)
      if layout.isBatched {
        for entry in 0..<size {
          sampleEntries.base[2 * entry * samples + lane] = product.matrix[entry].real
          sampleEntries.base[(2 * entry + 1) * samples + lane] = product.matrix[entry].imaginary
        }
      }
    }
    let base = UnsafeMutableRawPointer(coefficients.base)
    if layout.isBatched {
      block.operation.fill(base, sampleEntries: sampleEntries.base)
    } else {
      block.operation.fill(base, entries: product.matrix)
    }
    block.operation.apply(
      to: state.base, coefficients: Coefficients(base: base, isShared: !layout.isBatched), kernels: kernels, loop: loop)
  }

  /// Makes the matrix of the block for a lane.
  private func multiply(_ block: TrajectoryBlock, lane: Int, draws first: Int, hasDensities: inout Bool) {
    product.start(dimension: block.dimension)
    let size = block.dimension * block.dimension
    var choice = first
    for part in block.parts {
      guard part.isChoice else {
        if holds(part.predicate, lane) { product.apply(part.operators[0]) }
        continue
      }
      let draw = draws[choice]
      choice += 1
      guard holds(part.predicate, lane) else { continue }
      let outcome: Int
      if let bounded = part.boundedOutcome(draw) {
        outcome = bounded
        product.apply(part.operators[outcome], scale: 1 / part.bounds[outcome].squareRoot())
      } else {
        if !hasDensities { findDensities(block) }
        hasDensities = true
        let (excess, weights) = densities.withUnsafeBufferPointer { densities in
          part.excess(product, densities.baseAddress! + (layout.isBatched ? lane * size : 0))
        }
        outcome = part.outcome(draw, excess: excess)
        product.apply(part.operators[outcome], scale: 1 / weights[outcome].squareRoot())
      }
      if let record = part.record { bits[lane, record.bit] = record.values[outcome] }
    }
  }

  /// The reduced density matrices of all lanes, one after another.
  private func findDensities(_ block: TrajectoryBlock) {
    let (operation, size) = (block.density!, block.dimension * block.dimension)
    guard layout.isBatched else {
      let sums = operation.overlapSums(bra: state.base, ket: state.base, kernels: kernels, loop: loop)
      for (place, sum) in sums.enumerated() { densities[place] = sum }
      return
    }
    // The matrices of lanes before this one stand in the memory that `reduce` writes to.
    let samples = layout.samples
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * size * samples) { entries in
      sampleOverlaps(operation, into: entries.baseAddress!)
      for lane in 0..<samples {
        for entry in 0..<size {
          densities[lane * size + entry] = Complex(
            entries[2 * entry * samples + lane], entries[(2 * entry + 1) * samples + lane])
        }
      }
    }
  }

  /// Overlaps of the state with itself by entry and sample; on a batched layout.
  ///
  /// Kernels add in the precision of the state: larger states go in runs whose sums are added in double.
  private func sampleOverlaps(_ operation: KernelOperation, into entries: UnsafeMutablePointer<Double>) {
    let result = UnsafeMutableRawPointer(overlaps.base)
    let (total, bytes) = (operation.overlapLoopCount, operation.overlapBlocks * Precision.blockBytes * layout.sampleBlocks)
    // With several blocks of samples the kernel always takes the whole state.
    let run = layout.sampleBlockBits > 0 ? total : 256
    let count = 2 * operation.entryCount * layout.samples
    withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { part in
      for first in stride(from: 0, to: total, by: run) {
        result.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
        operation.overlap(
          bra: state.base, ket: state.base, result: result, apart: true, kernels: kernels, first: first,
          count: min(run, total - first))
        operation.reduce(result, intoSamples: first == 0 ? entries : part.baseAddress!)
        if first > 0 {
          for place in 0..<count { entries[place] += part[place] }
        }
      }
    }
  }

  private func run(
    _ operation: KernelOperation, _ entries: [Complex<Double>], _ unchanged: [Complex<Double>], _ predicate: Int?
  ) {
    let base = UnsafeMutableRawPointer(coefficients.base)
    guard layout.isBatched, predicate != nil else {
      if !holds(predicate, 0) { return }
      entries.withUnsafeBufferPointer { operation.fill(base, entries: $0.baseAddress) }
      operation.apply(to: state.base, coefficients: Coefficients(base: base, isShared: true), kernels: kernels, loop: loop)
      return
    }
    let samples = layout.samples
    for lane in 0..<samples {
      let own = lane < shots.count && holds(predicate, lane) ? entries : unchanged
      for (entry, value) in own.enumerated() {
        sampleEntries.base[2 * entry * samples + lane] = value.real
        sampleEntries.base[(2 * entry + 1) * samples + lane] = value.imaginary
      }
    }
    operation.fill(base, sampleEntries: sampleEntries.base)
    operation.apply(to: state.base, coefficients: Coefficients(base: base, isShared: false), kernels: kernels)
  }

  // MARK: - Reading

  /// <P> of each shot with a placed Pauli word, not divided by the norm.
  func expectations(_ word: KernelOperation) -> [Double] {
    guard layout.isBatched else {
      return [word.overlapSums(bra: state.base, ket: state.base, kernels: kernels, loop: loop)[1].real]
    }
    sampleOverlaps(word, into: sampleEntries.base)
    return shots.indices.map { sampleEntries.base[2 * layout.samples + $0 - shots.lowerBound] }
  }
}

extension TrajectoryProgram {
  /// Every operation that needs coefficients or overlaps.
  var operations: [KernelOperation] {
    nodes.flatMap { node -> [KernelOperation] in
      switch node {
      case .block(let block): [block.operation] + (block.density.map { [$0] } ?? [])
      case .wide(let operation, _, _, _): [operation]
      default: []
      }
    }
  }
}
