import Execution

/// Where the amplitudes of one chunk lie: qubits above the samples of a batch.
///
/// Amplitude (basis index i, sample b) has the index k = i * 2^sampleBits + b, in blocks of W: block k / W, lane k mod W.
/// So a gate on qubit q couples amplitudes 2^(q + sampleBits) apart, whether it acts on one state or on a batch.
/// A single state (`sampleBits` = 0) keeps its lowest qubits in the lanes; where it is smaller than a block the other
/// lanes stay zero. A batch fills whole blocks: `sampleBits` is 0 or at least log2(W).
package struct AmplitudeLayout: Sendable, Hashable {
  package let qubitCount: Int
  package let sampleBits: Int
  package let precision: Precision

  package init(qubitCount: Int, sampleBits: Int = 0, precision: Precision) {
    precondition(qubitCount >= 0 && qubitCount <= 62, "AmplitudeLayout: \(qubitCount) qubits, must be 0 to 62")
    precondition(
      sampleBits == 0 || sampleBits >= precision.laneBits,
      "AmplitudeLayout: \(sampleBits) sample bits do not fill a block of \(precision.lanes)")
    self.qubitCount = qubitCount
    self.sampleBits = sampleBits
    self.precision = precision
  }

  package var samples: Int { 1 << sampleBits }
  package var isBatched: Bool { sampleBits > 0 }
  package var laneBits: Int { precision.laneBits }
  package var lanes: Int { precision.lanes }
  /// Bits of the block index.
  package var blockBits: Int { max(0, qubitCount + sampleBits - laneBits) }
  package var blockCount: Int { 1 << blockBits }
  /// Lowest bits of the block index that count blocks of samples.
  package var sampleBlockBits: Int { max(0, sampleBits - laneBits) }
  package var sampleBlocks: Int { 1 << sampleBlockBits }
  /// Into how many pieces threads cut `iterations`, a power of two, of a loop over the whole state.
  ///
  /// It depends on the state's size, not on the loop, so that a thread finds in its cache what it worked on in the step before;
  /// from 1024 blocks (13 qubits in double precision) on that gains more than handing pieces over costs.
  /// With sample blocks a call always runs over the whole (small) state.
  package func pieces(of iterations: Int) -> Int {
    sampleBlockBits > 0 ? 1 : min(iterations, max(min(8, blockCount / 512), blockCount / 32768, 1))
  }
  package var byteCount: Int { blockCount * Precision.blockBytes }

  /// Bytes that are taken without a question: 16 MiB.
  private static let littleMemory: UInt64 = 1 << 24

  /// Throws unless `copies` states of `qubitCount` qubits fit the budget; computed in 64 bits before memory is taken.
  ///
  /// - Parameter budget: nil for what is free now, which is not asked for little: the answer stands in files of the system, and
  ///   reading them takes longer than a small kernel matrix.
  package static func check(
    qubitCount: Int, precision: Precision, copies: Int = 1, purpose: String, budget: MemoryBudget? = nil
  ) throws(StateError) {
    let each = UInt64(precision.bytesPerAmplitude) * UInt64(max(1, copies))
    if budget == nil, qubitCount < 24, each <= littleMemory >> UInt64(max(0, qubitCount)) { return }
    let budget = budget ?? .available
    let fits = budget.bytes / each
    let largest = fits == 0 ? 0 : 63 - fits.leadingZeroBitCount
    guard qubitCount > largest || qubitCount > 62 else { return }
    let (bytes, overflow) = each.multipliedReportingOverflow(by: qubitCount < 64 ? 1 << UInt64(qubitCount) : .max)
    throw .tooLarge(
      bytes: overflow ? .max : bytes, purpose: purpose, available: budget.bytes, largestQubitCount: min(62, largest))
  }
}
