import CStateKernels
import Execution

/// Phases exp(i θ_w (-1)^(w·k)) of Pauli words w of Z, for every basis state k and sample of a batch in one pass.
///
/// Angles differ from sample to sample. The phases of all basis states come by doubling from those of the words, without a sine for
/// each; where words act on at most two qubits that takes about five products an amplitude, however many words there are.
///
/// Unchecked `Sendable`: its memory is written by the initializer and only read afterwards.
package final class PhasePass: @unchecked Sendable {
  /// The table of phases has at most so many qubits: 16 KiB stay in the first cache beside the state.
  private static let tableQubits = 7

  package let words: [Int]
  private let layout: AmplitudeLayout
  private let lowQubits: Int
  private let counts: UnsafeMutableBufferPointer<Int64>
  private let pairs: UnsafeMutableBufferPointer<Int32>
  private let places: UnsafeMutableBufferPointer<Int32>
  private let steps: UnsafeMutableBufferPointer<hilbert_phase_step>

  /// - Parameter words: masks over the qubits, each once.
  package init(words: [Int], layout: AmplitudeLayout) {
    precondition(
      layout.isBatched && !words.isEmpty && Set(words).count == words.count && words.allSatisfy { $0 >> layout.qubitCount == 0 },
      "PhasePass: words \(words) on \(layout)")
    self.words = words
    self.layout = layout
    lowQubits = min(layout.qubitCount, Self.tableQubits)
    var (level, counts, pairs) = (words, [words.count], [Int32]())
    for qubit in (lowQubits..<layout.qubitCount).reversed() {
      // A word with the qubit shrinks to the word without it.
      var next: [Int: (without: Int32, with: Int32)] = [:]
      for (place, word) in level.enumerated() {
        let rest = word & ~(1 << qubit)
        var places = next[rest] ?? (-1, -1)
        if rest == word { places.without = Int32(place) } else { places.with = Int32(place) }
        next[rest] = places
      }
      level = next.keys.sorted()
      pairs += level.flatMap { [next[$0]!.without, next[$0]!.with] }
      counts.append(level.count)
    }
    self.counts = Self.own(counts.map { Int64($0) })
    self.pairs = Self.own(pairs)
    places = Self.own(level.map { Int32($0) })
    steps = Self.own(Self.steps(of: level, qubits: lowQubits, offset: 0))
  }

  deinit {
    counts.deallocate()
    pairs.deallocate()
    places.deallocate()
    steps.deallocate()
  }

  private static func own<Element>(_ elements: [Element]) -> UnsafeMutableBufferPointer<Element> {
    let memory = UnsafeMutableBufferPointer<Element>.allocate(capacity: elements.count)
    _ = memory.initialize(from: elements)
    return memory
  }

  /// How the table of some words comes from the phases of the words alone, each at the place that it spells.
  private static func steps(of words: [Int], qubits: Int, offset: Int) -> [hilbert_phase_step] {
    guard qubits > 0 else { return [] }
    let half = 1 << (qubits - 1)
    let (without, with) = (words.filter { $0 & half == 0 }, words.filter { $0 & half != 0 }.map { $0 ^ half })
    let isOne = !without.isEmpty && with == [0]
    let kind =
      with.isEmpty
      ? HILBERT_PHASES_WITHOUT
      : without.isEmpty ? HILBERT_PHASES_WITH : isOne ? HILBERT_PHASES_ONE : HILBERT_PHASES_BOTH
    return (without.isEmpty ? [] : steps(of: without, qubits: qubits - 1, offset: offset))
      + (with.isEmpty || isOne ? [] : steps(of: with, qubits: qubits - 1, offset: offset + half))
      + [hilbert_phase_step(kind: Int32(kind), offset: Int32(offset), half: Int32(half))]
  }

  /// Products of blocks that a pass takes.
  package var work: Int {
    let tables = layout.sampleBlocks << (layout.qubitCount - lowQubits)
    return layout.blockCount + tables * steps.reduce(counts.reduce(0) { $0 + Int($1) }) { $0 + Int($1.half) }
  }

  /// Blocks of scratch memory: of the words of every level and the table, and half as much again for the way back.
  private var blocks: Int { counts.reduce(1 << lowQubits) { $0 + Int($1) } }
  /// Bytes of scratch memory that a pass needs, 64-byte aligned.
  package var scratchBytes: Int { blocks * Precision.blockBytes * 3 / 2 }

  private func argument(
    cosines: UnsafePointer<Double>, sines: UnsafePointer<Double>, scratch: UnsafeMutableRawPointer
  ) -> hilbert_phases {
    let table = scratch + (blocks - 1 << lowQubits) * Precision.blockBytes
    let sums = scratch + blocks * Precision.blockBytes
    return hilbert_phases(
      qubits: Int64(layout.qubitCount), low_qubits: Int64(lowQubits), sample_blocks: Int64(layout.sampleBlocks),
      counts: counts.baseAddress, pairs: pairs.baseAddress, places: places.baseAddress, steps: steps.baseAddress,
      step_count: Int64(steps.count), cosines: cosines, sines: sines, words: scratch, table: table, sums: sums,
      sum_table: sums + (blocks - 1 << lowQubits) * Precision.blockBytes / 2)
  }

  /// Multiplies a chunk's amplitudes by their phases.
  ///
  /// - Parameters:
  ///   - cosines: of the angle of each word and sample: words x samples; likewise `sines`.
  ///   - scratch: `scratchBytes` bytes.
  package func apply(
    to state: UnsafeMutableRawPointer, cosines: UnsafePointer<Double>, sines: UnsafePointer<Double>,
    scratch: UnsafeMutableRawPointer, kernels: Kernels
  ) {
    var argument = argument(cosines: cosines, sines: sines, scratch: scratch)
    kernels.table.pointee.phases(&argument, state)
  }

  /// Takes bra and ket back through the phases; `overlaps` are Im <bra|word|ket> of each word and sample: words x samples.
  package func applyBackward(
    bra: UnsafeMutableRawPointer, ket: UnsafeMutableRawPointer, cosines: UnsafePointer<Double>, sines: UnsafePointer<Double>,
    overlaps: UnsafeMutablePointer<Double>, scratch: UnsafeMutableRawPointer, kernels: Kernels
  ) {
    var argument = argument(cosines: cosines, sines: sines, scratch: scratch)
    kernels.table.pointee.phases_backward(&argument, bra, ket, overlaps)
  }
}
