/// The SHA-256 digest of some bytes in hexadecimal.
///
/// - Complexity: O(bytes.count).
///
/// Source: NIST, FIPS 180-4, "Secure Hash Standard", 2015, sections 4.1.2, 5.1.1 and 6.2.
package func sha256(_ bytes: [UInt8]) -> String {
  var state = initialState
  let constants = roundConstants
  let whole = bytes.count & ~63
  bytes.withUnsafeBufferPointer { buffer in
    for start in stride(from: 0, to: whole, by: 64) { compress(buffer, at: start, constants, into: &state) }
  }
  // The rest, a one bit, zeros, and the length in bits fill one or two blocks.
  var tail = Array(bytes[whole...]) + [0x80]
  tail.append(contentsOf: repeatElement(0, count: (tail.count <= 56 ? 56 : 120) - tail.count))
  for shift in stride(from: 56, through: 0, by: -8) { tail.append(UInt8(truncatingIfNeeded: (bytes.count * 8) >> shift)) }
  tail.withUnsafeBufferPointer { buffer in
    for start in stride(from: 0, to: buffer.count, by: 64) { compress(buffer, at: start, constants, into: &state) }
  }
  return state.map { word in
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }.joined()
}

private func compress(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int, _ k: [UInt32], into state: inout [UInt32]) {
  withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { w in
    for t in 0..<16 {
      let at = start + 4 * t
      w[t] = UInt32(bytes[at]) << 24 | UInt32(bytes[at + 1]) << 16 | UInt32(bytes[at + 2]) << 8 | UInt32(bytes[at + 3])
    }
    for t in 16..<64 {
      let s0 = rotate(w[t - 15], 7) ^ rotate(w[t - 15], 18) ^ w[t - 15] >> 3
      let s1 = rotate(w[t - 2], 17) ^ rotate(w[t - 2], 19) ^ w[t - 2] >> 10
      w[t] = w[t - 16] &+ s0 &+ w[t - 7] &+ s1
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for t in 0..<64 {
      let choice = (e & f) ^ (~e & g)
      let majority = (a & b) ^ (a & c) ^ (b & c)
      let t1 = h &+ (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) &+ choice &+ k[t] &+ w[t]
      let t2 = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) &+ majority
      (h, g, f, e, d, c, b, a) = (g, f, e, d &+ t1, c, b, a, t1 &+ t2)
    }
    for (index, word) in [a, b, c, d, e, f, g, h].enumerated() { state[index] &+= word }
  }
}

@inline(__always)
private func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 - count) }

/// Square roots of the first eight primes: the first 32 bits of their fractions.
private let initialState: [UInt32] = firstPrimes(8).map { fractionBits(Double($0).squareRoot()) }

/// Cube roots of the first 64 primes: the first 32 bits of their fractions.
private let roundConstants: [UInt32] = firstPrimes(64).map { prime in fractionBits(cubeRoot(Double(prime))) }

private func firstPrimes(_ count: Int) -> [Int] {
  var primes: [Int] = []
  var candidate = 2
  while primes.count < count {
    if primes.allSatisfy({ !candidate.isMultiple(of: $0) }) { primes.append(candidate) }
    candidate += 1
  }
  return primes
}

private func fractionBits(_ value: Double) -> UInt32 { UInt32((value - value.rounded(.down)) * 0x1p32) }

/// Newton's iteration; exact far beyond the 32 bits that are used.
private func cubeRoot(_ value: Double) -> Double {
  (0..<60).reduce(value) { root, _ in (2 * root + value / (root * root)) / 3 }
}
