import Execution
import Randomness

/// Draws outcomes from probabilities that are produced piece by piece and never stored whole.
///
/// One pass adds up each piece; a draw u in [0, total) then falls into the first piece whose cumulative sum exceeds it, and inside
/// the piece into the first outcome whose cumulative sum does. The last outcome of positive probability takes whatever rounding
/// leaves over, and the total is the sum that was found, so weights that add up to 1 +- a few ulps are no special case.
///
/// Draws are dealt to their pieces by counting, and a guide table leads each to its place, so that nothing is sorted. The i-th
/// shot takes the i-th number of the source on whatever thread.
///
/// Complexity: O(outcomes + shots) time, O(outcomes / 4096 + shots) memory.
///
/// Source: Chen, Asau, "On generating random variates from an empirical distribution", 1974 (guide tables).
enum OutcomeSampler {
  /// Outcomes in a piece: 32 KiB of probabilities.
  static let pieceLength = 4096
  /// Shots are drawn in at most 16 blocks, whose counts are kept apart: few enough to be small beside any state.
  private static func shotBlock(_ shots: Int) -> Int { max(16_384, (shots + 15) / 16) }

  /// `shots` independent outcomes in 0..<outcomeCount, in the order of the draws.
  ///
  /// - Parameters:
  ///   - pieceSums: the sum of the probabilities of each piece.
  ///   - loop: threads; `fill` is called on all of them.
  ///   - fill: writes the probabilities of a range of outcomes; asked only for pieces into which a draw falls.
  static func sample(
    shots: Int, outcomeCount: Int, pieceSums: [Double], using source: inout RandomSource, loop: ParallelLoop = .serial,
    fill: (_ outcomes: Range<Int>, _ into: UnsafeMutablePointer<Double>) -> Void
  ) -> [Int] {
    precondition(shots >= 0, "sample: shots is \(shots), must not be negative")
    var cumulative = pieceSums
    for index in cumulative.indices.dropFirst() { cumulative[index] += cumulative[index - 1] }
    let total = cumulative.last ?? 0
    precondition(total.isFinite && total > 0, "sample: the probabilities add up to \(total), must be positive and finite")
    guard shots > 0 else { return [] }

    let dealt = DealtDraws(shots: shots, cumulative: cumulative, source: source, block: shotBlock(shots), loop: loop)
    source = RandomSource(
      seed: source.seed, stream: source.stream, index: source.index, position: source.position &+ UInt64(shots))
    return [Int](unsafeUninitializedCapacity: shots) { outcomes, count in
      let result = UncheckedPointer(outcomes.baseAddress!)
      loop.run(count: cumulative.count) { piece in
        let draws = dealt.draws(of: piece)
        guard !draws.isEmpty else { return }
        let start = piece * pieceLength
        let range = start..<min(start + pieceLength, outcomeCount)
        withAlignedScratch(of: Double.self, count: pieceLength) { sums in
          fill(range, sums)
          let last = accumulate(sums, count: range.count, from: piece == 0 ? 0 : cumulative[piece - 1])
          withUnsafeTemporaryAllocation(of: Int32.self, capacity: pieceLength + 1) { guide in
            let table = GuideTable(sums, count: range.count, entries: guide.baseAddress!)
            for draw in draws { result.pointer[draw.shot] = start + min(table.place(of: draw.value), last) }
          }
        }
      }
      count = shots
    }
  }

  /// Replaces probabilities by their cumulative sums; the last place of positive probability, 0 where there is none.
  private static func accumulate(_ values: UnsafeMutablePointer<Double>, count: Int, from start: Double) -> Int {
    var (sum, last) = (start, 0)
    for place in 0..<count {
      if values[place] > 0 { last = place }
      sum += values[place]
      values[place] = sum
    }
    return last
  }

  /// The same for probabilities that are stored.
  static func sample(shots: Int, probabilities: [Double], using source: inout RandomSource) -> [Int] {
    let sums = stride(from: 0, to: probabilities.count, by: pieceLength).map { start in
      probabilities[start..<min(start + pieceLength, probabilities.count)].reduce(0, +)
    }
    return sample(shots: shots, outcomeCount: probabilities.count, pieceSums: sums, using: &source) { outcomes, destination in
      for outcome in outcomes { destination[outcome - outcomes.lowerBound] = probabilities[outcome] }
    }
  }
}

/// The draws of all shots, those of one piece together.
private struct DealtDraws {
  struct Draw {
    let value: Double
    let shot: Int
  }

  private let draws: [Draw]
  /// Where the draws of each piece begin; one more entry than there are pieces.
  private let starts: [Int]

