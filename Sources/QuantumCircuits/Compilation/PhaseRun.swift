import LinearAlgebra
import QuantumStates

/// Phases of a stretch of a circuit: diagonal gates, and permutations between them that come to nothing.
///
/// A CNOT before and after a phase makes it the phase of a parity: `CX P(t) CX = exp(i t (1 - ZZ) / 2)`. Seen from the beginning of
/// the stretch every phase is a sum of Pauli words of Z, so the whole stretch is `exp(i sum_w θ_w w)`: one pass instead of one a
/// gate.
struct PhaseRun: Sendable {
  /// An angle times a number, or a constant where the index is nil.
  struct Term: Sendable {
    /// Index among the circuit's angles; the number multiplies the w t of the angle.
    let angle: Int?
    let coefficient: Double
  }

  /// Masks of the words over the qubits, ascending, and the terms of each θ.
  private(set) var words: [Int] = []
  private(set) var terms: [[Term]] = []

  var angles: [Int] { Set(terms.joined().compactMap(\.angle)).sorted() }
}

extension PhaseRun {
  /// What a step is for a run.
  enum Member {
    case permutation(AffineMap, targets: [Int])
    /// Phases of the values of some qubits, the first the lowest bit: a table for each angle, and one of constants.
    case phases([(angle: Int?, table: [Double])], qubits: [Int])
    /// -w t times a Pauli word of Z.
    case word(Int, angle: Int)
  }

  /// The phases of the members in order, seen from before the first.
  ///
  /// - Returns: the run, and whether all permutations together change nothing.
  static func phases(of members: [Member], qubitCount: Int) -> (run: PhaseRun, isClosed: Bool) {
    var labels = QubitLabels(qubitCount: qubitCount)
    var sums: [Int: [Int: Double]] = [:]
    func add(_ coefficient: Double, _ angle: Int?, on qubits: some Sequence<Int>) {
      guard coefficient != 0 else { return }
      let (word, isOdd) = qubits.reduce((0, false)) {
        ($0.0 ^ labels.qubits[$1].parity, $0.1 != labels.qubits[$1].isInverted)
      }
      sums[word, default: [:]][angle ?? -1, default: 0] += isOdd ? -coefficient : coefficient
    }
    for member in members {
      switch member {
      case .permutation(let map, let targets): labels.apply(map, on: targets)
      case .word(let mask, let angle): add(-1, angle, on: (0..<qubitCount).filter { mask >> $0 & 1 == 1 })
      case .phases(let tables, let qubits):
        for (angle, table) in tables {
          // The Walsh transform: phase(bits) = sum_w c_w (-1)^(w . bits).
          for word in table.indices {
            let sum = table.enumerated().reduce(0) { $0 + ((word & $1.offset).nonzeroBitCount % 2 == 0 ? $1.element : -$1.element) }
            add(sum / Double(table.count), angle, on: qubits.indices.filter { word >> $0 & 1 == 1 }.map { qubits[$0] })
          }
        }
      }
    }
    var run = PhaseRun()
    for (word, terms) in sums.sorted(by: { $0.key < $1.key }) {
      let kept = terms.sorted { $0.key < $1.key }.filter { $0.value != 0 }
      guard !kept.isEmpty else { continue }
      run.words.append(word)
      run.terms.append(kept.map { Term(angle: $0.key < 0 ? nil : $0.key, coefficient: $0.value) })
    }
    let isClosed = labels.qubits.enumerated().allSatisfy {
      $0.element.parity == 1 << $0.offset && !$0.element.isInverted
    }
    return (run, isClosed)
  }
}

