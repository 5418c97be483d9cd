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

/// The fidelity of a layer of gates on all pairs of a chain, and the error per layered gate.
///
/// A chain needs two layers: gates on the pairs 01, 23, ... and on 12, 34, ... Each is measured by direct randomized benchmarking
/// of all its pairs (and of the qubits that are left over) at the same time: m times random one-qubit Clifford elements and the
/// gates, then one element for each pair undoes everything up to random flips. A decay f on d = 2 or 4 levels is the process
/// fidelity `(1 + (d^2 - 1) f)/d^2`; their product over both layers is the layer fidelity LF, and `EPLG = 1 - LF^(1/(n - 1))`.
/// Crosstalk between pairs that work at the same time counts. Depths begin at 4: after fewer layers the last elements are simpler
/// ones, with fewer gates and errors than later on, and the points would lie on no exponential.
///
/// Source: McKay, Hincks, Pritchett, Carroll, Govia, Merkel, "Benchmarking quantum processor performance at scale", 2023.
public struct LayerFidelity: FidelityProtocol {
  public static var word: String { "layer-fidelity" }
  public let width: Int
  /// Numbers of layers.
  public let depths: [Int]
  /// Circuits of each depth, for each of the two layers.
  public let circuitsPerDepth: Int
  public let shots: Int

  /// - Throws: `BenchmarkError.settings` for settings that no circuits follow from.
  public init(
    qubits count: Int, depths: [Int] = [4, 8, 16, 32, 64], circuitsPerDepth: Int = 20, shots: Int = 500
  ) throws(BenchmarkError) {
    guard 2...62 ~= count, depths.count >= 3, depths == Set(depths).sorted(), depths[0] >= 4, circuitsPerDepth >= 1, shots >= 1
    else {
      throw .settings(
        "Layer fidelity takes a chain of 2 to 62 qubits and at least 3 ascending depths from 4 on, not \(count) and \(depths).")
    }
    (width, self.depths, self.circuitsPerDepth, self.shots) = (count, depths, circuitsPerDepth, shots)
  }

  /// Pairs, and what is left over, of a layer.
  private func blocks(_ layer: Int) -> [[Int]] {
    let pairs = stride(from: layer, to: width - 1, by: 2).map { [$0, $0 + 1] }
    let paired = Set(pairs.flatMap { $0 })
    return pairs + (0..<width).filter { !paired.contains($0) }.map { [$0] }
  }

  private var layers: Int { width == 2 ? 1 : 2 }
  private var perLayer: Int { depths.count * circuitsPerDepth }

  public var circuitNames: [String] {
    (0..<layers).flatMap { layer in
      depths.flatMap { depth in (0..<circuitsPerDepth).map { "layer-\(layer)-\(depth)-\($0)" } }
    }
  }

  private func source(_ index: Int, seed: UInt64) -> RandomSource { RandomSource(seed: seed, stream: 0x1F, index: UInt64(index)) }

  private func drawTargets(_ blocks: [[Int]], _ source: inout RandomSource) -> [Int] {
    blocks.map { source.integer(below: 1 << $0.count) }
  }

  public func circuit(_ index: Int, seed: UInt64) -> Circuit {
    var source = source(index, seed: seed)
    let blocks = blocks(index / perLayer)
    let targets = drawTargets(blocks, &source)
    var circuit = Circuit(qubits: width)
    var totals = blocks.map { Clifford.identity($0.count) }
    func turn(_ place: Int) {
      for (bit, qubit) in blocks[place].enumerated() {
        let element = Clifford.random(qubits: 1, using: &source)
        circuit.append(element.instructions(on: [qubit]))
        totals[place] = totals[place].then(element, on: [bit])
      }
    }
    for _ in 0..<depths[index % perLayer / circuitsPerDepth] {
      for place in blocks.indices { turn(place) }
      circuit.append(Barrier())
      for (place, block) in blocks.enumerated() where block.count == 2 {
        circuit.append(CX(block[0], block[1]))
        totals[place] = totals[place].then(.cx, on: [0, 1])
      }
      circuit.append(Barrier())
    }
    for (place, block) in blocks.enumerated() {
      circuit.append(totals[place].inverse.then(.flips(targets[place], qubits: block.count)).instructions(on: block))
    }
    return circuit.measuredInto()
  }

  public func report(_ data: BenchmarkData, seed: UInt64) throws(BenchmarkError) -> BenchmarkReport {
    let names = circuitNames
    var (logarithm, variance, freedom) = (0.0, 0.0, 0)
    var (pieces, curves): ([BenchmarkEstimate], [BenchmarkCurve]) = ([], [])
    var worst: (BenchmarkEstimate.Quality, String) = (.good, "one exponential decay for every pair")
    let decays = (0..<layers).reduce(0) { $0 + blocks($1).count }
    for layer in 0..<layers {
      let blocks = blocks(layer)
      for (place, block) in blocks.enumerated() {
        let dimension = Double(1 << block.count)
        let decay = DecayData(
          lengths: depths,
          values: depths.indices.map { depth in
            (0..<circuitsPerDepth).map { number in
              let index = layer * perLayer + depth * circuitsPerDepth + number
              var source = source(index, seed: seed)
              let target = drawTargets(blocks, &source)[place]
              return data[names[index]].share(of: target, on: block)
            }
          }, asymptote: 1 / dimension, shots: data.shots)
        let label = "qubits \(block.map(String.init).joined(separator: ", "))"
        let (scale, factor) = (1 - 1 / (dimension * dimension), decay.fit.factor)
        let fidelity = 1 - scale * (1 - factor)
        let error = scale * decay.factorError(seed: seed &+ UInt64(place))
        logarithm += log(max(fidelity, 1e-12))
        variance += error * error / (fidelity * fidelity)
        freedom = freedom == 0 ? decay.freedom : min(freedom, decay.freedom)
        let (quality, reason) = decay.quality(among: decays)
        // A qubit without errors does not decay, and that is no fault of the fit.
        if decay.isMisfit(among: decays), worst.0 == .good { worst = (.poor, "\(label): \(reason)") }
        pieces.append(
          BenchmarkEstimate(
            "process fidelity, \(label)", fidelity, standardError: error, freedom: decay.freedom, quality: quality, reason: reason))
        curves.append(decay.curve("survival", ", \(label)", along: "layers"))
      }
    }
    let (fidelity, error) = (exp(logarithm), variance.squareRoot())
    let root = exp(logarithm / Double(width - 1))
    return BenchmarkReport(
      name: name,
      estimates: [
        BenchmarkEstimate(
          "layer fidelity", fidelity, standardError: fidelity * error, freedom: freedom, quality: worst.0, reason: worst.1),
        BenchmarkEstimate(
          "error per layered gate", 1 - root, standardError: root * error / Double(width - 1), freedom: freedom, quality: worst.0,
          reason: worst.1),
      ] + pieces, curves: curves)
  }
}

extension LayerFidelity {
  private enum CodingKeys: String, CodingKey {
    case width = "qubits"
    case depths, circuitsPerDepth, shots
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      qubits: container.decode(Int.self, forKey: .width), depths: container.decode([Int].self, forKey: .depths),
      circuitsPerDepth: container.decode(Int.self, forKey: .circuitsPerDepth), shots: container.decode(Int.self, forKey: .shots))
  }
}
