/// Where the Pauli components Tr(P rho) of mixed states lie in memory.
///
/// Component number i has two bits a qubit, qubit 0 lowest: 0 for I, 1 for X, 2 for Y, 3 for Z. Up to `batchedQubits` qubits a
/// state lies as one tile with a vector of samples in each row; above that it is one state of 4^n numbers, worked on tile by tile.
package struct ComponentLayout: Sendable, Hashable {
  package let qubitCount: Int
  package let precision: Precision

  package init(qubitCount: Int, precision: Precision) {
    self.qubitCount = qubitCount
    self.precision = precision
  }

  /// The most qubits of states that go in batches: one tile of them stays in a cache of 64 KiB.
  package static let batchedQubits = 5
  package var isBatched: Bool { qubitCount <= Self.batchedQubits }
  /// Samples in one piece of memory.
  package var samples: Int { isBatched ? precision.lanes : 1 }
  /// Qubits in a tile; two more give the numbers of its rows where there is one sample.
  package var tileQubits: Int { isBatched ? qubitCount : min(5, qubitCount - 2) }
  /// Vectors in a row of a tile.
  package var vectors: Int { isBatched ? 1 : 16 / precision.lanes }
  package var componentCount: Int { 1 << (2 * qubitCount) }
  package var scalarBytes: Int { precision.bytesPerAmplitude / 2 }
  package var byteCount: Int { componentCount * samples * scalarBytes }
  package var tileBytes: Int { vectors * 64 << (2 * tileQubits) }

  /// Throws unless `copies` states fit in memory.
  package func check(copies: Int, purpose: String) throws(StateError) {
    do {
      // A component is half a complex number: 4^n of them are 2^(2n - 1) amplitudes.
      try AmplitudeLayout.check(
        qubitCount: 2 * qubitCount - 1, precision: precision, copies: copies * samples, purpose: purpose)
    } catch .tooLarge(let bytes, let purpose, let available, let largest) {
      throw .tooLarge(bytes: bytes, purpose: purpose, available: available, largestQubitCount: (largest + 1) / 2)
    }
  }
}
