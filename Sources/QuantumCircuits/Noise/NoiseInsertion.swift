import QuantumStates

/// Walks a circuit and inserts the channels of a noise model.
struct NoiseInsertion {
  private let model: NoiseModel
  private let qubitCount: Int
  private(set) var result: [Instruction] = []
  private(set) var report: NoiseReport
  /// By rule: the first operation that its channel did not fit.
  private var misfits: [Int: String] = [:]
  /// When each qubit was last busy.
  private var busyUntil: [Double]

  init(_ model: NoiseModel, qubitCount: Int) {
    self.model = model
    self.qubitCount = qubitCount
    report = NoiseReport(rules: model.rules)
    busyUntil = Array(repeating: 0, count: qubitCount)
  }

  mutating func run(_ circuit: Circuit) {
    let schedule = Schedule(circuit, times: model.times)
    report.duration = schedule.total
    for (index, instruction) in circuit.instructions.enumerated() {
      let (start, duration) = (schedule.starts[index], schedule.durations[index])
      if instruction.kind != .barrier { for qubit in instruction.qubits { wait(qubit, until: start) } }
      result += noisy(instruction, duration: duration)
      for qubit in instruction.qubits where instruction.kind != .barrier { busyUntil[qubit] = start + duration }
    }
    for qubit in 0..<qubitCount where busyUntil[qubit] > 0 { wait(qubit, until: schedule.total) }
    for (rule, fired) in report.fired.enumerated() {
      if let misfit = misfits[rule] {
        report.warnings.append(
          "the rule '\(fired.rule)' matched \(misfit), on another number of qubits than its channel; it added nothing there")
      } else if fired.count == 0 {
        report.warnings.append("the rule '\(fired.rule)' never fired")
      }
    }
  }

  /// A qubit in |0> before its first operation relaxes like any other: towards the same state where that is cold.
  private mutating func wait(_ qubit: Int, until time: Double) {
    let gap = time - busyUntil[qubit]
    guard gap > 1e-12 * time, let relaxation = model.relaxation(of: qubit) else { return }
    result.append(.channel(relaxation.channel(time: gap), on: qubit))
    report.relaxations.waiting += 1
  }

  private mutating func noisy(_ instruction: Instruction, duration: Double) -> [Instruction] {
    if !instruction.blocks.isEmpty {
      return [instruction.flatMappingBlocks { noisy($0, duration: model.times.duration(of: $0)) }]
    }
    var changed = instruction
    var added: [Instruction] = []
    for (index, rule) in model.rules.enumerated() where rule.matches(instruction) {
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

  /// The instruction with every instruction of its blocks replaced by others.
  fileprivate func flatMappingBlocks(_ transform: (Instruction) -> [Instruction]) -> Instruction {
    var result = self
    switch kind {
    case .conditional(let condition, let then, let otherwise):
      result.kind = .conditional(condition, then: then.flatMap(transform), otherwise: otherwise.flatMap(transform))
    case .loop(let condition, let limit, let body): result.kind = .loop(condition, limit: limit, body: body.flatMap(transform))
    default: break
    }
    return result
  }
}
