import LinearAlgebra
import QuantumStates

/// A circuit with bound angles, resolved to what one trajectory does: matrices that may differ from shot to shot, and jumps.
struct TrajectoryProgram: Sendable {
  enum Node: Sendable {
    case block(TrajectoryBlock)
    /// An operation on many qubits; `unchanged` are the entries for shots whose condition does not hold.
    case wide(KernelOperation, entries: [Complex<Double>], unchanged: [Complex<Double>], predicate: Int?)
    case preparation(PreparationStep, [Complex<Double>])
    case assignment(bits: [Int], ClassicalExpression, predicate: Int?)
    /// Measured bits are replaced by reported ones.
    case confusion(Confusion, predicate: Int?)
    /// `slot` becomes whether the parent holds and the value is not 0; with `isNegated`, is 0.
    case condition(ClassicalExpression, isNegated: Bool, slot: Int, parent: Int?)
    /// Leaves for `exit` when the condition holds for no shot; otherwise goes on, at most `limit` times.
    case loopStart(LoopHead)
    case loopEnd(start: Int)
    case snapshot(Int)
  }

  struct LoopHead: Sendable {
    let condition: ClassicalExpression
    let limit: Int
    let slot: Int
    let parent: Int?
    /// Which loop of the program it is.
    let counter: Int
    var exit: Int
    /// For the error.
    let instruction: Instruction
  }

  /// A record that is asked for in the circuit.
  struct PlacedSnapshot: Sendable {
    let label: String
    /// The observable on the circuit's qubits; nil for probabilities.
    let observable: PauliSum?
    let qubits: [Int]
    let predicate: Int?
  }

  let layout: AmplitudeLayout
  let bitCount: Int
  private(set) var nodes: [Node] = []
  private(set) var predicateCount = 0
  private(set) var loopCount = 0
  private(set) var snapshots: [PlacedSnapshot] = []
  /// How many choices have to look at the state, and how often on average a shot would take another branch there.
  private(set) var lookingChoiceCount = 0
  private(set) var hasChannels = false

  private let parameters: [Double]
  private let features: [Double]
  private let readout: ReadoutError?
  private var open: [OpenBlock] = []

  /// A block that further factors may join.
  private struct OpenBlock {
    var qubits: [Int]
    var parts: [(qubits: [Int], part: TrajectoryBlock.Part)]
  }

  init(
    _ instructions: [Instruction], bitCount: Int, layout: AmplitudeLayout, parameters: [Double], features: [Double],
    readout: ReadoutError? = nil
  ) throws(CompilationError) {
    self.layout = layout
    self.readout = readout
    self.bitCount = bitCount
    self.parameters = parameters
    self.features = features
    try add(instructions, predicate: nil)
    flush()
  }

  /// Whether shots can be lanes of one batch: not with permutations of many qubits under a condition, which have no coefficients.
  static func fitsLanes(_ instructions: [Instruction]) -> Bool {
    instructions.allSatisfy { instruction in
      fitsLanes(Array(instruction.blocks.joined()))
        && instruction.factors.allSatisfy { $0.targets.count <= 3 || $0.isPauliRotation }
    }
  }

  // MARK: - Instructions

  private mutating func add(_ instructions: [Instruction], predicate: Int?) throws(CompilationError) {
    for instruction in instructions { try add(instruction, predicate: predicate) }
  }

