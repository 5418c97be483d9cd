import Execution
import OpenQASM
import QuantumCircuits
import Randomness

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A protocol with its settings and a seed: enough to make its circuits again, here or elsewhere, and to read counts of them.
///
/// ```swift
/// let plan = BenchmarkPlan(try GHZFidelity(qubits: 3), seed: 1)
/// let program = try plan.openQASM(0)      // to run on hardware
/// let report = try plan.analyze(BenchmarkData(json: counts))
/// ```
/// As JSON it is the manifest of exported circuits and of run folders.
public struct BenchmarkPlan: Sendable {
  /// What is run.
  public let benchmark: any FidelityProtocol
  /// The seed of the circuits.
  public let seed: UInt64
  /// A sum over the circuits; another one means that they are drawn differently.
  public let digest: String

  /// What manifests say that they are.
  public static let schema = "hilbert.fidelity-plan/1"

  /// Every protocol that a plan can be of.
  public static let protocols: [any FidelityProtocol.Type] = [
    RandomizedBenchmarking.self, MirrorBenchmarking.self, DirectBenchmarking.self, UnitarityBenchmarking.self, CrossEntropy.self,
    LayerFidelity.self, CycleBenchmarking.self, QuantumVolume.self, MirrorVolume.self, GHZFidelity.self, WFidelity.self,
    BellTest.self, PurityTest.self, StateTomography.self, DirectFidelity.self, ProcessTomography.self, GateSetTomography.self,
    DetectorTomography.self, ReadoutCharacterization.self, CoherenceTimes.self, ApplicationBenchmark.self,
  ]

  public init(_ benchmark: some FidelityProtocol, seed: UInt64) {
    (self.benchmark, self.seed) = (benchmark, seed)
    digest = Self.digest(benchmark, seed: seed)
  }

  /// The plan of a manifest.
  ///
  /// - Throws: `BenchmarkError.unreadable` for a text that is no manifest, or one whose settings no circuits follow from.
  public init(json text: String) throws(BenchmarkError) {
    do {
      self = try JSONDecoder().decode(BenchmarkPlan.self, from: Data(text.utf8))
    } catch BenchmarkError.unreadable(let reason) {
      throw .unreadable(reason)
    } catch {
      throw .unreadable(
        "The manifest was changed or damaged: \((error as? DecodingError)?.fault ?? "\(error)"). Restore it, or make the folder again."
      )
    }
  }

  /// How many bits the outcomes of each circuit have.
  var widths: [String: Int] {
    Dictionary(uniqueKeysWithValues: benchmark.circuitNames.enumerated().map { ($1, benchmark.width(of: $0)) })
  }

  /// The protocol's settings as JSON, to tell plans apart by.
  public var settings: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return (try? encoder.encode(benchmark)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// The circuit at a place of the protocol's names as OpenQASM 3, in gates alone.
  ///
  /// - Throws: `BenchmarkError.settings` for a circuit that OpenQASM has no gates for.
  public func openQASM(_ index: Int) throws(BenchmarkError) -> String {
    let name = benchmark.circuitNames[index]
    let text: String
    do {
      text = try CircuitFile(benchmark.circuit(index, seed: seed)).openQASM()
    } catch {
      throw .settings("\(name) cannot be written: \(error)")
    }
    // Other programs pass over pragmas, and would run another circuit.
    guard !text.contains("#pragma") else {
      throw .settings("\(name) holds matrices or rotations that OpenQASM has no gates for; write the circuit in gates.")
    }
    return text
  }

  /// Finds out whether counts are those of the circuits.
  ///
  /// - Throws: `BenchmarkError` for counts that do not belong to these circuits, and for a plan whose circuits were drawn
  ///   otherwise.
  public func check(_ data: BenchmarkData) throws(BenchmarkError) {
    guard digest == Self.digest(benchmark, seed: seed) else {
      throw .unreadable(
        "The circuits that follow from the manifest are not those that it was made for: its settings or its seed were changed, or another "
          + "version of Hilbert made it. Restore it, analyze with that version, or export anew.")
    }
    try data.check(benchmark)
  }

  /// What counts of the circuits say.
  ///
  /// - Throws: as `check` does, and where counts say nothing.
  public func analyze(_ data: BenchmarkData) throws(BenchmarkError) -> BenchmarkReport {
    try check(data)
    return try benchmark.report(data, seed: seed)
  }

  /// FNV-1a over the gates and qubits of the first, the middle and the last circuit: all come from one way of drawing. Angles are
  /// left out, whose last digits differ between machines.
  private static func digest(_ benchmark: some FidelityProtocol, seed: UInt64) -> String {
    let last = benchmark.circuitNames.count - 1
    var hash = FNV1a()
    for index in [0, last / 2, last] {
      for instruction in benchmark.circuit(index, seed: seed).instructions {
        hash.combine("\(instruction.name)\(instruction.qubits)")
      }
    }
    return String(hash.value, radix: 16)
  }
}

extension BenchmarkPlan: Codable {
  private enum CodingKeys: String, CodingKey {
    case schema, word = "protocol", settings, seed, shots, bits, bitOrder, digest, circuits
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(Self.schema, forKey: .schema)
    try container.encode(type(of: benchmark).word, forKey: .word)
    try container.encode(benchmark, forKey: .settings)
    try container.encode(seed, forKey: .seed)
    // What follows is for the reader: how often to run which circuits, and what an outcome looks like.
    try container.encode(benchmark.shots, forKey: .shots)
    try container.encode(benchmark.width, forKey: .bits)
    try container.encode("bit 0 rightmost", forKey: .bitOrder)
    try container.encode(benchmark.circuitNames, forKey: .circuits)
    try container.encode(digest, forKey: .digest)
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let (schema, word) = (try container.decode(String.self, forKey: .schema), try container.decode(String.self, forKey: .word))
    guard schema == Self.schema else {
      throw BenchmarkError.unreadable(
        "The manifest is a \(schema), and this version of Hilbert reads \(Self.schema). Read it with the version that made it.")
    }
    guard let type = Self.protocols.first(where: { $0.word == word }) else {
      throw BenchmarkError.unreadable(
        "The manifest is a \(schema) of \(word), a protocol that this version of Hilbert does not have. Restore it, or read it with the "
          + "version that made it.")
    }
    benchmark = try container.decodeBenchmark(type, forKey: .settings)
    seed = try container.decode(UInt64.self, forKey: .seed)
    digest = try container.decode(String.self, forKey: .digest)
    // What stands there for the reader follows from the settings, unless somebody changed either.
    guard try container.decode([String].self, forKey: .circuits) == benchmark.circuitNames,
      try container.decode(Int.self, forKey: .shots) == benchmark.shots
    else {
      throw BenchmarkError.unreadable(
        "The manifest was changed or damaged: its circuits or shots are not those of its settings. Restore it, or make the folder again."
      )
    }
  }
}

extension KeyedDecodingContainer {
  /// Decodes a type that is known only when the program runs.
  fileprivate func decodeBenchmark(_ type: any FidelityProtocol.Type, forKey key: Key) throws -> any FidelityProtocol {
    func open<Benchmark: FidelityProtocol>(_ type: Benchmark.Type) throws -> Benchmark { try decode(Benchmark.self, forKey: key) }
    return try open(type)
  }
}
