import QuantumCircuits
import QuantumStates
import Randomness
import Stabilizers

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Cycle benchmarking: the process fidelity of one cycle of Clifford gates with the random Pauli gates that dress it.
///
/// Of a Pauli word P an eigenstate is prepared, the dressed cycle is repeated m times, and the word that P has become is measured.
/// Its signed expectation decays as `A f_P^m`, whatever preparation and readout are worth; `F = (1 + (4^n - 1) mean f_P)/4^n`.
/// Pauli gates twirl the errors of the cycle, so that few words say how many qubits do.
///
/// On one and two qubits all words are taken, beyond that as many as asked for, drawn uniformly, and their spread is in the
/// interval. Where the cycle moves a word, f_P is the geometric mean over the words that it passes.
///
/// Source: Erhard et al., "Characterizing large-scale quantum computers via cycle benchmarking", 2019.
public struct CycleBenchmarking: FidelityProtocol {
  public static var word: String { "cycle" }
  /// The gates of the cycle.
  public let cycle: Circuit
  /// Numbers of repetitions.
  public let depths: [Int]
  /// Pauli words that are drawn, where there are more than 15.
  public let words: Int
  /// Circuits of each word and depth.
  public let circuitsPerDepth: Int
  public let shots: Int
  private let element: Clifford

  public var width: Int { cycle.qubitCount }

  /// - Throws: `BenchmarkError.settings` for a cycle that is not made of Clifford gates, and settings that no circuits follow from.
  public init(
    of cycle: Circuit, depths: [Int] = [2, 8, 32], words: Int = 20, circuitsPerDepth: Int = 10, shots: Int = 500
  ) throws(BenchmarkError) {
    guard 1...62 ~= cycle.qubitCount, depths.count >= 2, depths == Set(depths).sorted(), depths[0] >= 0, words >= 2,
      circuitsPerDepth >= 2, shots >= 1
    else {
      throw .settings(
        "Cycle benchmarking takes 1 to 62 qubits, at least 2 ascending depths, 2 words and 2 circuits, not \(cycle.qubitCount) and "
          + "\(depths).")
    }
    var element = Clifford.identity(cycle.qubitCount)
    for instruction in cycle.instructions where instruction.kind != .barrier {
      guard case .gate(let gate, let angles) = instruction.kind, instruction.controls.count == gate.row.controlCount,
        angles.allSatisfy({ $0.constantValue != nil }),
        let own = Clifford(matrix: gate.matrix(angles: angles.map { $0.constantValue! }))
      else { throw .settings("\(instruction) is no Clifford gate: cycle benchmarking takes cycles of Clifford gates.") }
      element = element.then(own, on: instruction.qubits)
    }
    (self.cycle, self.depths, self.words, self.circuitsPerDepth, self.shots) = (cycle, depths, words, circuitsPerDepth, shots)
    self.element = element
  }

  private var hasAllWords: Bool { width <= 2 }
  private var wordCount: Int { hasAllWords ? 1 << (2 * width) - 1 : words }

  public var circuitNames: [String] {
    (0..<wordCount).flatMap { word in
      depths.flatMap { depth in (0..<circuitsPerDepth).map { "cycle-\(word)-\(depth)-\($0)" } }
    }
  }

  private func word(_ place: Int, seed: UInt64) -> PauliWord {
    if hasAllWords { return Expectations.word(place + 1, qubits: width) }
    var source = RandomSource(seed: seed, stream: 0xC1C, index: UInt64(place))
    let mask = UInt64.max >> UInt64(64 - width)
    while true {
      let word = PauliWord(xMask: source.next() & mask, zMask: source.next() & mask)
      if !word.isIdentity { return word }
    }
  }

  /// The word that is measured: what the cycles make of the prepared one, Pauli gates left aside.
  private func measuredWord(_ word: PauliWord, depth: Int) -> SignedPauli {
    (0..<depth).reduce(SignedPauli(x: word.xMask, z: word.zMask)) { pauli, _ in element.image(of: pauli) }
  }

