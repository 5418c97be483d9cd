extension Instruction {
  /// The blocks of a conditional or a loop; none of everything else.
  public var blocks: [[Instruction]] {
    switch kind {
    case .conditional(_, let then, let otherwise): [then, otherwise]
    case .loop(_, _, let body): [body]
    default: []
    }
  }

  /// The instruction with every instruction of its blocks replaced.
  func mappingBlocks(_ transform: (Instruction) -> Instruction) -> Instruction { mappingWholeBlocks { $0.map(transform) } }

  /// The instruction with its blocks replaced.
  func mappingWholeBlocks<Failure: Error>(
    _ transform: ([Instruction]) throws(Failure) -> [Instruction]
  ) throws(Failure) -> Instruction {
    var result = self
    switch kind {
    case .conditional(let condition, let then, let otherwise):
      result.kind = .conditional(condition, then: try transform(then), otherwise: try transform(otherwise))
    case .loop(let condition, let limit, let body): result.kind = .loop(condition, limit: limit, body: try transform(body))
    default: break
    }
    return result
  }

  /// Whether the instruction is a noise channel or has one in its blocks.
  var containsChannel: Bool { isChannel || blocks.joined().contains(where: \.containsChannel) }

  /// The bits that the instruction itself stores into.
  public var writtenBits: [Int] {
    switch kind {
    case .measurement(let bits), .assignment(let bits, _): bits
    default: []
    }
  }

  /// The bits that the instruction itself reads.
  public var readBits: [Int] { readValue?.usedBits ?? [] }

  /// What the instruction itself computes from bits.
  var readValue: ClassicalExpression? {
    switch kind {
    case .assignment(_, let value), .conditional(let value, _, _), .loop(let value, _, _): value
    default: nil
    }
  }

  /// The bits that the instruction or one in its blocks stores into or reads.
  var allBits: Set<Int> { Set(writtenBits + readBits).union(blocks.joined().flatMap(\.allBits)) }

  /// The instruction with bit b replaced by bit `image(b)`.
  public func mappingBits(_ image: (Int) -> Int) -> Instruction {
    var result = mappingBlocks { $0.mappingBits(image) }
    switch result.kind {
    case .measurement(let bits): result.kind = .measurement(bits: bits.map(image))
    case .assignment(let bits, let value): result.kind = .assignment(bits: bits.map(image), value.mappingBits(image))
    case .conditional(let condition, let then, let otherwise):
      result.kind = .conditional(condition.mappingBits(image), then: then, otherwise: otherwise)
    case .loop(let condition, let limit, let body):
      result.kind = .loop(condition.mappingBits(image), limit: limit, body: body)
    default: break
    }
    return result
  }

  /// Whether the instruction may change the state: all but barriers, snapshots and assignments.
  var actsOnState: Bool {
    switch kind {
    case .barrier, .snapshot, .assignment: false
    default: true
    }
  }

  /// Whether the instruction takes one pure state to one pure state, the same each time: gates, preparations, barriers, snapshots.
  public var isUnitary: Bool {
    switch kind {
    case .gate, .unitary, .diagonal, .permutation, .pauliRotation, .preparation, .barrier, .snapshot: true
    case .channel, .measurement, .reset, .assignment, .conditional, .loop: false
    }
  }
}
