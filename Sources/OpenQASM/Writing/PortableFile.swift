import LinearAlgebra
import QuantumCircuits
import QuantumStates

/// A circuit file in what every reader of OpenQASM knows, and what that left out.
public struct PortableFile: Sendable, Hashable {
  /// The file.
  public let file: CircuitFile
  /// What only Hilbert reads and is not in it, each in a few words; nothing of it changes what the circuit does to its qubits and
  /// bits.
  public let leftOut: [String]

  /// The file as OpenQASM without pragmas, annotations, arrays and indices in braces.
  ///
  /// - Throws: `WritingError` as `CircuitFile.openQASM` does.
  public func openQASM(_ version: OpenQASMVersion = .three) throws(WritingError) -> String {
    switch version {
    case .two:
      var writer = try OpenQASM2Writer(file)
      return try writer.text()
    case .three:
      var writer = try OpenQASM3Writer(file, isPortable: true)
      return try writer.text()
    }
  }
}

extension CircuitFile {
  /// The file in what every reader of OpenQASM knows.
  ///
  /// Elements of arrays become inputs of their own (`w[2]` is `w_2`), Pauli rotations and matrices on one or two qubits become
  /// gates, and for version 2 phases of the whole state go. Observables, annotations, outputs and snapshots are left out, and
  /// listed.
  ///
  /// - Throws: `WritingError` for what no gate can stand for: channels, preparations, larger matrices, tanh.
  public func portable(for version: OpenQASMVersion = .three) throws(WritingError) -> PortableFile {
    var lowering = PortableLowering(version: version)
    var result = self
    result.circuit = Circuit(qubits: circuit.qubitCount, registers: circuit.registers)
    result.circuit.append(try lowering.block(circuit.instructions))
    var leftOut = observables.map { "the observable \($0)" } + remarks.map { "\"\($0.text)\"" }
    if !outputs.isEmpty { leftOut.append("that \(outputs.joined(separator: ", ")) is output") }
    let features = inputs.filter { $0.symbol.isFeature }.map(\.name)
    if !features.isEmpty { leftOut.append("that \(features.joined(separator: ", ")) take data") }
    result.inputs = inputs.map { CircuitInput(String($0.name.map { $0 == "[" ? "_" : $0 }.filter { $0 != "]" }), $0.symbol) }
    (result.outputs, result.variables, result.observables, result.remarks) = ([], [], [], [])
    return PortableFile(file: result, leftOut: leftOut + lowering.leftOut)
  }
}

/// Turns instructions into gates.
private struct PortableLowering {
  let version: OpenQASMVersion
  private(set) var leftOut: [String] = []

  init(version: OpenQASMVersion) { self.version = version }

  mutating func block(_ instructions: [Instruction]) throws(WritingError) -> [Instruction] {
    var result: [Instruction] = []
    for instruction in instructions { result += try lowered(instruction) }
    return result
  }

  private mutating func lowered(_ instruction: Instruction) throws(WritingError) -> [Instruction] {
    if instruction.angles.contains(where: AngleWriting.usesHyperbolicTangent) {
      throw refusal(instruction, "the language has no tanh", "bind its inputs to numbers with --input")
    }
    switch instruction.kind {
    case .gate(.gphase, _) where version == .two && instruction.controls.isEmpty: return []
    case .gate(.u, let angles) where version == .two && instruction.controls.isEmpty:
      return [.gate(.u3, angles: angles, qubits: instruction.targets)]
    case .gate(.u, let angles) where !instruction.controls.isEmpty: return Self.euler(angles, instruction)
    case .gate, .barrier, .assignment: return [instruction]
    case .measurement(let bits):
      // Not every reader knows sets of indices.
      return zip(instruction.targets, bits).map { Instruction(.measurement(bits: [$1]), targets: [$0]) }
    case .reset: return instruction.targets.map { Instruction(.reset, targets: [$0]) }
    case .conditional(let condition, let then, let otherwise):
      return [
        Instruction(.conditional(condition, then: try block(then), otherwise: try block(otherwise)), targets: [])
      ]
    case .loop(let condition, let limit, let body):
      leftOut.append("the limit of \(limit) rounds of a loop")
      return [Instruction(.loop(condition, limit: limit, body: try block(body)), targets: [])]
    case .pauliRotation(let word, let angle): return rotation(word, angle, instruction)
    case .unitary(let matrix): return try gates(matrix, instruction)
    case .diagonal(let entries) where instruction.targets.count <= 2: return try gates(.diagonal(entries), instruction)
    case .permutation(let images) where instruction.targets.count <= 2:
      var matrix = ComplexMatrix(rows: images.count, columns: images.count)
      for (column, row) in images.enumerated() { matrix[row, column] = 1 }
      return try gates(matrix, instruction)
    case .snapshot(let snapshot):
      leftOut.append("the snapshot \(snapshot.label)")
      return []
    case .diagonal, .permutation, .preparation, .channel:
      throw refusal(instruction, "other programs have no word for it", "write it without --portable, or as JSON")
    }
  }

