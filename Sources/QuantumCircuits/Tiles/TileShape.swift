import QuantumStates

/// How many amplitudes of a large state are worked on at a time, so that many steps share one pass over memory.
///
/// A tile is the 2^bits amplitudes of some qubits, the other qubits held fixed: the lowest `lowBits` qubits always, so that
/// a tile is made of rows of 2^lowBits neighbours, and any others. In place, rows 2^k apart would fall into the same few sets
/// of an 8-way cache; so a tile is copied together, worked on and copied back.
package struct TileShape: Sendable, Hashable {
  package let bits: Int
  package let lowBits: Int

  package init(bits: Int, lowBits: Int) {
    precondition(0...bits ~= lowBits, "TileShape: \(lowBits) low qubits in a tile of \(bits)")
    self.bits = bits
    self.lowBits = lowBits
  }
}

/// Whether a state is run in tiles.
package enum TileChoice: Sendable, Hashable {
  /// Where it is large.
  case standard
  case none
  case shape(TileShape)

  /// A tile takes 512 KiB in double precision, 256 KiB in single, of a cache of 1 MiB next to a core; its rows are 1 KiB or half
  /// of it. Ten layers on 24 qubits are then 5 passes; with 14 bits and rows twice as long they are 8, and 6 to 12 % slower.
  /// Up to 17 qubits tiles are smaller, so that there are enough to share among threads; below 15 the whole state lies in that
  /// cache, and copying tiles costs as much as it saves.
  func shape(for layout: AmplitudeLayout) -> TileShape? {
    switch self {
    case .none: nil
    case .shape(let shape): shape
    case .standard:
      layout.isBatched || layout.qubitCount < 15 ? nil : TileShape(bits: layout.qubitCount < 18 ? 13 : 15, lowBits: 6)
    }
  }
}
