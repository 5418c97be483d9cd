import Execution
import LinearAlgebra
import QuantumStates

/// What is read from the final states of a chunk: real numbers <psi|O_k|psi>, and their derivative's starting point.
///
/// Every readout is a sum of Hermitian operators O_k, so that one bra, sum_k c_k O_k |psi>, carries any cotangents c backward.
protocol Readout: Sendable {
  /// Numbers for each sample.
  var outputCount: Int { get }
  var scratchBytes: Int { get }
  /// Writes the outputs of every sample of the chunk: samples x outputs.
  func measure(_ ket: UnsafeMutableRawPointer, values: UnsafeMutablePointer<Double>, _ run: ReadoutRun)
  /// Writes the bra for the given cotangents: samples x outputs. `values` are the outputs measured before.
  func seed(
    bra: UnsafeMutableRawPointer, ket: UnsafeMutableRawPointer, cotangents: UnsafePointer<Double>, _ run: ReadoutRun)
}

/// With what a readout works: scratch memory, kernels, and threads for states that are large enough.
struct ReadoutRun {
  let scratch: UnsafeMutableRawPointer
  let kernels: Kernels
  let loop: ParallelLoop
}

/// Expectation values of Pauli sums: each distinct word is measured once, words of Z alone in one pass together.
struct PauliReadout: Readout {
  let layout: AmplitudeLayout
  /// outputs x words: diagonal words first.
  private let coefficients: [[Double]]
  private let diagonal: DiagonalWords
  private let others: [KernelOperation]
  /// Whether each output is a word of Z, in the order of the words.
  private let isPlain: Bool
  /// Bytes before each piece of scratch memory, and of all.
  private let places: [Int]

  init(_ observables: [PauliSum], layout: AmplitudeLayout) {
    self.layout = layout
    // Observables of one word each keep their order.
    let distinct = Set(observables.flatMap { $0.terms.map(\.word) })
    let isSingle = distinct.count == observables.count && observables.allSatisfy { $0.terms.count == 1 }
    let words = isSingle ? observables.map { $0.terms[0].word } : distinct.sorted()
    let ordered = words.filter(\.isDiagonal) + words.filter { !$0.isDiagonal }
    coefficients = observables.map { observable in ordered.map { observable.coefficient(of: $0) } }
    diagonal = DiagonalWords(zMasks: words.filter(\.isDiagonal).map(\.zMask), layout: layout)
    others = words.filter { !$0.isDiagonal }.map { KernelOperation(xMask: $0.xMask, zMask: $0.zMask, layout: layout) }
    let rows = coefficients
    isPlain =
      others.isEmpty
      && rows.enumerated().allSatisfy { output, row in
        row.count == rows.count && row.enumerated().allSatisfy { $0.element == ($0.offset == output ? 1 : 0) }
      }
    // Rows of the diagonal words; words by sample; diagonal words by sample; overlaps and entries of one other word.
    let pieces = [
      diagonal.scratchBytes, 8 * layout.samples * ordered.count, 8 * layout.samples * diagonal.count,
      2 * layout.sampleBlocks * Precision.blockBytes, 32 * layout.samples,
    ]
    places = pieces.reduce(into: [0]) { $0.append($0[$0.count - 1] + ($1 + 63) & ~63) }
  }

  var outputCount: Int { coefficients.count }
  private var wordCount: Int { diagonal.count + others.count }
  private var blockBytes: Int { 2 * layout.sampleBlocks * Precision.blockBytes }
  var scratchBytes: Int { places[places.count - 1] }

  private func scratch(_ run: ReadoutRun, _ place: Int) -> UnsafeMutableRawPointer { run.scratch + places[place] }
  private func doubles(_ run: ReadoutRun, _ place: Int) -> UnsafeMutablePointer<Double> {
    scratch(run, place).assumingMemoryBound(to: Double.self)
  }

  func measure(_ ket: UnsafeMutableRawPointer, values: UnsafeMutablePointer<Double>, _ run: ReadoutRun) {
    let (words, diagonals, overlaps, entries) = (doubles(run, 1), doubles(run, 2), scratch(run, 3), doubles(run, 4))
    let (samples, count) = (layout.samples, wordCount)
    if isPlain {
      return diagonal.expectations(of: ket, into: values, scratch: scratch(run, 0), kernels: run.kernels, loop: run.loop)
    }
    if diagonal.count > 0 {
      diagonal.expectations(of: ket, into: diagonals, scratch: scratch(run, 0), kernels: run.kernels, loop: run.loop)
      for sample in 0..<samples {
        (words + sample * count).update(from: diagonals + sample * diagonal.count, count: diagonal.count)
      }
    }
    for (place, word) in others.enumerated() {
      if layout.isBatched {
        overlaps.initializeMemory(as: UInt8.self, repeating: 0, count: blockBytes)
        word.overlap(bra: ket, ket: ket, result: overlaps, apart: true, kernels: run.kernels)
        word.reduce(overlaps, intoSamples: entries)
        for sample in 0..<samples { words[sample * count + diagonal.count + place] = entries[2 * samples + sample] }
      } else {
        words[diagonal.count + place] = word.overlapSums(of: ket, ket, block: overlaps, scratch: entries, run)[2]
      }
    }
    for sample in 0..<samples {
      for (output, row) in coefficients.enumerated() {
        var sum = 0.0
        for word in 0..<count { sum += row[word] * words[sample * count + word] }
        values[sample * outputCount + output] = sum
      }
    }
  }

