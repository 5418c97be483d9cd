import Execution
import Synchronization
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

struct ParallelLoopTests {
  @Test(arguments: [1, 2, 3, 16], [0, 1, 2, 3, 7, 1000])
  func everyPieceRunsOnce(_ threads: Int, _ count: Int) {
    let runs = Mutex([Int](repeating: 0, count: count))
    ParallelLoop(threads: threads).run(count: count) { piece in runs.withLock { $0[piece] += 1 } }
    #expect(runs.withLock { $0 } == Array(repeating: 1, count: count))
  }

  @Test func loopsInsideLoopsEnd() {
    let total = Mutex(0)
    let loop = ParallelLoop(threads: 3)
    loop.run(count: 5) { _ in loop.run(count: 7) { _ in total.withLock { $0 += 1 } } }
    #expect(total.withLock { $0 } == 35)
  }

  @Test func loopsOneAfterAnotherLoseNoPiece() {
    // Helpers are found spinning, asleep, and late for a loop that has ended.
    var total = 0
    for turn in 0..<20_000 {
      let count = 1 + turn % 9
      let sum = Atomic(0)
      ParallelLoop(threads: 1 + turn % 4).run(count: count) { sum.add($0 + 1, ordering: .relaxed) }
      total += sum.load(ordering: .relaxed) - count * (count + 1) / 2
      if turn % 4000 == 0 { usleep(200) }
    }
    #expect(total == 0)
  }

  @Test func callersOnSeveralThreadsGetTheirPiecesDone() async {
    let sums = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask {
          var total = 0
          for _ in 0..<500 {
            let sum = Atomic(0)
            ParallelLoop(threads: 2).run(count: 10) { sum.add($0, ordering: .relaxed) }
            total += sum.load(ordering: .relaxed)
          }
          return total
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(sums == Array(repeating: 45 * 500, count: 8))
  }

  @Test func allAllowedProcessorsAreTaken() {
    #expect(ParallelLoop().threads == ParallelLoop.availableProcessors)
    #expect(ParallelLoop.availableProcessors >= 1)
    #expect(ParallelLoop.serial.threads == 1)
  }
}
