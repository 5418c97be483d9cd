import Synchronization

/// Results of the pieces of a parallel loop, in the order of the pieces; of several errors the first piece's is thrown.
final class ParallelResults<Value: Sendable>: Sendable {
  private let results: Mutex<[Result<Value, any Error>?]>

  init(count: Int) { results = Mutex(Array(repeating: nil, count: count)) }

  /// Stores what a piece gives.
  func set(_ index: Int, _ body: () throws -> Value) {
    let result = Result { try body() }
    results.withLock { $0[index] = result }
  }

  /// All results, once the loop is done.
  func values() throws -> [Value] { try results.withLock { try $0.map { try $0!.get() } } }
}