  func seed(
    bra: UnsafeMutableRawPointer, ket: UnsafeMutableRawPointer, cotangents: UnsafePointer<Double>, _ run: ReadoutRun
  ) {
    let (words, diagonals, blocks, entries) = (doubles(run, 1), doubles(run, 2), scratch(run, 3), doubles(run, 4))
    let (samples, count) = (layout.samples, wordCount)
    if isPlain {
      return diagonal.apply(
        weights: cotangents, to: ket, bra: bra, scratch: scratch(run, 0), kernels: run.kernels, loop: run.loop)
    }
    for sample in 0..<samples {
      for word in 0..<count {
        var sum = 0.0
        for output in 0..<outputCount { sum += cotangents[sample * outputCount + output] * coefficients[output][word] }
        words[sample * count + word] = sum
      }
      (diagonals + sample * diagonal.count).update(from: words + sample * count, count: diagonal.count)
    }
    if diagonal.count > 0 {
      diagonal.apply(
        weights: diagonals, to: ket, bra: bra, scratch: scratch(run, 0), kernels: run.kernels, loop: run.loop)
    } else {
      bra.initializeMemory(as: UInt8.self, repeating: 0, count: layout.byteCount)
    }
    for (place, word) in others.enumerated() {
      entries.update(repeating: 0, count: 4 * samples)
      for sample in 0..<samples { entries[2 * samples + sample] = words[sample * count + diagonal.count + place] }
      word.fill(blocks, entries: entries)
      word.accumulate(
        from: ket, into: bra, coefficients: Coefficients(base: blocks, isShared: !layout.isBatched), kernels: run.kernels)
    }
  }
}

extension KernelOperation {
  /// Coefficients from entries by sample, which for a single state is the one sample.
  func fill(_ destination: UnsafeMutableRawPointer, entries: UnsafeMutablePointer<Double>) {
    if layout.isBatched {
      fill(destination, sampleEntries: entries)
    } else {
      entries.withMemoryRebound(to: Complex<Double>.self, capacity: entryCount) { fill(destination, entries: $0) }
    }
  }

  /// R[e] over a single state, as real and imaginary parts in memory for all entries.
  ///
  /// - Parameter block: memory for one block; with it a Pauli word on a state that one thread reads takes no other memory.
  fileprivate func overlapSums(
    of bra: UnsafeRawPointer, _ ket: UnsafeRawPointer, block: UnsafeMutableRawPointer? = nil, scratch: UnsafeMutablePointer<Double>,
    _ run: ReadoutRun
  ) -> UnsafeMutablePointer<Double> {
    scratch.update(repeating: 0, count: 2 * entryCount)
    scratch.withMemoryRebound(to: Complex<Double>.self, capacity: entryCount) { sums in
      guard let block, kind == .pauli, layout.pieces(of: overlapLoopCount) == 1 else {
        return addOverlaps(bra: bra, ket: ket, to: sums, kernels: run.kernels, loop: run.loop)
      }
      for first in stride(from: 0, to: overlapLoopCount, by: 256) {
        block.initializeMemory(as: UInt8.self, repeating: 0, count: Precision.blockBytes)
        overlap(
          bra: bra, ket: ket, result: block, apart: false, kernels: run.kernels, first: first,
          count: min(256, overlapLoopCount - first))
        reduce(block, into: sums)
      }
    }
    return scratch
  }
}

/// The probabilities of all values of some qubits: 2^k outputs, the first listed qubit the least significant bit.
struct ProbabilityReadout: Readout {
  private let projectors: KernelOperation

  init(qubits: [Int], layout: AmplitudeLayout) {
    projectors = KernelOperation(diagonal: Array(repeating: .any, count: 1 << qubits.count), targets: qubits, layout: layout)
  }

  private var layout: AmplitudeLayout { projectors.layout }
  var outputCount: Int { projectors.entryCount }
  private var blockBytes: Int { projectors.coefficientBytes * layout.sampleBlocks }
  var scratchBytes: Int { blockBytes + 16 * outputCount * layout.samples }

