import LinearAlgebra
import QuantumStates

/// A circuit with noise resolved to steps on Pauli components and placed on tiles: made once, run for many parameters and features.
///
/// A density matrix is kept by its components Tr(P rho): real numbers, half the memory of a complex matrix, and a channel is a real
/// matrix on them instead of a complex superoperator, a quarter of the arithmetic.
struct MixedCircuit: Sendable {
  /// Steps that run on one tile after another while it is in the cache.
  struct Group: Sendable {
    /// nil where the whole state is one tile.
    let tiles: ComponentTiles?
    let steps: [PlacedStep]
  }

  struct PlacedStep: Sendable {
    /// The step's number.
    let index: Int
    let forward: TransferOperation
    let inverse: TransferOperation
    let transpose: TransferOperation
    /// Where the coefficients begin, each set after the other: of the forward matrix, its inverse, its transpose.
    let place: Int
  }

  let qubitCount: Int
  let parameterCount: Int
  let featureCount: Int
  let layout: ComponentLayout
  let steps: [TransferStep]
  let angles: [CompiledAngle]
  /// Channels whose strengths are expressions, with their angles: to be checked for every set of values.
  let channels: [(channel: Channel, angles: [Int])]
  let preparations: [(preparation: AmplitudePreparation, targets: [Int])]
  let groups: [Group]
  /// Bytes of the coefficients of steps that all samples share, and of the others.
  let sharedBytes: Int
  let sampleBytes: Int
  /// Bytes of the overlaps of one step at most.
  let overlapBytes: Int
  /// Numbers of scratch memory for matrices.
  let scratchCount: Int

  /// A group ends at that many steps, which bounds what has to be kept of a tile where a step has no inverse.
  private static let groupLimit = 32

  init(_ circuit: Circuit, precision: Precision) throws(CompilationError) {
    let lowering = try TransferLowering(circuit)
    let layout = ComponentLayout(qubitCount: circuit.qubitCount, precision: precision)
    let steps = lowering.steps
    (qubitCount, parameterCount, featureCount) = (circuit.qubitCount, circuit.parameterCount, circuit.featureCount)
    (self.layout, self.steps, angles) = (layout, steps, lowering.angles)
    (channels, preparations) = (lowering.channels, lowering.preparations)
    var bytes = [false: 0, true: 0]
    func placed(_ index: Int, on tile: [Int]) -> PlacedStep {
      let step = steps[index]
      let places = step.qubits.map { tile.firstIndex(of: $0)! }
      let forward = TransferOperation(pattern: step.pattern, places: places, layout: layout)
      let inverse = TransferOperation(pattern: step.inversePattern, places: places, layout: layout)
      let transpose = TransferOperation(
        pattern: SmallMatrix.transposed(step.size, step.pattern), places: places, layout: layout)
      let isSample = step.source == .samples
      defer { bytes[isSample]! += forward.byteCount + inverse.byteCount + transpose.byteCount }
      return PlacedStep(index: index, forward: forward, inverse: inverse, transpose: transpose, place: bytes[isSample]!)
    }
    if layout.isBatched {
      let all = Array(0..<circuit.qubitCount)
      groups = stride(from: 0, to: steps.count, by: Self.groupLimit).map { first in
        Group(tiles: nil, steps: (first..<min(first + Self.groupLimit, steps.count)).map { placed($0, on: all) })
      }
    } else {
      groups = Self.grouped(steps, layout).map { qubits, members in
        Group(tiles: ComponentTiles(qubits: qubits, layout: layout), steps: members.map { placed($0, on: qubits) })
      }
    }
    (sharedBytes, sampleBytes) = (bytes[false]!, bytes[true]!)
    overlapBytes = groups.flatMap(\.steps).map(\.forward.byteCount).max() ?? 64
    scratchCount = steps.map { $0.scratchCount + 2 * $0.size * $0.size }.max() ?? 64
  }

  /// Greedily: a group takes every step whose qubits still fit into its tile and that no step left out stands before.
  private static func grouped(_ steps: [TransferStep], _ layout: ComponentLayout) -> [(qubits: [Int], members: [Int])] {
    var left = Array(steps.indices)
    var result: [(qubits: [Int], members: [Int])] = []
    while !left.isEmpty {
      var (tile, blocked): (Set<Int>, Set<Int>) = ([], [])
      var (members, rest): ([Int], [Int]) = ([], [])
      for index in left {
        let qubits = steps[index].qubits
        if members.count < groupLimit, blocked.isDisjoint(with: qubits), tile.union(qubits).count <= layout.tileQubits {
          tile.formUnion(qubits)
          members.append(index)
        } else {
          blocked.formUnion(qubits)
          rest.append(index)
        }
      }
      // A tile has a fixed size: further qubits, high ones first, make it full.
      for qubit in (0..<layout.qubitCount).reversed() where tile.count < layout.tileQubits { tile.insert(qubit) }
      result.append((tile.sorted(), members))
      left = rest
    }
    return result
  }
}
