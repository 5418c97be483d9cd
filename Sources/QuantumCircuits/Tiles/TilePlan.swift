import QuantumStates

/// How a large state is run: groups of steps placed on tiles, made once when a circuit is compiled.
struct TilePlan: Sendable {
  /// Steps that share one pass over memory.
  struct Group: Sendable {
    let steps: [TileStep]
    /// What is run forward: one-qubit steps packed together, the others as they are.
    let items: [TileItem]
    /// Where the rows of a tile begin in the state, from the tile's first amplitude on.
    let rowOffsets: [Int]
    /// Amplitudes of a row.
    let rowLength: Int
    /// Qubits outside the tile, whose values number the tiles.
    let outside: [Int]

    init(qubits: [Int], steps: [TileStep], items: [TileItem], qubitCount: Int) {
      self.steps = steps
      self.items = items
      let low = qubits.indices.first { qubits[$0] != $0 } ?? qubits.count
      rowLength = 1 << low
      let high = qubits[low...]
      rowOffsets = (0..<1 << high.count).map { row in
        high.enumerated().reduce(0) { $0 | (row >> $1.offset & 1) << $1.element }
      }
      outside = (0..<qubitCount).filter { !qubits.contains($0) }
    }

    var tileCount: Int { 1 << outside.count }
    /// The basis index of a tile's first amplitude.
    func base(ofTile tile: Int) -> Int {
      outside.enumerated().reduce(0) { $0 | (tile >> $1.offset & 1) << $1.element }
    }
  }

  /// Whether a step is run by its number on the whole state, not as a part of tiles.
  func runsWhole(_ step: Int) -> Bool {
    parts.contains { if case .whole(step) = $0 { true } else { false } }
  }

  enum Part: Sendable {
    case tiles(Group)
    /// A step on the whole state, by its number.
    case whole(Int)
  }

  /// The layout of a tile.
  let layout: AmplitudeLayout
  /// Steps that prepare qubits: first of all, on qubits that nothing has touched.
  let preparations: [Int]
  let parts: [Part]
  let gauge: GaugeTransport
  /// Bytes of all coefficients.
  let coefficientBytes: Int
  /// Where the overlaps of a step begin among those of all steps.
  let overlapPlaces: [Int]
  let overlapCount: Int

  init(_ drafts: [StepDraft], steps: [Step], layout whole: AmplitudeLayout, shape: TileShape) {
    precondition(
      shape.bits <= whole.qubitCount && shape.lowBits >= whole.laneBits && !whole.isBatched,
      "TilePlan: \(shape) does not fit \(whole)")
    let tileLayout = AmplitudeLayout(qubitCount: shape.bits, precision: whole.precision)
    var bytes = 0
    func place(_ count: Int) -> Int {
      defer { bytes += count }
      return bytes
    }
    let preparations = drafts.indices.filter { if case .preparation = drafts[$0].form { true } else { false } }
    let gauge = GaugeTransport(drafts)
    let uses = drafts.indices.filter { !preparations.contains($0) }.map { (step: $0, use: QubitUse(drafts[$0])) }
    parts = TileSchedule(uses, qubitCount: whole.qubitCount, shape: shape).groups.map { group in
      switch group {
      case .whole(let step): return .whole(step)
      case .tile(let qubits, let members):
        var places = [Int?](repeating: nil, count: whole.qubitCount)
        for (place, qubit) in qubits.enumerated() { places[qubit] = place }
        let placed = members.map { TileStep(drafts[$0], index: $0, places: places, layout: tileLayout, place: place) }
        let items = TileItem.items(placed, drafts, gauge, places: places, layout: tileLayout, place: place)
        return .tiles(Group(qubits: qubits, steps: placed, items: items, qubitCount: whole.qubitCount))
      }
    }
    layout = tileLayout
    self.gauge = gauge
    self.preparations = preparations
    coefficientBytes = bytes
    var overlaps = 0
    overlapPlaces = steps.map { step in
      defer { overlaps += step.hasGradient ? step.operation.entryCount : 0 }
      return overlaps
    }
    overlapCount = overlaps
  }
}
