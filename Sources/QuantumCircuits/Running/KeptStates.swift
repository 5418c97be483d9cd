import Execution
import Synchronization

/// The kets after the circuit and the numbers of its steps, kept from a forward pass for the backward pass.
///
/// Unchecked: chunks write their own parts in the forward pass, which ends before anybody reads.
final class KeptStates: @unchecked Sendable {
  let base: UnsafeMutableRawPointer
  private let bytes: Int
  private let memory: KeptMemory
  private let evaluator: CircuitEvaluator
  /// nil before the forward pass ends, and while a gradient uses it.
  private let binding = Mutex<SharedBinding?>(nil)

  init(bytes: Int, memory: KeptMemory, evaluator: CircuitEvaluator) {
    (self.bytes, self.memory, self.evaluator) = (bytes, memory, evaluator)
    base = memory.take(bytes)
  }

  deinit {
    memory.giveBack(base, bytes)
    if let binding = takeBinding() { evaluator.giveBack(binding) }
  }

  func takeBinding() -> SharedBinding? {
    binding.withLock { held in
      defer { held = nil }
      return held
    }
  }

  /// Keeps a binding and returns the one that was kept before.
  func keep(_ binding: SharedBinding) -> SharedBinding? {
    self.binding.withLock { held in
      defer { held = binding }
      return held
    }
  }
}

/// Holds the memory of kets that are no longer needed for the next evaluation of as many: training takes the same batch size again
/// and again, and fresh pages cost more than a small circuit.
final class KeptMemory: Sendable {
  /// Unchecked: it is handed on under the lock.
  private struct Piece: @unchecked Sendable {
    let base: UnsafeMutableRawPointer
    let bytes: Int
  }

  private let idle = Mutex<Piece?>(nil)
  /// Larger memory goes back to the system.
  private static let limit = 64 << 20

  func take(_ bytes: Int) -> UnsafeMutableRawPointer {
    let piece = idle.withLock { piece -> Piece? in
      guard let found = piece, found.bytes == bytes else { return nil }
      piece = nil
      return found
    }
    return piece?.base ?? AlignedMemory.allocate(bytes)
  }

  func giveBack(_ base: UnsafeMutableRawPointer, _ bytes: Int) {
    guard bytes <= Self.limit else { return base.deallocate() }
    let piece = Piece(base: base, bytes: bytes)
    let replaced = idle.withLock { held -> Piece? in
      defer { held = piece }
      return held
    }
    replaced?.base.deallocate()
  }

  deinit { idle.withLock { $0 }?.base.deallocate() }
}