  /// U under controls by rotations: readers differ on its phase, which controls make visible.
  private static func euler(_ angles: [Angle], _ instruction: Instruction) -> [Instruction] {
    let target = instruction.targets[0]
    let steps = [
      RZ(angles[2], target), RY(angles[0], target), RZ(angles[1], target),
      GlobalPhase(0.5 * (angles[0] + angles[1] + angles[2])),
    ]
    return steps.map { $0.controlled(by: instruction.controls) }
  }

  private func refusal(_ instruction: Instruction, _ reason: String, _ advice: String) -> WritingError {
    WritingError(format: "Portable OpenQASM \(version.rawValue)", construct: "\(instruction)", reason: reason, advice: advice)
  }

  /// exp(-i angle/2 P): the parity of P's qubits, each turned to Z, on the last of them.
  private func rotation(_ word: PauliWord, _ angle: Angle, _ instruction: Instruction) -> [Instruction] {
    let qubits = instruction.targets.indices.filter { word[$0] != nil }
    guard let last = qubits.last else {
      return version == .two && instruction.controls.isEmpty ? [] : [GlobalPhase(-0.5 * angle).controlled(by: instruction.controls)]
    }
    let turns = qubits.compactMap { place -> Instruction? in
      switch word[place] {
      case .x: H(instruction.targets[place])
      case .y: RX(.pi / 2, instruction.targets[place])
      default: nil
      }
    }
    let parity = qubits.dropLast().map { CX(instruction.targets[$0], instruction.targets[last]) }
    var result = turns + parity
    result.append(RZ(angle, instruction.targets[last]).controlled(by: instruction.controls))
    result += parity.reversed()
    result += turns.reversed().map(\.inverse)
    return result
  }

  /// Gates of a matrix on one or two qubits, with its phase where something can see it.
  private func gates(_ matrix: ComplexMatrix, _ instruction: Instruction) throws(WritingError) -> [Instruction] {
    let targets = instruction.targets
    guard targets.count <= 2, targets.count == 1 || instruction.controls.isEmpty else {
      throw refusal(
        instruction, "as gates it would be a synthesis of its own", "write it without --portable, or build it from gates")
    }
    var circuit = Circuit(qubits: targets.count)
    if targets.count == 1 { circuit.append(Instruction.euler(matrix, on: 0)) } else { circuit.appendTwoQubit(matrix, on: 0, 1) }
    let made = circuit.instructions
    let built = made.matrix(on: Array(targets.indices)) ?? matrix
    // The largest entry tells the phase best.
    let place = matrix.elements.indices.max { matrix.elements[$0].length < matrix.elements[$1].length }!
    let phase = (matrix.elements[place] / built.elements[place]).phase
    let needsPhase = phase.magnitude > 1e-12 && !(version == .two && instruction.controls.isEmpty)
    let gates = made.map { $0.mapped(to: targets) } + (needsPhase ? [GlobalPhase(Angle(phase))] : [])
    return gates.flatMap { step -> [Instruction] in
      let controlled = step.controlled(by: instruction.controls)
      guard case .gate(.u, let angles) = step.kind else { return [controlled] }
      if !instruction.controls.isEmpty { return Self.euler(angles, controlled) }
      return [version == .two ? .gate(.u3, angles: angles, qubits: step.targets) : step]
    }
  }
}
