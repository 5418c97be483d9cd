import LinearAlgebra
import QuantumStates

/// One-qubit steps of a tile that are run in one pass, together with diagonal steps among their qubits.
final class TileRotations: Sendable {
  /// The step of each target of the kernel.
  let steps: [Int]
  let rotations: KernelRotations
  /// Diagonal steps that come after the rotations; for each row and lane the number of a phase.
  private let diagonals: [(step: Int, phases: [UInt16])]
  /// Where the coefficients lie.
  let place: Int

  init(
    _ steps: [Int], diagonals: [Int], _ drafts: [StepDraft], places: [Int?], layout: AmplitudeLayout, place: (Int) -> Int
  ) {
    let qubits = steps.map { drafts[$0].targets[0] }
    let rotations = KernelRotations(targets: qubits.map { places[$0]! }, layout: layout)
    self.steps = steps
    self.rotations = rotations
    self.diagonals = diagonals.map { step in
      let draft = drafts[step]
      func bit(_ bits: Int, _ qubit: Int) -> Int { bits >> qubits.firstIndex(of: qubit)! & 1 }
      let phases = (0..<rotations.phaseCount).map { number -> UInt16 in
        let bits = rotations.targetBits(row: number / layout.lanes, lane: number % layout.lanes)
        guard draft.controls.allSatisfy({ (bit(bits, $0.qubit) == 1) == $0.isOne }) else { return 0 }
        if case .pauliRotation = draft.form { return 1 + UInt16(draft.targets.reduce(0) { $0 ^ bit(bits, $1) }) }
        return 1 + UInt16(draft.targets.enumerated().reduce(0) { $0 | bit(bits, $1.element) << $1.offset })
      }
      return (step, phases)
    }
    self.place = place(rotations.coefficientBytes)
  }

  /// Writes the coefficients, from what is left of each matrix and the entries of diagonal steps.
  func bind(
    _ matrices: [Int: SplitUnitary], entries: (Int) -> [Complex<Double>], steps all: [Step],
    to coefficients: UnsafeMutableRawPointer
  ) {
    var phases: [Complex<Double>]?
    for (step, numbers) in diagonals {
      let values = [1] + Self.phases(all[step], entries(step))
      let own = numbers.map { values[Int($0)] }
      phases = phases.map { earlier in zip(earlier, own).map { $0 * $1 } } ?? own
    }
    rotations.fill(coefficients + place, matrices: steps.map { matrices[$0]! }, phases: phases)
  }

  private static func phases(_ step: Step, _ entries: [Complex<Double>]) -> [Complex<Double>] {
    switch step.form {
    case .matrix: (0..<step.dimension).map { entries[$0 * (step.dimension + 1)] }
    case .pauliRotation: [entries[0] + entries[1], entries[0] - entries[1]]
    default: entries
    }
  }
}

/// What a group of tiles runs, one after another.
enum TileItem: Sendable {
  case step(TileStep)
  case rotations(TileRotations)

  /// Packs steps of a tile: where the next step is a one-qubit matrix, all that can go with it do, on any lane qubits and up to
  /// three others; see `TileSchedule` for which steps may be taken ahead of others.
  static func items(
    _ placed: [TileStep], _ drafts: [StepDraft], places: [Int?], layout: AmplitudeLayout, place: (Int) -> Int
  ) -> [TileItem] {
    var items: [TileItem] = []
    var rest = placed
    while let first = rest.first {
      guard drafts[first.index].isRotation else {
        items.append(.step(first))
        rest.removeFirst()
        continue
      }
      var rotated: [Int] = [], diagonals: [Int] = [], skipped: [TileStep] = []
      var (qubits, touched, coupled): (UInt64, UInt64, UInt64) = (0, 0, 0)
      var blockBits = 0
      for step in rest {
        let draft = drafts[step.index], use = QubitUse(draft)
        let isFree = use.coupled & touched == 0 && use.read & coupled == 0
        if isFree, draft.isRotation, use.coupled & qubits == 0 {
          let isBlock = places[draft.targets[0]]! >= layout.laneBits
          if !isBlock || blockBits < KernelRotations.mostBlockBits {
            blockBits += isBlock ? 1 : 0
            rotated.append(step.index)
            qubits |= use.coupled
            continue
          }
        } else if isFree, use.coupled == 0, use.read & ~qubits == 0 {
          diagonals.append(step.index)
          continue
        }
        touched |= use.coupled | use.read
        coupled |= use.coupled
        skipped.append(step)
      }
      items.append(
        .rotations(TileRotations(rotated, diagonals: diagonals, drafts, places: places, layout: layout, place: place)))
      rest = skipped
    }
    return items
  }
}
