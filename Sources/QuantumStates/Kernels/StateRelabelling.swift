/// A permutation of the basis states of a single state under which every bit of the image is a parity of bits, or its opposite.
package struct StateRelabelling: Sendable {
  /// Where the number of an index comes from: `columns[b]` for every bit b of the index, and `shift`, by exclusive or.
  private struct Source: Sendable {
    let columns: [Int]
    let shift: Int

    func callAsFunction(_ index: Int) -> Int {
      var (result, rest, bit) = (shift, index, 0)
      while rest != 0 {
        if rest & 1 == 1 { result ^= columns[bit] }
        rest >>= 1
        bit += 1
      }
      return result
    }
  }

  private let layout: AmplitudeLayout
  private let forward: Source
  private let backward: Source

  /// The permutation that brings relabelled qubits back to their own bits; nil where they are there.
  package init?(_ qubits: [RelabelledQubit], layout: AmplitudeLayout) {
    precondition(qubits.count == layout.qubitCount && !layout.isBatched, "StateRelabelling: \(qubits.count) qubits on \(layout)")
    self.layout = layout
    let values = { (index: Int) in qubits.indices.reduce(0) { $0 | qubits[$1].value(at: index) << $1 } }
    let zero = values(0)
    let columns = qubits.indices.map { values(1 << $0) ^ zero }
    if zero == 0, columns.indices.allSatisfy({ columns[$0] == 1 << $0 }) { return nil }
    backward = Source(columns: columns, shift: zero)
    forward = Source(
      columns: qubits.map(\.flips), shift: qubits.reduce(0) { $1.isInverted ? $0 ^ $1.flips : $0 })
  }

  /// Moves the amplitudes, or takes that back.
  ///
  /// - Parameter spare: memory for one more state.
  package func apply(to state: UnsafeMutableRawPointer, isInverse: Bool, spare: UnsafeMutableRawPointer) {
    switch layout.precision {
    case .float: gather(state.assumingMemoryBound(to: Float.self), isInverse, spare.assumingMemoryBound(to: Float.self))
    case .double: gather(state.assumingMemoryBound(to: Double.self), isInverse, spare.assumingMemoryBound(to: Double.self))
    }
    state.copyMemory(from: spare, byteCount: layout.byteCount)
  }

  @inline(__always)
  private func gather<Scalar>(_ state: UnsafePointer<Scalar>, _ isInverse: Bool, _ result: UnsafeMutablePointer<Scalar>) {
    let (source, lanes) = (isInverse ? backward : forward, layout.lanes)
    let filled = min(lanes, 1 << layout.qubitCount)
    withUnsafeTemporaryAllocation(of: Int.self, capacity: lanes) { moves in
      for lane in 0..<filled { moves.initializeElement(at: lane, to: source(lane) ^ source.shift) }
      for block in 0..<layout.blockCount {
        let (first, own) = (source(block * lanes), result + 2 * block * lanes)
        // Lanes that a small state does not fill stay as they are.
        if filled < lanes { own.update(from: state, count: 2 * lanes) }
        for lane in 0..<filled {
          let from = first ^ moves[lane]
          let place = from + (from & ~(lanes - 1))
          (own[lane], own[lanes + lane]) = (state[place], state[place + lanes])
        }
      }
    }
  }
}
