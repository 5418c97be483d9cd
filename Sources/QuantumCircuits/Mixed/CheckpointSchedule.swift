/// How the states before the steps of a noisy circuit were had again in a backward pass.
public enum StateRecovery: Sendable, Hashable, Comparable {
  /// From the state after each step, by the inverse of its matrix.
  case inverse
  /// From so many copies kept in the forward pass, by inverses and by running groups of steps again.
  case checkpoints(Int)
  /// From so many copies, of which some were made by running the circuit a second time: a square-root schedule.
  case recomputedCheckpoints(Int)
}

/// At which groups of steps a backward pass starts from a copy of the state, and which copies the forward pass keeps.
///
/// Going back, the condition numbers of the inverses multiply; before the product exceeds the limit the state is taken from a copy.
/// Of c such places the forward pass keeps all while they are few, else every √c-th: the others are made again when they are due,
/// so that at most 2√c copies exist at a time, for one further forward pass.
struct CheckpointSchedule {
  private let restarts: Set<Int>
  private let kept: Set<Int>
  let recovery: StateRecovery

  init(conditions: [Double], limit: Double, free: Int) {
    var restarts: [Int] = []
    var accumulated = 1.0
    for (index, condition) in conditions.enumerated().reversed() {
      accumulated *= condition
      if !(accumulated <= limit) {
        restarts.append(index)
        accumulated = 1
      }
    }
    restarts.reverse()
    self.restarts = Set(restarts)
    guard restarts.count > free else {
      kept = self.restarts
      recovery = restarts.isEmpty ? .inverse : .checkpoints(restarts.count)
      return
    }
    let stride = Int(Double(restarts.count).squareRoot().rounded(.up))
    kept = Set(restarts.enumerated().filter { $0.offset % stride == 0 }.map(\.element))
    recovery = .recomputedCheckpoints(kept.count + stride - 1)
  }

  func isRestart(_ group: Int) -> Bool { restarts.contains(group) }
  func isKept(_ group: Int) -> Bool { kept.contains(group) }
}

/// A copy of a state.
struct StateCopy {
  private let memory: MeteredMemory
  private let byteCount: Int

  init(_ state: UnsafeRawPointer, byteCount: Int, _ meter: MemoryMeter) {
    memory = MeteredMemory(byteCount, meter)
    self.byteCount = byteCount
    memory.base.copyMemory(from: state, byteCount: byteCount)
  }

  func copy(to state: UnsafeMutableRawPointer) { state.copyMemory(from: memory.base, byteCount: byteCount) }
}
