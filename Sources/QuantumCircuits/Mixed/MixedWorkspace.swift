import Execution
import LinearAlgebra
import QuantumStates
import Synchronization

/// The memory of one thread at work on mixed states: taken once, used for sample after sample.
///
/// Unchecked: the evaluator lends it to one thread at a time.
final class MixedWorkspace: @unchecked Sendable {
  let ket: UnsafeMutableRawPointer
  /// Taken at the first backward pass.
  private(set) lazy var bra = take(circuit.layout.byteCount)
  /// Overlaps of the steps that depend on samples.
  private(set) lazy var overlaps = take(8 * overlapCount).assumingMemoryBound(to: Double.self)
  let binding: MixedBinding
  let values: UnsafeMutablePointer<Double>
  let cotangents: UnsafeMutablePointer<Double>
  let overlapCount: Int
  private let circuit: MixedCircuit
  private let meter: MemoryMeter
  private var owned: [MeteredMemory]

  init(_ circuit: MixedCircuit, outputCount: Int, overlapCount: Int, meter: MemoryMeter) {
    var owned: [MeteredMemory] = []
    func take(_ bytes: Int) -> UnsafeMutableRawPointer {
      owned.append(MeteredMemory(bytes, meter))
      return owned[owned.count - 1].base
    }
    func takeDoubles(_ count: Int) -> UnsafeMutablePointer<Double> { take(8 * count).assumingMemoryBound(to: Double.self) }
    let samples = circuit.layout.samples
    self.circuit = circuit
    self.meter = meter
    self.overlapCount = overlapCount
    ket = take(circuit.layout.byteCount)
    binding = MixedBinding(
      circuit: circuit, coefficients: take(circuit.sampleBytes), values: takeDoubles(circuit.angles.count * samples),
      scratch: takeDoubles(circuit.scratchCount), conditions: takeDoubles(circuit.steps.count))
    values = takeDoubles(samples * outputCount)
    cotangents = takeDoubles(samples * outputCount)
    self.owned = owned
  }

  private func take(_ bytes: Int) -> UnsafeMutableRawPointer {
    owned.append(MeteredMemory(bytes, meter))
    return owned[owned.count - 1].base
  }
}

/// Counts the bytes that a backward pass holds at once, so that its bound can be asserted.
final class MemoryMeter: Sendable {
  private let held = Mutex((now: 0, most: 0))

  var most: Int { held.withLock { $0.most } }

  func add(_ bytes: Int) {
    held.withLock {
      $0.now += bytes
      $0.most = max($0.most, $0.now)
    }
  }
}

/// Zeroed, aligned memory that is counted while it lives.
///
/// Unchecked: the owner uses it on one thread at a time, or gives each thread its own part.
final class MeteredMemory: @unchecked Sendable {
  let base: UnsafeMutableRawPointer
  private let count: Int
  private let meter: MemoryMeter

  init(_ bytes: Int, _ meter: MemoryMeter) {
    count = max(64, bytes)
    self.meter = meter
    meter.add(count)
    base = .allocate(byteCount: count, alignment: 64)
    base.initializeMemory(as: UInt8.self, repeating: 0, count: count)
  }

  deinit {
    base.deallocate()
    meter.add(-count)
  }
}

/// Memory for a tile of ket and bra, for overlaps, and for the tile before each step of a group.
///
/// Unchecked: the pool lends it to one thread at a time.
final class MixedTileMemory: @unchecked Sendable {
  private let memory: (ket: MeteredMemory, bra: MeteredMemory, overlaps: MeteredMemory)
  private let tileBytes: Int
  private let meter: MemoryMeter
  private var stack: MeteredMemory?
  private var stackCount = 0

  init(_ circuit: MixedCircuit, _ meter: MemoryMeter) {
    tileBytes = circuit.layout.tileBytes
    self.meter = meter
    memory = (
      MeteredMemory(tileBytes, meter), MeteredMemory(tileBytes, meter), MeteredMemory(circuit.overlapBytes, meter)
    )
  }

  var ket: UnsafeMutableRawPointer { memory.ket.base }
  var bra: UnsafeMutableRawPointer { memory.bra.base }
  var overlaps: UnsafeMutableRawPointer { memory.overlaps.base }

  /// Memory for `count` tiles, kept for the next call.
  func tiles(_ count: Int) -> UnsafeMutableRawPointer {
    if count > stackCount {
      stack = nil
      stack = MeteredMemory(count * tileBytes, meter)
      stackCount = count
    }
    return stack!.base
  }
}

/// Lends memory to one thread at a time, and keeps it for the next.
final class Pool<Memory: Sendable>: Sendable {
  private let idle = Mutex<[Memory]>([])

  /// Whether nothing is kept for the next call.
  var isEmpty: Bool { idle.withLock(\.isEmpty) }

  func with(_ make: () -> Memory, _ body: (Memory) -> Void) {
    let memory = idle.withLock { $0.popLast() } ?? make()
    body(memory)
    idle.withLock { $0.append(memory) }
  }
}