  private mutating func add(_ instruction: Instruction, predicate: Int?) throws(CompilationError) {
    switch instruction.kind {
    case .gate, .unitary, .diagonal, .permutation, .pauliRotation:
      for factor in instruction.factors { addGate(factor, instruction.controls, predicate) }
    case .barrier: break
    case .channel(let channel):
      hasChannels = true
      let kraus: [ComplexMatrix]
      do { kraus = try channel.kraus(parameters: parameters, features: features) } catch { throw .channel(error, row: 0) }
      append(try .choice(kraus, predicate: predicate), on: instruction.targets)
    case .preparation(let preparation):
      flush()
      let step = PreparationStep(preparation, targets: instruction.targets, layout: layout)
      nodes.append(.preparation(step, try step.amplitudes(parameters, features, sample: 0)))
    case .measurement(let bits):
      for (qubit, bit) in zip(instruction.targets, bits) {
        // Outcomes are stored when a block runs: an earlier one for the same bit must have run before.
        if open.contains(where: { $0.parts.contains { $0.part.record?.bit == bit } }) { flush() }
        append(
          TrajectoryBlock.Part(
            operators: [.diagonal([1, 0]), .diagonal([0, 1])], bounds: [0, 0], record: (bit, [false, true]), predicate: predicate),
          on: [qubit])
      }
      let confusions = try Confusion.all(
        of: readout, measured: zip(instruction.targets, bits).map { ($0, $1) }, at: "\(instruction)")
      if !confusions.isEmpty { flush() }
      for confusion in confusions { nodes.append(.confusion(confusion, predicate: predicate)) }
    case .reset:
      for qubit in instruction.targets {
        append(
          TrajectoryBlock.Part(operators: [[[1, 0], [0, 0]], [[0, 1], [0, 0]]], bounds: [0, 0], predicate: predicate), on: [qubit])
      }
    case .assignment(let bits, let value):
      flush()
      nodes.append(.assignment(bits: bits, value, predicate: predicate))
    case .conditional(let condition, let then, let otherwise):
      flush()
      // Both are decided before either block can change the bits.
      let slots = (predicateCount, predicateCount + 1)
      predicateCount += 2
      nodes.append(.condition(condition, isNegated: false, slot: slots.0, parent: predicate))
      nodes.append(.condition(condition, isNegated: true, slot: slots.1, parent: predicate))
      try add(then, predicate: slots.0)
      try add(otherwise, predicate: slots.1)
    case .loop(let condition, let limit, let body):
      flush()
      let (start, slot) = (nodes.count, predicateCount)
      var head = LoopHead(
        condition: condition, limit: limit, slot: slot, parent: predicate, counter: loopCount, exit: 0, instruction: instruction)
      predicateCount += 1
      loopCount += 1
      nodes.append(.loopStart(head))
      try add(body, predicate: slot)
      flush()
      nodes.append(.loopEnd(start: start))
      head.exit = nodes.count
      nodes[start] = .loopStart(head)
    case .snapshot(let snapshot):
      flush()
      nodes.append(.snapshot(snapshots.count))
      snapshots.append(
        PlacedSnapshot(
          label: snapshot.label, observable: snapshot.observable(on: instruction.targets), qubits: instruction.targets,
          predicate: predicate))
    }
  }

  private mutating func addGate(_ factor: GateFactor, _ controls: [Control], _ predicate: Int?) {
    func value(_ angle: Angle) -> Double { angle.value(parameters: parameters, features: features) }
    if factor.targets.count + controls.count <= 2 {
      let matrix = factor.matrix(angleValue: value)
      let qubits = factor.targets + controls.map(\.qubit)
      append(
        TrajectoryBlock.Part(operators: [matrix.controlled(controls)], predicate: predicate), on: qubits.isEmpty ? [0] : qubits)
      return
    }
    close(factor.targets + controls.map(\.qubit))
    if case .rotation(let rotation) = factor.action, case .pauli(let word) = rotation.generator, rotation.frequency == 0.5 {
      let (word, angle) = (word.mapped(to: factor.targets), value(rotation.angle))
      nodes.append(
        .wide(
          KernelOperation(xMask: word.xMask, zMask: word.zMask, controls: controls, layout: layout),
          entries: [Complex(.cos(angle / 2)), Complex(0, -.sin(angle / 2))], unchanged: [1, 0], predicate: predicate))
    } else if case .diagonal(let entries) = factor.action {
      let pattern = entries.map { $0 == 1 ? MatrixPattern.Entry.one : .any }
      nodes.append(
        .wide(
          KernelOperation(diagonal: pattern, targets: factor.targets, controls: controls, layout: layout), entries: entries,
          unchanged: entries.map { _ in 1 }, predicate: predicate))
    } else if case .permutation(let images) = factor.action, predicate == nil || factor.targets.count > 3 {
      nodes.append(
        .wide(
          .permutation(images, targets: factor.targets, controls: controls, layout: layout), entries: [], unchanged: [],
          predicate: predicate))
    } else {
      let matrix = factor.targets.isEmpty ? ComplexMatrix.identity(1) : factor.matrix(angleValue: value)
      guard !factor.targets.isEmpty else {
        // A phase under controls: on the last of them, where the others hold.
        let phase = factor.matrix(angleValue: value).controlled([controls.last!])
        nodes.append(wide(phase, [controls.last!.qubit], Array(controls.dropLast()), predicate))
        return
      }
      nodes.append(wide(matrix, factor.targets, controls, predicate))
    }
  }

