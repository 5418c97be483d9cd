import Execution
import LinearAlgebra
import QuantumStates
import Randomness

/// All shots of a program at once: a state for every history of outcomes that some shot has, copied where histories part.
///
/// Each shot draws from its own sequence, the same as in a trajectory, so that its outcomes are the same too.
///
/// A class only because branches write into it in turn; it stays on one thread, with threads inside large states.
final class BranchRun {
  let program: TrajectoryProgram
  let kernels: Kernels
  let loop: ParallelLoop
  /// Draws that are left to each shot.
  private(set) var sources: [RandomSource]
  private let product = BlockProduct()
  private let coefficients: AlignedBuffer<UInt8>
  private let body: (BranchRun, Branch) -> Void
  private let snapshot: (Branch, Int) -> Void

  /// Shots with the same history.
  struct Branch {
    let state: BranchState
    var shots: [Int]
    /// One row.
    var bits: BitRows
    fileprivate var place = 0
    fileprivate var predicates: [Bool]
    fileprivate var rounds: [Int]

    func holds(_ predicate: Int?) -> Bool { predicate.map { predicates[$0] } ?? true }
  }

  /// The amplitudes of a branch; a class so that branches can be handed on.
  final class BranchState {
    let amplitudes: Amplitudes
    init(_ layout: AmplitudeLayout) {
      amplitudes = Amplitudes(zero: layout)
      amplitudes[0] = 1
    }
    init(copying other: BranchState) { amplitudes = Amplitudes(copying: other.amplitudes) }
  }

  /// - Parameters:
  ///   - snapshot: called with the branch and the number of the snapshot.
  ///   - body: called at the end of each branch.
  init(
    _ program: TrajectoryProgram, shots: Int, seed: UInt64, kernels: Kernels, loop: ParallelLoop,
    snapshot: @escaping (Branch, Int) -> Void, body: @escaping (BranchRun, Branch) -> Void
  ) {
    self.program = program
    self.kernels = kernels
    self.loop = loop
    self.snapshot = snapshot
    self.body = body
    sources = (0..<shots).map { RandomSource(seed: seed, index: UInt64($0)) }
    coefficients = AlignedBuffer(zeroed: program.operations.map(\.coefficientBytes).max() ?? 0)
  }

  func run() throws(CompilationError) {
    try follow(
      Branch(
        state: BranchState(program.layout), shots: Array(sources.indices), bits: BitRows(rows: 1, bitCount: program.bitCount),
        predicates: Array(repeating: false, count: program.predicateCount),
        rounds: Array(repeating: 0, count: program.loopCount)))
  }

  /// A draw of a shot.
  func draw(_ shot: Int) -> Double { sources[shot].uniform() }

  private func follow(_ start: Branch) throws(CompilationError) {
    var branch = start
    while branch.place < program.nodes.count {
      let node = program.nodes[branch.place]
      branch.place += 1
      switch node {
      case .block(let block): try run(block, &branch)
      case .wide(let operation, let entries, _, let predicate):
        if branch.holds(predicate) { apply(operation, entries, to: branch.state) }
      case .preparation(let step, let amplitudes): step.apply(branch.state.amplitudes.base, lane: 0, amplitudes)
      case .assignment(let places, let value, let predicate):
        guard branch.holds(predicate) else { continue }
        let number = value.value { branch.bits[0, $0] }
        for (offset, bit) in places.enumerated() { branch.bits[0, bit] = number >> offset & 1 == 1 }
      case .confusion(let confusion, let predicate):
        if branch.holds(predicate) { try report(confusion, &branch) }
      case .condition(let condition, let isNegated, let slot, let parent): branch.decide(condition, isNegated, slot, parent)
      case .loopStart(let head):
        branch.decide(head.condition, false, head.slot, head.parent)
        branch.rounds[head.counter] += 1
        if !branch.holds(head.slot) {
          branch.rounds[head.counter] = 0
          branch.place = head.exit
        } else if branch.rounds[head.counter] > head.limit {
          throw .loopLimit(head.instruction)
        }
      case .loopEnd(let start): branch.place = start
      case .snapshot(let index): snapshot(branch, index)
      }
    }
    body(self, branch)
  }

  private func apply(_ operation: KernelOperation, _ entries: [Complex<Double>], to state: BranchState) {
    let base = UnsafeMutableRawPointer(coefficients.base)
    entries.withUnsafeBufferPointer { operation.fill(base, entries: $0.baseAddress) }
    operation.apply(
      to: state.amplitudes.base, coefficients: Coefficients(base: base, isShared: true), kernels: kernels, loop: loop)
  }

