import LinearAlgebra
import QuantumCircuits
import Randomness

/// Mirror volume: the circuits of quantum volume, half as deep and then undone, so that no ideal distribution has to be simulated.
///
/// Between the halves stand random Pauli gates, which the undoing half takes up into its first layer: compilers cannot cancel the
/// halves, nor coherent errors undo themselves. A device that gives the right outcome in more than 2/3 of all shots, with two
/// standard deviations of the mean over at least 100 circuits, has passed the width.
///
/// Source: Amico, Zhang, Jurcevic, Bishop, Nation, Wack, McKay, "Defining standard strategies for quantum benchmarks", 2023,
/// section on mirror quantum volume.
public struct MirrorVolume: FidelityProtocol {
  public static var word: String { "mirror-volume" }
  /// Of an even number of qubits.
  public let settings: VolumeSettings

  public var width: Int { settings.qubits }
  public var shots: Int { settings.shots }

  /// - Throws: `BenchmarkError.settings` for settings that no circuits follow from.
  public init(_ settings: VolumeSettings) throws(BenchmarkError) {
    try settings.check(for: "Mirror volume", width: 2...62, isEven: true)
    self.settings = settings
  }

  /// - Throws: `BenchmarkError.settings` for settings that no circuits follow from.
  public init(width: Int, circuits: Int = 100, shots: Int = 1000) throws(BenchmarkError) {
    try self.init(VolumeSettings(qubits: width, circuits: circuits, shots: shots))
  }

  public var circuitNames: [String] { settings.names("mirror-volume") }

  private typealias Layer = [(matrix: ComplexMatrix, first: Int, second: Int)]

  private func source(_ index: Int, seed: UInt64) -> RandomSource { RandomSource(seed: seed, stream: 0x314, index: UInt64(index)) }

  /// The outcome that a circuit should have; drawn first, so that the analysis need not make the circuit.
  private func drawTarget(_ source: inout RandomSource) -> Int { (0..<width).reduce(0) { $0 | source.integer(below: 2) << $1 } }

  public func circuit(_ index: Int, seed: UInt64) -> Circuit {
    var source = source(index, seed: seed)
    let target = drawTarget(&source)
    let layers = (0..<width / 2).map { _ -> Layer in
      let order = source.permutation(of: width)
      return (0..<width / 2).map { (.randomUnitary(4, using: &source), order[2 * $0], order[2 * $0 + 1]) }
    }
    var circuit = Circuit(qubits: width)
    func add(_ layer: Layer) {
      for (matrix, first, second) in layer { circuit.appendTwoQubit(matrix, on: first, second) }
      circuit.append(Barrier())
    }
    for layer in layers { add(layer) }
    let choices = (0..<width).map { _ in source.integer(below: 4) }
    let paulis: [Gate] = [.id, .x, .y, .z]
    for (qubit, choice) in choices.enumerated() where choice > 0 { circuit.append(Instruction.gate(paulis[choice], on: qubit)) }
    circuit.append(Barrier())
    for (place, layer) in layers.reversed().enumerated() {
      let isFirst = place == 0
      let isLast = place == layers.count - 1
      add(
        layer.map { matrix, first, second in
          var undone = matrix.adjoint
          if isFirst { undone = undone * paulis[choices[second]].matrix().kronecker(paulis[choices[first]].matrix()) }
          if isLast {
            let flips = [target >> second & 1, target >> first & 1].map { $0 == 1 ? Gate.x.matrix() : .identity(2) }
            undone = flips[0].kronecker(flips[1]) * undone
          }
          return (undone, first, second)
        })
    }
    return circuit.measuredInto()
  }

  public func report(_ data: BenchmarkData, seed: UInt64) throws(BenchmarkError) -> BenchmarkReport {
    let shares = circuitNames.enumerated().map { index, name in
      var source = source(index, seed: seed)
      return Double(data[name].occurrences[drawTarget(&source)] ?? 0) / Double(data[name].shots)
    }
    return VolumeVerdict(shares: shares, width: width, shots: data.shots).report(
      name: name, share: "share of right outcomes", volume: "mirror quantum volume")
  }
}

extension MirrorVolume {
  public init(from decoder: any Decoder) throws { try self.init(VolumeSettings(from: decoder)) }
  public func encode(to encoder: any Encoder) throws { try settings.encode(to: encoder) }
}