  private func wide(_ matrix: ComplexMatrix, _ targets: [Int], _ controls: [Control], _ predicate: Int?) -> Node {
    let identity = ComplexMatrix.identity(matrix.rows)
    let pattern =
      predicate == nil
      ? MatrixPattern(of: matrix)
      : MatrixPattern(
        dimension: matrix.rows,
        entries: zip(matrix.elements, identity.elements).map { $0 == 0 && $1 == 0 ? .zero : .any })
    return .wide(
      KernelOperation(pattern: pattern, targets: targets, controls: controls, layout: layout), entries: matrix.elements,
      unchanged: identity.elements, predicate: predicate)
  }

  // MARK: - Fusing

  private mutating func append(_ part: TrajectoryBlock.Part, on qubits: [Int]) {
    if part.isChoice, part.bounds.reduce(0, +) < 1 { lookingChoiceCount += 1 }
    let meeting = open.indices.filter { !Set(open[$0].qubits).isDisjoint(with: qubits) }
    if meeting.count == 1, Set(qubits).isSubset(of: open[meeting[0]].qubits) {
      open[meeting[0]].parts.append((qubits, part))
      return
    }
    // One-qubit blocks join the new one, wider ones end here.
    var block = OpenBlock(qubits: qubits, parts: [])
    for index in meeting.reversed() {
      let met = open.remove(at: index)
      if met.qubits.count == 1, qubits.count <= 2 {
        block.parts = met.parts + block.parts
      } else {
        emit(met)
      }
    }
    block.parts.append((qubits, part))
    open.append(block)
  }

  /// Ends the blocks on some qubits.
  private mutating func close(_ qubits: [Int]) {
    for index in open.indices.reversed() where !Set(open[index].qubits).isDisjoint(with: qubits) { emit(open.remove(at: index)) }
  }

  private mutating func flush() {
    for block in open { emit(block) }
    open = []
  }

  private mutating func emit(_ block: OpenBlock) {
    let parts = block.parts.map { qubits, part in
      var placed = part
      let places = qubits.map { block.qubits.firstIndex(of: $0)! }
      placed.operators = part.operators.map { $0.placed(on: places, of: block.qubits.count) }
      return placed
    }
    nodes.append(.block(TrajectoryBlock(qubits: block.qubits, parts: parts, layout: layout)))
  }
}

extension GateFactor {
  fileprivate var isPauliRotation: Bool {
    if case .rotation(let rotation) = action, case .pauli = rotation.generator { rotation.frequency == 0.5 } else { false }
  }
}

extension ComplexMatrix {
  /// The matrix under controls, which become its highest bits.
  fileprivate func controlled(_ controls: [Control]) -> ComplexMatrix {
    guard !controls.isEmpty else { return rows == 1 ? self[0, 0] * .identity(2) : self }
    let active = controls.enumerated().reduce(0) { $0 | ($1.element.isOne ? 1 << $1.offset : 0) }
    var result = ComplexMatrix.identity(rows << controls.count)
    for row in 0..<rows {
      for column in 0..<rows { result[active * rows + row, active * rows + column] = self[row, column] }
    }
    return result
  }

  /// The matrix on `places` of `count` qubits, the identity on the others.
  fileprivate func placed(on places: [Int], of count: Int) -> ComplexMatrix {
    if places == Array(0..<count) { return self }
    let mask = places.reduce(0) { $0 | 1 << $1 }
    func local(_ index: Int) -> Int { places.enumerated().reduce(0) { $0 | (index >> $1.element & 1) << $1.offset } }
    var result = ComplexMatrix(rows: 1 << count, columns: 1 << count)
    for row in 0..<1 << count {
      for column in 0..<1 << count where row & ~mask == column & ~mask {
        result[row, column] = self[local(row), local(column)]
      }
    }
    return result
  }
}
