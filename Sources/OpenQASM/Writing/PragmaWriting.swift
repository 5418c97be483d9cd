import LinearAlgebra
import QuantumCircuits
import QuantumStates

// What OpenQASM has no words for: matrices, Pauli rotations, preparations, channels, snapshots.

extension OpenQASM3Writer {
  mutating func writePragma(_ instruction: Instruction) throws(WritingError) {
    let call: String
    switch instruction.kind {
    case .unitary(let matrix): call = "unitary(\(Self.matrix(matrix)))"
    case .diagonal(let entries): call = "diagonal([\(Self.list(entries))])"
    case .permutation(let images): call = "permutation([\(images.map(String.init).joined(separator: ", "))])"
    case .pauliRotation(let word, let angle): call = "pauli_rotation(\(try angles.text(angle)), \"\(word)\")"
    case .preparation(let preparation):
      let imaginary = preparation.imaginary.isEmpty ? "" : ", [\(try angles.list(preparation.imaginary))]"
      call = "prepare([\(try angles.list(preparation.real))]\(imaginary))"
    case .channel(let channel): call = "noise \(try self.channel(channel))"
    case .snapshot(let snapshot):
      guard !snapshot.label.contains(where: { "\"\\\n\r".contains($0) }) else {
        throw refusal(instruction, "its label has quotation marks or line breaks", "rename it")
      }
      switch snapshot.content {
      case .expectation(let observable): call = "snapshot(\"\(snapshot.label)\", \"\(observable)\")"
      case .probabilities: call = "snapshot(\"\(snapshot.label)\")"
      }
    case .gate, .barrier, .measurement, .reset, .assignment, .conditional, .loop:
      preconditionFailure("OpenQASM3Writer: \(instruction) has a statement of its own")
    }
    // Controls of these kinds are all added ones.
    let qubits = instruction.controls.map(\.qubit) + instruction.targets
    line("#pragma hilbert \(modifiers(instruction.controls))\(call)\(qubits.isEmpty ? "" : " ")\(names.qubits(qubits))")
  }

  private func channel(_ channel: Channel) throws(WritingError) -> String {
    let strengths = try angles.list(channel.strengths)
    func words(_ words: [PauliWord]) -> String { words.map { "\"\($0)\"" }.joined(separator: ", ") }
    switch channel.form {
    case .row(let kind): return "\(kind.rawValue)(\(strengths))"
    case .paulis(let list): return "paulis([\(words(list))], [\(strengths)])"
    case .generators(let list): return "pauli_lindblad([\(words(list))], [\(strengths)])"
    case .kraus(let operators):
      let name = channel.name == "Kraus" ? "" : "\"\(channel.name)\", "
      return "kraus(\(name)[\(operators.map(Self.matrix).joined(separator: ", "))])"
    }
  }

  /// The rows of a matrix in brackets.
  static func matrix(_ matrix: ComplexMatrix) -> String {
    let rows = (0..<matrix.rows).map { row in "[\(list((0..<matrix.columns).map { matrix[row, $0] }))]" }
    return "[\(rows.joined(separator: ", "))]"
  }

  private static func list(_ entries: [Complex<Double>]) -> String { entries.map(number).joined(separator: ", ") }

  /// For example `0.5 - 0.5im`.
  private static func number(_ value: Complex<Double>) -> String {
    let (real, imaginary) = (value.real, value.imaginary)
    if imaginary == 0 { return AngleWriting.number(real) }
    if real == 0 { return "\(AngleWriting.number(imaginary))im" }
    return "\(AngleWriting.number(real)) \(imaginary < 0 ? "-" : "+") \(AngleWriting.number(imaginary.magnitude))im"
  }
}
