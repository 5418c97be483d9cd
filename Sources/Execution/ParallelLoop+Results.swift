import Synchronization

extension ParallelLoop {
  /// The results of `count` independent pieces of work, in order.
  ///
  /// - Throws: the error of the first piece, by number, that failed; the others have been run all the same.
  package func results<Value: Sendable>(count: Int, _ body: (Int) throws -> Value) throws -> [Value] {
    let slots = Mutex([Result<Value, any Error>?](repeating: nil, count: count))
    run(count: count) { piece in
      let result = Result { try body(piece) }
      slots.withLock { $0[piece] = result }
    }
    return try slots.withLock { $0 }.map { try $0!.get() }
  }
}
