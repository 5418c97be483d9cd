import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The threads that help parallel loops: started once, spinning for a moment after each loop, then asleep.
///
/// Small circuits take microseconds, and so does waking a thread. A helper that has just worked therefore watches for the next
/// loop a little longer before it sleeps; and the caller waits for no helper that has not begun: it takes over its pieces.
///
/// Unchecked: a loop's description is written before its pieces are dealt, and read only by those who hold one of its pieces.
final class ThreadPool: @unchecked Sendable {
  static let shared = ThreadPool()

  /// The pieces dealt to one worker that nobody has taken yet, `next << 32 | end`; a cache line of its own.
  private struct Share: ~Copyable {
    let range = Atomic<UInt64>(0)
    private let padding: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0, 0)

    func deal(_ range: Range<Int>) {
      self.range.store(UInt64(range.lowerBound) << 32 | UInt64(range.upperBound), ordering: .releasing)
    }

    /// A quarter of what is left, so that late helpers still find work.
    func take() -> Range<Int>? {
      var current = range.load(ordering: .acquiring)
      while true {
        let (next, end) = (Int(current >> 32), Int(current & 0xffff_ffff))
        guard next < end else { return nil }
        let taken = next + max(1, (end - next) / 4)
        let (done, seen) = range.compareExchange(
          expected: current, desired: UInt64(taken) << 32 | UInt64(end), ordering: .acquiringAndReleasing)
        if done { return next..<taken }
        current = seen
      }
    }
  }

  private static let limit = 256
  private let shares: UnsafeMutablePointer<Share>
  private let busy = Atomic<Bool>(false)
  /// Counts loops; a change is what helpers watch for.
  private let generation = Atomic<UInt64>(0)
  private let finished = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private var body: UnsafePointer<(Int) -> Void>?
  private let workers = Atomic<Int>(1)
  private var started = 1
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>

  private init() {
    shares = .allocate(capacity: Self.limit)
    for worker in 0..<Self.limit { (shares + worker).initialize(to: Share()) }
    mutex = .allocate(capacity: 1)
    condition = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  /// Runs `body` for every piece; false if the pool is at work for somebody else, or this is a loop inside a loop.
  func run(count: Int, workers wanted: Int, _ body: UnsafePointer<(Int) -> Void>) -> Bool {
    guard count <= 0x7fff_ffff, !busy.exchange(true, ordering: .acquiring) else { return false }
    let workers = min(wanted, Self.limit, count)
    while started < workers { start() }
    self.body = body
    self.workers.store(workers, ordering: .relaxed)
    finished.store(0, ordering: .relaxed)
    for worker in 0..<workers { shares[worker].deal(worker * count / workers..<(worker + 1) * count / workers) }
    generation.add(1, ordering: .sequentiallyConsistent)
    if sleepers.load(ordering: .sequentiallyConsistent) > 0 {
      pthread_mutex_lock(mutex)
      pthread_cond_broadcast(condition)
      pthread_mutex_unlock(mutex)
    }
    work(as: 0)
    while finished.load(ordering: .acquiring) < count {
      // A helper that lost its processor in the middle of a piece must get it back.
      let limit = Self.nanoseconds + Self.watchTime
      while finished.load(ordering: .acquiring) < count, Self.nanoseconds < limit {}
      if finished.load(ordering: .acquiring) < count { sched_yield() }
    }
    busy.store(false, ordering: .releasing)
    return true
  }

  /// Takes pieces, first of its own share and then of the others, until none are left.
  private func work(as worker: Int) {
    let workers = workers.load(ordering: .relaxed)
    guard worker < workers else { return }
    var done = 0
    for step in 0..<workers {
      let share = worker + step < workers ? worker + step : worker + step - workers
      while let range = shares[share].take() {
        for piece in range { body!.pointee(piece) }
        done += range.count
      }
    }
    if done > 0 { finished.add(done, ordering: .releasing) }
  }

  private func start() {
    let worker = started
    started += 1
    let argument = Unmanaged.passRetained(Helper(pool: self, worker: worker)).toOpaque()
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    let status = pthread_create(
      &thread, nil,
      { argument in
        #if canImport(Darwin)
          let helper = Unmanaged<Helper>.fromOpaque(argument).takeRetainedValue()
        #else
          let helper = Unmanaged<Helper>.fromOpaque(argument!).takeRetainedValue()
        #endif
        helper.pool.help(as: helper.worker)
      }, argument)
    // Without a helper the caller takes its pieces.
    if status == 0 {
      #if canImport(Darwin)
        pthread_detach(thread!)
      #else
        pthread_detach(thread)
      #endif
    }
  }

  /// The life of a helper: it works, watches a moment for the next loop, sleeps.
  private func help(as worker: Int) -> Never {
    var seen: UInt64 = 0
    while true {
      let limit = ParallelLoop.availableProcessors > worker ? Self.nanoseconds + Self.watchTime : 0
      while generation.load(ordering: .acquiring) == seen, Self.nanoseconds < limit {}
      if generation.load(ordering: .acquiring) == seen {
        pthread_mutex_lock(mutex)
        sleepers.add(1, ordering: .sequentiallyConsistent)
        while generation.load(ordering: .sequentiallyConsistent) == seen { pthread_cond_wait(condition, mutex) }
        sleepers.subtract(1, ordering: .sequentiallyConsistent)
        pthread_mutex_unlock(mutex)
      }
      seen = generation.load(ordering: .acquiring)
      work(as: worker)
    }
  }

  /// Nanoseconds for which a thread watches before it gives its processor away: a few times what waking it costs.
  private static let watchTime: UInt64 = 50_000
  private static var nanoseconds: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  private final class Helper: Sendable {
    let pool: ThreadPool
    let worker: Int
    init(pool: ThreadPool, worker: Int) { (self.pool, self.worker) = (pool, worker) }
  }
}