extension StepDraft {
  /// What the step is for a run of phases; nil where it cannot be part of one.
  fileprivate var phaseMember: PhaseRun.Member? {
    switch form {
    case .permutation(let images):
      return AffineMap(images: images, controls: controls).map { .permutation($0, targets: targets + controls.map(\.qubit)) }
    case .pauliRotation(let word, let angle):
      guard word.xMask == 0 else { return nil }
      if controls.isEmpty { return .word(Int(word.zMask), angle: angle) }
      let bits = targets.enumerated().reduce(0) { $0 | Int(word.zMask >> UInt64($1.element) & 1) << $1.offset }
      return phases([(angle, (0..<1 << targets.count).map { ($0 & bits).nonzeroBitCount % 2 == 0 ? -1 : 1 })])
    case .diagonal(let entries): return phases([(nil, entries.map(\.phase))])
    case .matrix(let parts, _):
      guard targets.count == 1 else { return nil }
      let tables = parts.compactMap(\.phaseTable)
      return tables.count == parts.count ? phases(tables) : nil
    case .preparation, .phases: return nil
    }
  }

  /// Tables over the targets, zero where the controls do not hold; words of more than four qubits would be too many.
  private func phases(_ tables: [(angle: Int?, table: [Double])]) -> PhaseRun.Member? {
    guard qubits.count <= 4 else { return nil }
    let holding = controls.enumerated().reduce(0) { $0 | ($1.element.isOne ? 1 : 0) << $1.offset }
    let extended = tables.map { angle, table in
      (
        angle: angle,
        table: (0..<1 << qubits.count).map { $0 >> targets.count == holding ? table[$0 & (table.count - 1)] : 0 }
      )
    }
    return .phases(extended, qubits: qubits)
  }
}

extension Complex<Double> {
  fileprivate var isUnit: Bool { abs(lengthSquared - 1) < 1e-12 }
}

extension Step.Part {
  /// The phases of a diagonal part by row: constants, or what multiplies w t; nil for other parts.
  fileprivate var phaseTable: (angle: Int?, table: [Double])? {
    switch self {
    case .fixed(let entries):
      guard entries[1] == .zero, entries[2] == .zero, entries[0].isUnit, entries[3].isUnit else { return nil }
      return (nil, [entries[0].phase, entries[3].phase])
    case .rotation(let generator, _, _, let angle):
      // exp(-i w t g) = 1 + (cos - 1) g^2 - i g sin for g = 0, 1, -1.
      let diagonal = [generator[0], generator[3]]
      guard generator[1] == .zero, generator[2] == .zero,
        diagonal.allSatisfy({ $0.imaginary == 0 && ($0.real == 0 || $0.real.magnitude == 1) })
      else { return nil }
      return (angle, diagonal.map { -$0.real })
    }
  }
}

/// Gathers stretches of phases among the steps of a circuit.
struct PhaseGathering {
  private(set) var drafts: [StepDraft] = []
  private var open: [(draft: StepDraft, member: PhaseRun.Member)] = []
  private var touched: Set<Int> = []
  private let qubitCount: Int

  /// Fewer entangling phases of the data are not worth a pass over the table of phases.
  private static let fewestWords = 2

  /// - Parameter drafts: steps in order, none of them merged.
  init(_ drafts: [StepDraft], qubitCount: Int) {
    self.qubitCount = qubitCount
    for draft in drafts {
      if let member = draft.phaseMember {
        open.append((draft, member))
        touched.formUnion(draft.qubits)
      } else {
        // What acts on other qubits alone may as well come before.
        if !touched.isDisjoint(with: draft.qubits) { close() }
        self.drafts.append(draft)
      }
    }
    close()
  }

  private mutating func close() {
    defer { (open, touched) = ([], []) }
    let isSample = Set(open.filter { $0.draft.source == .samples }.flatMap(\.draft.angles))
    let (run, isClosed) = PhaseRun.phases(of: open.map(\.member), qubitCount: qubitCount)
    let entangling = zip(run.words, run.terms).count { word, terms in
      word.nonzeroBitCount > 1 && terms.contains { $0.angle.map(isSample.contains) ?? false }
    }
    guard entangling >= Self.fewestWords else { return drafts += open.map(\.draft) }
    drafts.append(StepDraft(form: .phases(run), source: .samples, targets: touched.sorted(), controls: []))
    if !isClosed { drafts += open.filter { if case .permutation = $0.member { true } else { false } }.map(\.draft) }
  }
}