  func measure(_ ket: UnsafeMutableRawPointer, values: UnsafeMutablePointer<Double>, _ run: ReadoutRun) {
    let entries = (run.scratch + blockBytes).assumingMemoryBound(to: Double.self)
    guard layout.isBatched else {
      let sums = projectors.overlapSums(of: ket, ket, scratch: entries, run)
      for output in 0..<outputCount { values[output] = sums[2 * output] }
      return
    }
    run.scratch.initializeMemory(as: UInt8.self, repeating: 0, count: blockBytes)
    projectors.overlap(bra: ket, ket: ket, result: run.scratch, apart: true, kernels: run.kernels)
    projectors.reduce(run.scratch, intoSamples: entries)
    for sample in 0..<layout.samples {
      for output in 0..<outputCount { values[sample * outputCount + output] = entries[2 * output * layout.samples + sample] }
    }
  }

  func seed(
    bra: UnsafeMutableRawPointer, ket: UnsafeMutableRawPointer, cotangents: UnsafePointer<Double>, _ run: ReadoutRun
  ) {
    let entries = (run.scratch + blockBytes).assumingMemoryBound(to: Double.self)
    for sample in 0..<layout.samples {
      for output in 0..<outputCount {
        entries[2 * output * layout.samples + sample] = cotangents[sample * outputCount + output]
        entries[(2 * output + 1) * layout.samples + sample] = 0
      }
    }
    projectors.fill(run.scratch, entries: entries)
    bra.copyMemory(from: ket, byteCount: layout.byteCount)
    projectors.apply(to: bra, coefficients: Coefficients(base: run.scratch, isShared: !layout.isBatched), kernels: run.kernels)
  }
}

/// |<target|psi>|^2 for a fixed target state.
struct FidelityReadout: Readout {
  private let target: TargetState
  private let identity: KernelOperation

  /// The target, repeated for every sample of a chunk.
  private final class TargetState: Sendable {
    let amplitudes: Amplitudes

    init(_ target: [Complex<Double>], layout: AmplitudeLayout) {
      amplitudes = Amplitudes(zero: layout)
      for (index, amplitude) in target.enumerated() {
        for sample in 0..<layout.samples { amplitudes[index << layout.sampleBits | sample] = amplitude }
      }
    }
  }

  init(target: [Complex<Double>], layout: AmplitudeLayout) {
    self.target = TargetState(target, layout: layout)
    identity = KernelOperation(xMask: 0, zMask: 0, layout: layout)
  }

  private var layout: AmplitudeLayout { identity.layout }
  var outputCount: Int { 1 }
  private var blockBytes: Int { 2 * layout.sampleBlocks * Precision.blockBytes }
  var scratchBytes: Int { blockBytes + 32 * layout.samples }

  /// <target|psi> of each sample, as entry 1 of rows of samples.
  private func overlaps(_ ket: UnsafeMutableRawPointer, _ run: ReadoutRun) -> UnsafeMutablePointer<Double> {
    let entries = (run.scratch + blockBytes).assumingMemoryBound(to: Double.self)
    if layout.isBatched {
      run.scratch.initializeMemory(as: UInt8.self, repeating: 0, count: blockBytes)
      identity.overlap(bra: target.amplitudes.base, ket: ket, result: run.scratch, apart: true, kernels: run.kernels)
      identity.reduce(run.scratch, intoSamples: entries)
    } else {
      _ = identity.overlapSums(of: target.amplitudes.base, ket, scratch: entries, run)
    }
    return entries
  }

  func measure(_ ket: UnsafeMutableRawPointer, values: UnsafeMutablePointer<Double>, _ run: ReadoutRun) {
    let (entries, samples) = (overlaps(ket, run), layout.samples)
    for sample in 0..<samples {
      let (re, im) = (entries[2 * samples + sample], entries[3 * samples + sample])
      values[sample] = re * re + im * im
    }
  }

  func seed(
    bra: UnsafeMutableRawPointer, ket: UnsafeMutableRawPointer, cotangents: UnsafePointer<Double>, _ run: ReadoutRun
  ) {
    let (entries, samples) = (overlaps(ket, run), layout.samples)
    for sample in 0..<samples {
      entries[2 * samples + sample] *= cotangents[sample]
      entries[3 * samples + sample] *= cotangents[sample]
    }
    identity.fill(run.scratch, entries: entries)
    bra.initializeMemory(as: UInt8.self, repeating: 0, count: layout.byteCount)
    identity.accumulate(
      from: target.amplitudes.base, into: bra, coefficients: Coefficients(base: run.scratch, isShared: !layout.isBatched),
      kernels: run.kernels)
  }
}
