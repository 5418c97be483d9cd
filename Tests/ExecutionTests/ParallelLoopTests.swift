import Execution
import Synchronization
import Testing

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

  @Test func allAllowedProcessorsAreTaken() {
    #expect(ParallelLoop().threads == ParallelLoop.availableProcessors)
    #expect(ParallelLoop.availableProcessors >= 1)
    #expect(ParallelLoop.serial.threads == 1)
  }
}
