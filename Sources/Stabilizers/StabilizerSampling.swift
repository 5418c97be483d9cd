import Execution
import Randomness

extension StabilizerProgram {
  /// Draws shots and hands them on in order, a block at a time: memory does not grow with their number.
  ///
  /// A shot is a row of `bytesPerShot` bytes, bit b of the program in bit b mod 8 of byte b / 8.
  ///
  /// - Parameters:
  ///   - seed: the same shots for any number of threads.
  ///   - body: gets the rows of the next shots and how many there are.
  /// - Complexity: O(shots * operations / 64) after one run on a stabilizer state.
  public func sample<Failure: Error>(
    shots: Int, seed: UInt64, loop: ParallelLoop = ParallelLoop(),
    into body: (_ rows: UnsafeRawBufferPointer, _ shots: Int) throws(Failure) -> Void
  ) throws(Failure) {
    precondition(shots >= 0, "StabilizerProgram.sample: \(shots) shots")
    let traced = traced()
    let frames = FrameProgram(self, confused: traced.confused)
    let reference = Packed(bits: traced.bits, bytes: bytesPerShot)
    let (blocks, bytes) = ((shots + PauliFrames.shots - 1) / PauliFrames.shots, bytesPerShot)
    let atOnce = max(1, min(blocks, loop.threads))
    let memory = AlignedBuffer<UInt8>(zeroed: atOnce * PauliFrames.shots * bytes)
    let base = memory.base
    var first = 0
    while first < blocks {
      let count = min(atOnce, blocks - first)
      loop.run(count: count) { place in
        var source = RandomSource(seed: seed, index: UInt64(first + place))
        let run = PauliFrames(frames)
        run.run(&source)
        reference.write(run.flips, to: base + place * PauliFrames.shots * bytes)
      }
      for place in 0..<count {
        let drawn = min(PauliFrames.shots, shots - (first + place) * PauliFrames.shots)
        try body(UnsafeRawBufferPointer(start: base + place * PauliFrames.shots * bytes, count: drawn * bytes), drawn)
      }
      first += count
    }
  }

  /// Draws shots: rows of `bytesPerShot` bytes one after the other.
  public func sample(shots: Int, seed: UInt64, loop: ParallelLoop = ParallelLoop()) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(shots * bytesPerShot)
    sample(shots: shots, seed: seed, loop: loop) { rows, _ in result.append(contentsOf: rows) }
    return result
  }

  /// Bytes of the row of a shot.
  public var bytesPerShot: Int { (bitCount + 7) / 8 }
}

/// The bits of the reference run, and how flips of them become rows of shots.
private struct Packed {
  let words: [UInt64]
  let bytes: Int
  let bitCount: Int

  init(bits: [Bool], bytes: Int) {
    bitCount = bits.count
    self.bytes = bytes
    var words = [UInt64](repeating: 0, count: (bits.count + 63) / 64)
    for (bit, value) in bits.enumerated() where value { words[bit >> 6] |= .bit(bit & 63) }
    self.words = words
  }

  /// Turns 64 bits of 64 shots at a time about their diagonal.
  func write(_ flips: borrowing BitPlanes, to rows: UnsafeMutablePointer<UInt8>) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 64) { block in
      for group in words.indices {
        let width = min(8, bytes - 8 * group)
        for word in 0..<PauliFrames.width {
          for place in 0..<64 { block[place] = 64 * group + place < bitCount ? flips[64 * group + place][word] : 0 }
          Words.transpose(block.baseAddress!)
          for shot in 0..<64 {
            let bits = (block[shot] ^ words[group]).littleEndian
            withUnsafeBytes(of: bits) { source in
              UnsafeMutableRawPointer(rows + (64 * word + shot) * bytes + 8 * group)
                .copyMemory(from: source.baseAddress!, byteCount: width)
            }
          }
        }
      }
    }
  }
}
