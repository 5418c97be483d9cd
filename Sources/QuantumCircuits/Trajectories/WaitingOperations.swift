import LinearAlgebra
import QuantumStates

/// Operations on one state that wait to be done together, while a part of the state is in the cache.
///
/// Operations on the lowest qubits go one after another over contiguous pieces of the state, those on the highest qubits over strips
/// across it; only what couples the two passes over the whole state by itself. Operations on different qubits change places for that; each
/// amplitude sees the same arithmetic in the same order as without waiting, so no bit of the result depends on it.
///
/// A class only because of the memory that it owns; it stays on one thread.
final class WaitingOperations {
  private struct Entry {
    let operation: KernelOperation
    let coefficients: UnsafeRawPointer
    let place: Place
  }

  /// Which part of the state an operation can be done on by itself.
  private enum Place { case low, high, whole }

  private let layout: AmplitudeLayout
  private let kernels: Kernels
  /// Coefficients of operations that are this trajectory's own.
  private var slots: [UnsafeMutableRawPointer] = []
  private var usedSlots = 0
  private let slotBytes: Int
  private var waiting: [Entry] = []
  /// Pieces hold the amplitudes of that many low qubits: 32 KiB.
  private let lowQubits: Int

  init(_ layout: AmplitudeLayout, kernels: Kernels, slotBytes: Int) {
    self.layout = layout
    self.kernels = kernels
    self.slotBytes = slotBytes
    lowQubits = min(layout.qubitCount, layout.laneBits + 8)
  }

  deinit { for slot in slots { slot.deallocate() } }

  /// Adds an operation whose coefficients stay where they are until it is done.
  func add(_ operation: KernelOperation, coefficients: UnsafeRawPointer) {
    if operation.kind == .identity { return }
    waiting.append(Entry(operation: operation, coefficients: coefficients, place: place(of: operation)))
  }

  /// Adds an operation with the entries of its matrix, which are copied.
  func add(_ operation: KernelOperation, entries: UnsafePointer<Complex<Double>>) {
    if usedSlots == slots.count { slots.append(.allocate(byteCount: max(64, slotBytes), alignment: 64)) }
    let memory = slots[usedSlots]
    usedSlots += 1
    operation.fill(memory, entries: entries)
    add(operation, coefficients: memory)
  }

  private func place(of operation: KernelOperation) -> Place {
    guard operation.controls.isEmpty, ![.general, .permutation].contains(operation.kind) else { return .whole }
    if operation.targets.allSatisfy({ $0 < lowQubits }) { return .low }
    return operation.targets.allSatisfy { $0 >= lowQubits } ? .high : .whole
  }

  /// Does everything that waits.
  func finish(on state: UnsafeMutableRawPointer) {
    while !waiting.isEmpty {
      run(take(.low), on: state, pieces: lowPieces)
      run(take(.high), on: state, pieces: highPieces)
      if let next = waiting.first, next.place == .whole {
        waiting.removeFirst()
        apply(next, to: state)
      }
    }
    usedSlots = 0
  }

  /// Takes out what is of one place and behind no operation that stays on one of its qubits.
  private func take(_ place: Place) -> [Entry] {
    var (taken, left): ([Entry], [Entry]) = ([], [])
    var blocked: UInt64 = 0
    for entry in waiting {
      let qubits = (entry.operation.targets + entry.operation.controls.map(\.qubit)).reduce(0 as UInt64) { $0 | 1 << UInt64($1) }
      if entry.place == place, blocked & qubits == 0 {
        taken.append(entry)
      } else {
        blocked |= qubits
        left.append(entry)
      }
    }
    waiting = left
    return taken
  }

  private func apply(_ entry: Entry, to state: UnsafeMutableRawPointer, first: Int = 0, count: Int? = nil) {
    entry.operation.apply(
      to: state, coefficients: Coefficients(base: entry.coefficients, isShared: true), kernels: kernels, first: first, count: count)
  }

  private func run(
    _ entries: [Entry], on state: UnsafeMutableRawPointer, pieces: ([Entry], UnsafeMutableRawPointer) -> Void
  ) {
    // Alone, an operation goes faster over the whole.
    if entries.count > 1 { pieces(entries, state) } else if let entry = entries.first { apply(entry, to: state) }
  }

  /// The loop of an operation on low qubits runs over the pieces one after another.
  private func lowPieces(_ entries: [Entry], _ state: UnsafeMutableRawPointer) {
    let count = 1 << (layout.qubitCount - lowQubits)
    for piece in 0..<count {
      for entry in entries {
        let length = entry.operation.loopCount / count
        apply(entry, to: state, first: piece * length, count: length)
      }
    }
  }

  /// The loop of an operation on high qubits runs over the low blocks for each value of the other high qubits.
  private func highPieces(_ entries: [Entry], _ state: UnsafeMutableRawPointer) {
    let (lowBlocks, rows) = (1 << (lowQubits - layout.laneBits), 1 << (layout.qubitCount - lowQubits))
    let width = min(lowBlocks, max(4, lowBlocks / rows))
    for strip in stride(from: 0, to: lowBlocks, by: width) {
      for entry in entries {
        for row in 0..<entry.operation.loopCount / lowBlocks {
          apply(entry, to: state, first: row * lowBlocks + strip, count: width)
        }
      }
    }
  }
}
