/// Settings of benchmarks that stack random layers, deeper and deeper: `MirrorBenchmarking` and `DirectBenchmarking`.
public struct RandomLayerSettings: Sendable, Hashable, Codable {
  /// How many, in a chain.
  public let qubits: Int
  /// Numbers of layers.
  public let depths: [Int]
  /// Circuits of each depth.
  public let circuitsPerDepth: Int
  /// The share of qubits in CX gates of a layer.
  public let density: Double
  /// Times that each circuit is run.
  public let shots: Int

  /// Settings that a benchmark checks.
  public init(qubits: Int, depths: [Int], circuitsPerDepth: Int, density: Double, shots: Int) {
    (self.qubits, self.depths, self.circuitsPerDepth, self.density, self.shots) = (qubits, depths, circuitsPerDepth, density, shots)
  }

  /// - Throws: `BenchmarkError.settings` for settings that no circuits follow from.
  func check(for user: String, qubits range: ClosedRange<Int>, isEven: Bool) throws(BenchmarkError) {
    guard range.contains(qubits), depths.count >= 3, depths == Set(depths).sorted(), depths[0] >= 0,
      !isEven || depths.allSatisfy({ $0.isMultiple(of: 2) }), circuitsPerDepth >= 1, 0...1 ~= density, shots >= 1
    else {
      throw .settings(
        "\(user) takes \(range.lowerBound) to \(range.upperBound) qubits, at least 3 ascending\(isEven ? " even" : "") depths and a density "
          + "of CX from 0 to 1, not \(qubits), \(depths) and \(density).")
    }
  }

  func names(_ word: String) -> [String] { depths.flatMap { depth in (0..<circuitsPerDepth).map { "\(word)-\(depth)-\($0)" } } }
  func depth(of index: Int) -> Int { depths[index / circuitsPerDepth] }

  /// The report of a decay with depth, of which `(1 - f)(4^n - 1)/4^n` is the error of a layer.
  ///
  /// - Parameter value: of a circuit.
  func report(
    _ name: String, _ curve: String, asymptote: Double, shots: Int, seed: UInt64, _ value: (_ index: Int) -> Double
  ) -> BenchmarkReport {
    let decay = DecayData(
      lengths: depths,
      values: depths.indices.map { ($0 * circuitsPerDepth..<($0 + 1) * circuitsPerDepth).map(value) }, asymptote: asymptote,
      shots: shots)
    let (quality, reason) = decay.quality()
    let scale = 1 - 1 / Double(sign: .plus, exponent: 2 * qubits, significand: 1)
    return BenchmarkReport(
      name: name,
      estimates: [
        BenchmarkEstimate(
          "error per layer", scale * (1 - decay.fit.factor), standardError: scale * decay.factorError(seed: seed),
          freedom: decay.freedom, quality: quality, reason: "entanglement infidelity of a layer; \(reason)")
      ], curves: [decay.curve(curve, along: "layers")])
  }
}
