/// What a step does to each qubit, as bit masks.
struct QubitUse: Sendable {
  /// Qubits whose values the step couples.
  let coupled: UInt64
  /// Qubits whose values it only reads: controls, and targets of diagonal matrices.
  let read: UInt64

  /// A diagonal matrix on more qubits is kept together: cut along qubits outside a tile it would have too many parts.
  private static let widestSplitDiagonal = 6

  init(_ draft: StepDraft) {
    func mask(_ qubits: some Sequence<Int>) -> UInt64 { qubits.reduce(0) { $0 | 1 << UInt64($1) } }
    let targets = mask(draft.targets), controls = mask(draft.controls.map(\.qubit))
    switch draft.form {
    case .pauliRotation(let word, _): (coupled, read) = (word.xMask, targets & ~word.xMask | controls)
    case .matrix(_, let pattern) where pattern.isDiagonal: (coupled, read) = (0, targets | controls)
    case .diagonal where draft.targets.count <= Self.widestSplitDiagonal: (coupled, read) = (0, targets | controls)
    case .diagonal, .matrix, .permutation, .preparation, .phases: (coupled, read) = (targets, controls)
    }
  }
}

/// The order in which the steps of a large state are run, cut into groups that share one pass over memory.
///
/// Two steps commute where each qubit of both is only read by both. A group is filled greedily: walking the remaining
/// steps in order, each is taken whose coupled qubits fit into the tile and which commutes with all steps skipped before it.
/// A layer of gates on neighbouring qubits so takes about (n - lowBits) / (bits - lowBits) passes, and deeper layers join
/// inside their light cones.
struct TileSchedule: Sendable {
  enum Group: Sendable {
    /// Steps run together in tiles of these qubits.
    case tile(qubits: [Int], steps: [Int])
    /// A step run on the whole state, which couples more qubits than a tile has room for.
    case whole(Int)
  }

  let groups: [Group]

  init(_ uses: [(step: Int, use: QubitUse)], qubitCount: Int, shape: TileShape) {
    let low = UInt64(1) << UInt64(shape.lowBits) - 1
    var groups: [Group] = []
    var rest = uses
    while !rest.isEmpty {
      var qubits = low, taken: [Int] = [], skipped: [(step: Int, use: QubitUse)] = []
      var (touched, coupled): (UInt64, UInt64) = (0, 0)  // by skipped steps
      for (step, use) in rest {
        let isFree = use.coupled & touched == 0 && use.read & coupled == 0
        if isFree, (qubits | use.coupled).nonzeroBitCount <= shape.bits {
          qubits |= use.coupled
          taken.append(step)
        } else {
          touched |= use.coupled | use.read
          coupled |= use.coupled
          skipped.append((step, use))
        }
      }
      if taken.isEmpty {
        groups.append(.whole(rest.removeFirst().step))
        continue
      }
      // Tiles have one size: the lowest qubits left out fill them up.
      var qubit: UInt64 = 0
      while qubits.nonzeroBitCount < shape.bits {
        qubits |= 1 << qubit
        qubit += 1
      }
      groups.append(.tile(qubits: (0..<qubitCount).filter { qubits >> UInt64($0) & 1 == 1 }, steps: taken))
      rest = skipped
    }
    self.groups = groups
  }
}