  public func circuit(_ index: Int, seed: UInt64) -> Circuit {
    let (place, rest) = (index / (depths.count * circuitsPerDepth), index % (depths.count * circuitsPerDepth))
    var source = RandomSource(seed: seed, stream: 0xC1D, index: UInt64(index))
    let (word, depth) = (word(place, seed: seed), depths[rest / circuitsPerDepth])
    var circuit = Circuit(qubits: width)
    for qubit in 0..<width where word[qubit] == .x || word[qubit] == .y {
      circuit.append(H(qubit))
      if word[qubit] == .y { circuit.append(S(qubit)) }
    }
    circuit.append(Barrier())
    for _ in 0..<depth {
      circuit.appendRandomPaulis(using: &source)
      circuit.append(Barrier())
      circuit.append(cycle.instructions)
      circuit.append(Barrier())
    }
    circuit.appendRandomPaulis(using: &source)
    circuit.append(Barrier())
    let measured = measuredWord(word, depth: depth)
    circuit.appendBases(
      (0..<width).map { qubit in
        measured.x >> UInt64(qubit) & 1 == 1 ? measured.z >> UInt64(qubit) & 1 == 1 ? .y : .x : .z
      })
    return circuit.measuredInto()
  }

  public func report(_ data: BenchmarkData, seed: UInt64) throws(BenchmarkError) -> BenchmarkReport {
    let names = circuitNames
    var (factors, variance, curves): ([Double], Double, [BenchmarkCurve]) = ([], 0, [])
    var worst: (BenchmarkEstimate.Quality, String) = (.good, "")
    for place in 0..<wordCount {
      let word = word(place, seed: seed)
      let decay = DecayData(
        lengths: depths,
        values: depths.indices.map { depth in
          let measured = measuredWord(word, depth: depths[depth])
          return (0..<circuitsPerDepth).map { number in
            let index = (place * depths.count + depth) * circuitsPerDepth + number
            let mask = Int(measured.x | measured.z)
            // Outcomes without noise are random, their parity is not: it is the sign that the Pauli gates have given.
            let sign: Double = (circuit(index, seed: seed).certainOutcome & mask).nonzeroBitCount.isMultiple(of: 2) ? 1 : -1
            return sign * data[names[index]].parity(mask: mask).mean
          }
        }, asymptote: 0, shots: data.shots)
      factors.append(decay.fit.factor)
      let error = decay.factorError(seed: seed &+ UInt64(place))
      variance += error * error
      // A word that no error touches does not decay, and that is no fault of the fit.
      if decay.isMisfit(among: wordCount), worst.0 == .good { worst = (.poor, "\(word): \(decay.quality(among: wordCount).1)") }
      if place < 6 { curves.append(decay.curve("expectation", " of \(word)", along: "cycles")) }
    }
    let scale = 1 - pow(0.25, Double(width))
    // All words: what is uncertain are their own values. Some words: which they are, too.
    let error = hasAllWords ? variance.squareRoot() / Double(factors.count) : factors.standardError
    let reason = "\(factors.count) Pauli words\(hasAllWords ? ", all there are" : ", their spread in the interval")"
    return BenchmarkReport(
      name: name,
      estimates: [
        BenchmarkEstimate(
          "process fidelity", 1 - scale * (1 - factors.mean), standardError: scale * error,
          freedom: hasAllWords ? factors.count * depths.count * (circuitsPerDepth - 1) : factors.count - 1, quality: worst.0,
          reason: worst.0 == .good ? reason : worst.1)
      ], curves: curves)
  }
}

extension CycleBenchmarking {
  private enum CodingKeys: CodingKey { case cycle, depths, words, circuitsPerDepth, shots }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      of: container.decodeCircuit(forKey: .cycle), depths: container.decode([Int].self, forKey: .depths),
      words: container.decode(Int.self, forKey: .words), circuitsPerDepth: container.decode(Int.self, forKey: .circuitsPerDepth),
      shots: container.decode(Int.self, forKey: .shots))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(cycle, forKey: .cycle)
    try container.encode(depths, forKey: .depths)
    try container.encode(words, forKey: .words)
    try container.encode(circuitsPerDepth, forKey: .circuitsPerDepth)
    try container.encode(shots, forKey: .shots)
  }
}