  /// Shots that take the same operators in a block.
  private struct Group {
    var matrix: [Complex<Double>]
    var bits: BitRows
    /// Places in the list of the branch's shots.
    var members: [Int]
  }

  /// Replaces measured bits by reported ones: shots that report differently part, like those with different outcomes.
  private func report(_ confusion: Confusion, _ branch: inout Branch) throws(CompilationError) {
    let value = branch.bits.value(0, confusion.bits)
    var members: [Int: [Int]] = [:]
    for shot in branch.shots { members[confusion.reported(value, draw: sources[shot].uniform()), default: []].append(shot) }
    let groups = members.sorted { ($0.value.count, $0.key) < ($1.value.count, $1.key) }
    let whole = branch
    for (index, group) in groups.enumerated() {
      let isLast = index == groups.count - 1
      var bits = whole.bits
      for (place, bit) in confusion.bits.enumerated() { bits[0, bit] = group.key >> place & 1 == 1 }
      let next = Branch(
        state: isLast ? whole.state : BranchState(copying: whole.state), shots: group.value, bits: bits, place: whole.place,
        predicates: whole.predicates, rounds: whole.rounds)
      if isLast { branch = next } else { try follow(next) }
    }
  }

  /// Runs a block: the smaller groups of shots go on in copies of their own, the largest in place.
  ///
  /// So no more states are in memory at once than the shots can be halved.
  private func run(_ block: TrajectoryBlock, _ branch: inout Branch) throws(CompilationError) {
    let count = block.choicePredicates.count
    var draws: [Double] = []
    for shot in branch.shots {
      for predicate in block.choicePredicates { draws.append(branch.holds(predicate) ? sources[shot].uniform() : 0) }
    }
    product.start(dimension: block.dimension)
    var groups = [Group(matrix: product.entries, bits: branch.bits, members: Array(branch.shots.indices))]
    let looks = block.density != nil
    let densities =
      looks
      ? block.density!.overlapSums(
        bra: branch.state.amplitudes.base, ket: branch.state.amplitudes.base, kernels: kernels, loop: loop)
      : []
    var choice = 0
    for part in block.parts {
      defer { if part.isChoice { choice += 1 } }
      guard branch.holds(part.predicate) else { continue }
      groups = groups.flatMap { group -> [Group] in
        product.start(group.matrix, dimension: block.dimension)
        guard part.isChoice else {
          product.apply(part.operators[0])
          return [Group(matrix: product.entries, bits: group.bits, members: group.members)]
        }
        return split(group, part, densities) { draws[$0 * count + choice] }
      }
    }
    groups.sort { $0.members.count < $1.members.count }
    let (state, shots) = (branch.state, branch.shots)
    for (index, group) in groups.enumerated() {
      let isLast = index == groups.count - 1
      let own = isLast ? state : BranchState(copying: state)
      apply(block.operation, group.matrix, to: own)
      let next = Branch(
        state: own, shots: group.members.map { shots[$0] }, bits: group.bits, place: branch.place, predicates: branch.predicates,
        rounds: branch.rounds)
      if isLast { branch = next } else { try follow(next) }
    }
  }

  /// The shots of a group by the operator that their draws choose.
  private func split(
    _ group: Group, _ part: TrajectoryBlock.Part, _ densities: [Complex<Double>], draw: (Int) -> Double
  ) -> [Group] {
    let (excess, weights) =
      densities.isEmpty ? ([], []) : densities.withUnsafeBufferPointer { part.excess(product, $0.baseAddress!) }
    // Bounded and unbounded draws of one operator scale it differently, which the norm undoes at the end.
    var members = Array(repeating: [Int](), count: part.operators.count)
    for member in group.members {
      let value = draw(member)
      members[part.boundedOutcome(value) ?? part.outcome(value, excess: excess)].append(member)
    }
    return members.indices.filter { !members[$0].isEmpty }.map { outcome in
      product.start(group.matrix, dimension: part.operators[0].rows)
      let square = weights.isEmpty ? part.bounds[outcome] : weights[outcome]
      product.apply(part.operators[outcome], scale: 1 / square.squareRoot())
      var bits = group.bits
      if let record = part.record { bits[0, record.bit] = record.values[outcome] }
      return Group(matrix: product.entries, bits: bits, members: members[outcome])
    }
  }
}

extension BranchRun.Branch {
  fileprivate mutating func decide(_ condition: ClassicalExpression, _ isNegated: Bool, _ slot: Int, _ parent: Int?) {
    predicates[slot] = holds(parent) && (condition.value { bits[0, $0] } != 0) != isNegated
  }
}