  init(shots: Int, cumulative: [Double], source: RandomSource, block: Int, loop: ParallelLoop) {
    let (blocks, pieces, total) = ((shots + block - 1) / block, cumulative.count, cumulative.last!)
    var values = [Double](repeating: 0, count: shots)
    var places = [Int32](repeating: 0, count: shots)
    // For each block and piece how many draws, then where they go.
    var counts = [Int](repeating: 0, count: blocks * pieces)
    var entries = [Int32](repeating: 0, count: pieces + 1)
    let draws = values.withUnsafeMutableBufferPointer { values in
      places.withUnsafeMutableBufferPointer { places in
        counts.withUnsafeMutableBufferPointer { counts in
          cumulative.withUnsafeBufferPointer { cumulative in
            entries.withUnsafeMutableBufferPointer { entries in
              let table = GuideTable(cumulative.baseAddress!, count: pieces, entries: entries.baseAddress!)
              let work = UncheckedWork(values: values, places: places, counts: counts)
              loop.run(count: blocks) { index in
                let range = index * block..<min(shots, (index + 1) * block)
                var numbers = RandomSource(
                  seed: source.seed, stream: source.stream, index: source.index,
                  position: source.position &+ UInt64(range.lowerBound))
                for shot in range {
                  // The product can round up to the total, which no sum exceeds.
                  let value = min(numbers.uniform() * total, total.nextDown)
                  let piece = table.place(of: value)
                  work.values[shot] = value
                  work.places[shot] = Int32(truncatingIfNeeded: piece)
                  work.counts[index * pieces + piece] += 1
                }
              }
              var next = 0
              for piece in 0..<pieces {
                for index in 0..<blocks {
                  (counts[index * pieces + piece], next) = (next, next + counts[index * pieces + piece])
                }
              }
              return [Draw](unsafeUninitializedCapacity: shots) { draws, count in
                let target = UncheckedPointer(draws.baseAddress!)
                loop.run(count: blocks) { index in
                  for shot in index * block..<min(shots, (index + 1) * block) {
                    let slot = index * pieces + Int(work.places[shot])
                    (target.pointer + work.counts[slot]).initialize(to: Draw(value: work.values[shot], shot: shot))
                    work.counts[slot] += 1
                  }
                }
                count = shots
              }
            }
          }
        }
      }
    }
    self.draws = draws
    // After dealing, the place of the last block in a piece is where the next piece begins.
    starts = [0] + (0..<pieces).map { counts[(blocks - 1) * pieces + $0] }
  }

  func draws(of piece: Int) -> ArraySlice<Draw> { draws[starts[piece]..<starts[piece + 1]] }

  private struct UncheckedWork: @unchecked Sendable {
    let values: UnsafeMutableBufferPointer<Double>
    let places: UnsafeMutableBufferPointer<Int32>
    let counts: UnsafeMutableBufferPointer<Int>
  }
}

/// Finds the first of some ascending sums that exceeds a number, in constant time on average.
private struct GuideTable: @unchecked Sendable {
  private let sums: UnsafePointer<Double>
  private let count: Int
  /// For each of `count` equal intervals of the numbers, where to begin looking.
  private let entries: UnsafePointer<Int32>
  private let low: Double
  private let scale: Double

  /// - Parameter entries: memory for `count` entries.
  init(_ sums: UnsafePointer<Double>, count: Int, entries: UnsafeMutablePointer<Int32>) {
    let width = sums[count - 1]
    (self.sums, self.count, self.entries) = (sums, count, UnsafePointer(entries))
    // The first sum, not what lies below it: draws below it are found at once, and the table serves the others.
    low = sums[0]
    let scale = Double(count) / (width - low)
    self.scale = scale.isFinite ? scale : 0
    var place = 0
    for entry in 0..<count {
      while place < count - 1, (sums[place] - low) * scale < Double(entry) { place += 1 }
      entries[entry] = Int32(truncatingIfNeeded: place)
    }
  }

  /// `count` where no sum exceeds the number.
  func place(of value: Double) -> Int {
    guard value >= low else { return 0 }
    var place = Int(entries[Int(min(Double(count - 1), (value - low) * scale))])
    while place > 0, sums[place - 1] > value { place -= 1 }
    while place < count, sums[place] <= value { place += 1 }
    return place
  }
}

/// Uninitialized memory for the time of a call, aligned for the kernels.
func withAlignedScratch<Element: BitwiseCopyable, Result>(
  of type: Element.Type, count: Int, _ body: (UnsafeMutablePointer<Element>) -> Result
) -> Result {
  withUnsafeTemporaryAllocation(byteCount: count * MemoryLayout<Element>.stride, alignment: 64) { memory in
    body(memory.bindMemory(to: Element.self).baseAddress!)
  }
}
