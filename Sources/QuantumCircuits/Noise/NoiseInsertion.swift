import QuantumStates

/// Walks a circuit and inserts the channels of a noise model.
struct NoiseInsertion {
  private let model: NoiseModel
  private(set) var result: [Instruction] = []
  private(set) var report: NoiseReport
  /// By rule: the first operation that its channel did not fit.
  private var misfits: [Int: String] = [:]
  /// The first gate on three or more qubits that no rule was for.
  private var unmatched: String?

  init(_ model: NoiseModel) {
    self.model = model
    report = NoiseReport(rules: model.rules)
  }

  mutating func run(_ circuit: Circuit) {
    let schedule = Schedule(circuit, times: model.times)
    report.duration = schedule.total
    // What becomes of a qubit after its last measurement is of no account, and would put the measurement into the middle.
    let read = Set(circuit.finalMeasurements.flatMap { circuit.instructions[$0].targets })
    let kept = Set(circuit.instructions.lazy.filter { $0.kind != .barrier }.flatMap(\.qubits)).subtracting(read)
    result = noisy(circuit.instructions, schedule, keeping: kept.sorted(), until: schedule.total)
    warn()
  }

  private mutating func warn() {
    for (index, fired) in report.fired.enumerated() {
      if let misfit = misfits[index] {
        report.warnings.append(
          "the rule '\(fired.rule)' matched \(misfit), on another number of qubits than its channel; it added nothing there")
      } else if fired.count == 0, model.rules[index].warnsAtRest {
        report.warnings.append("the rule '\(fired.rule)' never fired")
      }
    }
    if model.relaxation != nil || !model.qubitRelaxation.isEmpty, report.relaxations == (0, 0) {
      report.warnings.append("the relaxation never fired: no operation of the circuit takes time; give times of operations")
    }
    if let unmatched, model.rules.contains(where: { $0.classes.contains(.twoQubit) }) {
      report.warnings.append(
        "no rule is for \(unmatched), on three or more qubits, while gates on two have errors; add a rule for many-qubit")
    }
  }

  /// Instructions on a time line of their own, from 0 on, after which some qubits wait until its end.
  private mutating func noisy(
    _ instructions: [Instruction], _ schedule: Schedule, keeping kept: [Int], until end: Double
  ) -> [Instruction] {
    var busyUntil: [Int: Double] = [:]
    var result: [Instruction] = []
    for (index, instruction) in instructions.enumerated() {
      let (start, duration) = (schedule.starts[index], schedule.durations[index])
      let qubits = instruction.kind == .barrier ? [] : instruction.qubits
      for qubit in qubits { result += wait(qubit, from: busyUntil[qubit] ?? 0, until: start) }
      result += noisy(instruction, duration: duration)
      for qubit in qubits { busyUntil[qubit] = start + duration }
    }
    for qubit in kept { result += wait(qubit, from: busyUntil[qubit] ?? 0, until: end) }
    return result
  }

  /// A qubit in |0> before its first operation relaxes like any other: towards the same state where that is cold.
  private mutating func wait(_ qubit: Int, from start: Double, until time: Double) -> [Instruction] {
    let gap = time - start
    guard gap > 1e-12 * time, let relaxation = model.relaxation(of: qubit) else { return [] }
    report.relaxations.waiting += 1
    return [.channel(relaxation.channel(time: gap), on: qubit)]
  }

  private mutating func noisy(_ instruction: Instruction, duration: Double) -> [Instruction] {
    if !instruction.blocks.isEmpty {
      // Whichever branch is taken, all qubits of the instruction are kept until the longer one would end.
      return [
        instruction.mappingWholeBlocks { block in
          noisy(block, Schedule(block, times: model.times), keeping: instruction.qubits, until: duration)
        }
      ]
    }
    var changed = instruction
    var added: [Instruction] = []
    let matching = model.rules.indices.filter { model.rules[$0].matches(instruction) }
    if matching.isEmpty, instruction.gateClasses.contains(.manyQubit) { unmatched = unmatched ?? instruction.description }
    for index in matching {
      let rule = model.rules[index]
      guard let more = rule.additions(to: instruction) else {
        misfits[index] = misfits[index] ?? instruction.description
        continue
      }
      if case .overRotation(let fraction) = rule.effect {
        let scaled = changed.scalingAngles(by: 1 + fraction)
        if scaled == changed { continue }
        changed = scaled
      } else if more.isEmpty {
        continue
      }
      added += more
      report.count(index)
    }
    if duration > 0, !instruction.gateClasses.isEmpty {
      for qubit in instruction.qubits {
        guard let relaxation = model.relaxation(of: qubit) else { continue }
        added.append(.channel(relaxation.channel(time: duration), on: qubit))
        report.relaxations.during += 1
      }
    }
    added = added.map { channel in
      var located = channel
      located.source = instruction.source
      return located
    }
    return instruction.gateClasses.contains(.measurement) ? added + [changed] : [changed] + added
  }
}

extension Instruction {
  fileprivate func scalingAngles(by factor: Angle) -> Instruction {
    var result = self
    switch kind {
    case .gate(let gate, let angles): result.kind = .gate(gate, angles: angles.map { factor * $0 })
    case .pauliRotation(let word, let angle): result.kind = .pauliRotation(word, factor * angle)
    default: break
    }
    return result
  }
}
