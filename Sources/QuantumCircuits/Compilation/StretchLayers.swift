import QuantumStates

/// A stretch of a circuit that runs as layers of rotations: one-qubit unitaries shared by all samples, and permutations that are
/// linear over bits.
///
/// Permutations only change which bits stand for which qubit. A unitary is a rotation between two diagonals; a layer holds
/// unitaries that commute with each other, each in the first layer in which it can stand.
struct StretchLayers: Sendable {
  struct Unitary: Sendable {
    /// Index among the circuit's steps.
    let step: Int
    let qubit: RelabelledQubit
  }

  /// What a step is for a stretch.
  enum Member {
    case unitary(qubit: Int)
    case permutation(AffineMap, targets: [Int])
  }

  private(set) var layers: [[Unitary]] = []
  /// Which bits stand for which qubit in the end.
  private(set) var labels: QubitLabels

  /// Fewer unitaries are not worth the pass that moves the amplitudes back.
  private static let fewestUnitaries = 2
  /// How many layers a unitary may move up: without an end, a long circuit would be looked through again for each of its unitaries.
  private static let reach = 256

  /// - Parameter steps: unitaries and permutations with their indices among all steps, in order.
  private init(_ steps: [(index: Int, member: Member)], qubitCount: Int) {
    labels = QubitLabels(qubitCount: qubitCount)
    for (index, member) in steps {
      switch member {
      case .permutation(let map, let targets): labels.apply(map, on: targets)
      case .unitary(let qubit):
        let unitary = Unitary(step: index, qubit: labels.qubits[qubit])
        // As early as what it does not commute with allows, within reach.
        let first = max(0, layers.count - Self.reach)
        let after = layers[first...].lastIndex { !$0.allSatisfy { unitary.qubit.isIndependent(of: $0.qubit) } }
        let layer = after.map { $0 + 1 } ?? first
        if layer == layers.count { layers.append([]) }
        layers[layer].append(unitary)
      }
    }
  }

  /// Where a circuit has stretches, and its other steps.
  enum Piece {
    case step(Int)
    case stretch(StretchLayers)
  }

  /// The stretches of a circuit: where enough members stand in a row.
  ///
  /// - Parameters:
  ///   - drafts: all steps, in order.
  ///   - started: those that are run already.
  static func pieces(_ drafts: [StepDraft], leavingOut started: Set<Int>, qubitCount: Int) -> [Piece] {
    var pieces: [Piece] = []
    var maps = AffineMaps()
    var open: [(index: Int, member: Member)] = []
    func close() {
      let unitaries = open.count { if case .unitary = $0.member { true } else { false } }
      pieces +=
        unitaries >= fewestUnitaries
        ? [.stretch(StretchLayers(open, qubitCount: qubitCount))] : open.map { .step($0.index) }
      open = []
    }
    for (index, draft) in drafts.enumerated() where !started.contains(index) {
      if let member = draft.stretchMember(&maps) {
        open.append((index, member))
      } else {
        close()
        pieces.append(.step(index))
      }
    }
    close()
    return pieces
  }
}

extension StepDraft {
  /// What the step is for a stretch; nil where it cannot be part of one.
  fileprivate func stretchMember(_ maps: inout AffineMaps) -> StretchLayers.Member? {
    switch form {
    case .matrix where targets.count == 1 && controls.isEmpty && source != .samples: .unitary(qubit: targets[0])
    case .permutation(let images):
      maps.map(images, controls: controls).map { .permutation($0, targets: targets + controls.map(\.qubit)) }
    case .matrix, .pauliRotation, .diagonal, .preparation, .phases: nil
    }
  }
}

/// A stretch as it is run: by `RotationStretch` on a batch, by `StateStretch` on a single state.
protocol Stretch: AnyObject, Sendable {
  /// In the order of their sums.
  var unitaries: [StretchLayers.Unitary] { get }
  /// Memory for its numbers, to be bound to angles.
  func makeBinding() -> any BoundStretch
}

/// What becomes of the order of the amplitudes where a circuit ends with a stretch.
enum FinalOrder: Sendable {
  /// An amplitude's place is its basis state.
  case basis
  /// Qubits keep their labels: whoever reads the state reads relabelled qubits.
  case relabelled
  /// The same, and phases of basis states may be left out.
  case relabelledUpToPhases
}
