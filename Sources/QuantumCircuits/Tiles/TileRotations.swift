import LinearAlgebra
import QuantumStates

/// One-qubit steps of a tile that are run in one pass, together with diagonal steps among their qubits.
///
/// Of each matrix only what `GaugeTransport` leaves is run.
final class TileRotations: Sendable {
  /// The step of each target of the kernel.
  let steps: [Int]
  let rotations: KernelRotations
  /// A diagonal step: for each row and lane the number of its phase, 0 where controls do not hold.
  private struct Diagonal: Sendable {
    let step: Int
    let numbers: [UInt16]
  }
  private let before: [Diagonal]
  private let after: [Diagonal]
  /// Where the coefficients lie.
  let place: Int

  init(
    _ steps: [Int], before: [Int], after: [Int], _ drafts: [StepDraft], places: [Int?], layout: AmplitudeLayout,
    place: (Int) -> Int
  ) {
    let qubits = steps.map { drafts[$0].targets[0] }
    let rotations = KernelRotations(targets: qubits.map { places[$0]! }, layout: layout)
    self.steps = steps
    self.rotations = rotations
    func diagonal(_ step: Int) -> Diagonal {
      let draft = drafts[step]
      func bit(_ bits: Int, _ qubit: Int) -> Int { bits >> qubits.firstIndex(of: qubit)! & 1 }
      let numbers = (0..<rotations.phaseCount).map { number -> UInt16 in
        let bits = rotations.targetBits(row: number / layout.lanes, lane: number % layout.lanes)
        guard draft.controls.allSatisfy({ (bit(bits, $0.qubit) == 1) == $0.isOne }) else { return 0 }
        if case .pauliRotation = draft.form { return 1 + UInt16(draft.targets.reduce(0) { $0 ^ bit(bits, $1) }) }
        return 1 + UInt16(draft.targets.enumerated().reduce(0) { $0 | bit(bits, $1.element) << $1.offset })
      }
      return Diagonal(step: step, numbers: numbers)
    }
    self.before = before.map(diagonal)
    self.after = after.map(diagonal)
    self.place = place(rotations.coefficientBytes)
  }

  /// Writes the coefficients, from what is left of each matrix and the entries of diagonal steps.
  func bind(
    _ matrices: [Int: SplitUnitary], entries: (Int) -> [Complex<Double>], steps all: [Step],
    to coefficients: UnsafeMutableRawPointer
  ) {
    func product(_ diagonals: [Diagonal]) -> [Complex<Double>]? {
      guard !diagonals.isEmpty else { return nil }
      var product = [Complex<Double>](repeating: 1, count: rotations.phaseCount)
      for diagonal in diagonals {
        let values = [1] + Self.phases(all[diagonal.step], entries(diagonal.step))
        for place in product.indices { product[place] *= values[Int(diagonal.numbers[place])] }
      }
      return product
    }
    rotations.fill(
      coefficients + place, matrices: steps.map { matrices[$0]! }, phasesBefore: product(before), phasesAfter: product(after))
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

  /// Packs steps of a tile: one-qubit matrices go together, on any lane qubits and up to three others, with the diagonal steps
  /// among their qubits that stand before them; see `TileSchedule` for which steps may be taken ahead of others.
  static func items(
    _ placed: [TileStep], _ drafts: [StepDraft], _ gauge: GaugeTransport, places: [Int?], layout: AmplitudeLayout,
    place: (Int) -> Int
  ) -> [TileItem] {
    var items: [TileItem] = []
    var rest = placed
    while let first = rest.first {
      var rotated: [Int] = [], leading: [TileStep] = [], trailing: [Int] = []
      var (qubits, touched, coupled): (UInt64, UInt64, UInt64) = (0, 0, 0)
      var (blockBits, hasAfter) = (0, false)
      for step in rest {
        let draft = drafts[step.index], use = QubitUse(draft)
        let isFree = use.coupled & touched == 0 && use.read & coupled == 0
        if isFree, draft.isRotation, use.coupled & qubits == 0 {
          let isBlock = places[draft.targets[0]]! >= layout.laneBits
          if !isBlock || blockBits < KernelRotations.mostBlockBits {
            blockBits += isBlock ? 1 : 0
            hasAfter = hasAfter || gauge.keepsAfter(step.index)
            rotated.append(step.index)
            qubits |= use.coupled
            continue
          }
        } else if isFree, use.coupled == 0 {
          if use.read & qubits == 0 {
            leading.append(step)
            continue
          }
          // A diagonal after the rotations is free only where there is one anyway.
          if hasAfter, use.read & ~qubits == 0 {
            trailing.append(step.index)
            continue
          }
        }
        touched |= use.coupled | use.read
        coupled |= use.coupled
      }
      guard !rotated.isEmpty, first.index == rotated[0] || drafts[first.index].isDiagonal else {
        items.append(.step(first))
        rest.removeFirst()
        continue
      }
      // Diagonal steps with some qubits of the pass come first by themselves; those with none wait for another pass.
      let reads = { (step: TileStep) in QubitUse(drafts[step.index]).read }
      let folded = leading.filter { reads($0) & ~qubits == 0 }
      let alone = leading.filter { reads($0) & qubits != 0 && reads($0) & ~qubits != 0 }
      items += alone.map { .step($0) }
      items.append(
        .rotations(
          TileRotations(
            rotated, before: folded.map(\.index), after: trailing, drafts, places: places, layout: layout, place: place)))
      let taken = Set(rotated + trailing + (folded + alone).map(\.index))
      rest.removeAll { taken.contains($0.index) }
    }
    return items
  }
}
