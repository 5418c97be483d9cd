import LinearAlgebra
import QuantumCircuits

// Gate definitions: checked once when they are read, and recognised where they define what the gate table has.

extension FileReader {
  func defineGate(_ syntax: GateSyntax, at mark: Mark) throws(OpenQASMError) {
    try requireOutermost("a gate", at: mark)
    guard !syntax.qubits.isEmpty else {
      throw error(
        .misplaced("the gate \(syntax.name) has no qubits", advice: "name at least one after its name"), at: syntax.nameMark)
    }
    // Version 2 knows no fixed library: what a file defines counts, also where an include has the name.
    if version == .three, libraryGates[syntax.name] != nil {
      throw error(.alreadyDefined(syntax.name, line: nil), at: syntax.nameMark)
    }
    try checkBody(syntax.body)
    if let row = recognised(syntax) { return try define(syntax.name, .gate(.table(row)), at: syntax.nameMark) }
    try define(syntax.name, .gate(.defined(syntax)), at: syntax.nameMark)
  }

  /// A gate is unitary: it holds gates, barriers, and loops and conditions that are known.
  private func checkBody(_ statements: [Statement]) throws(OpenQASMError) {
    for statement in statements {
      switch statement.kind {
      case .gateCall, .barrier, .idle, .breakLoop, .continueLoop: break
      case .forLoop(_, _, _, let body), .whileLoop(_, let body), .block(let body): try checkBody(body)
      case .conditional(_, let then, let otherwise):
        try checkBody(then)
        try checkBody(otherwise)
      case .switchCase(_, let cases, let otherwise):
        for (_, body) in cases { try checkBody(body) }
        try checkBody(otherwise)
      default:
        let advice = "a gate holds gates only; use def for measurements, resets and variables"
        throw error(.misplaced("this has no place in a gate", advice: advice), at: statement.mark)
      }
    }
  }

  /// The row of the gate table that a definition repeats: same name, angles, qubits, and the same matrix at several angles.
  ///
  /// Files of other programs define the gates that no library has; with the row they run, and are differentiated, as one gate.
  private func recognised(_ syntax: GateSyntax) -> TableGate? {
    guard let gate = Gate(rawValue: syntax.name), gate.angleCount == syntax.angles.count, gate.qubitCount == syntax.qubits.count
    else {
      return nil
    }
    let qubits = Array(0..<gate.qubitCount)
    for sample in gate.angleCount == 0 ? [0.0] : [0.37, -1.91, 3.3, 7.7] {
      let angles = (0..<gate.angleCount).map { sample + 0.711 * Double($0 + 1) * (sample < 1 ? 1 : -1) }
      guard
        let body = attempt({ reader throws(OpenQASMError) in
          try reader.writtenOut(syntax, angles.map { Angle($0) }, qubits, at: syntax.nameMark)
        }), body.count < 10_000, let matrix = body.matrix(on: qubits)
      else { return nil }
      let expected = gate.matrix(angles: angles)
      // Version 2 has no controls that would make a phase visible.
      var phase = Complex<Double>(1)
      if version == .two,
        let place = expected.elements.indices.max(by: { expected.elements[$0].length < expected.elements[$1].length })
      {
        phase = matrix.elements[place] / expected.elements[place]
        guard (phase.length - 1).magnitude < 1e-9 else { return nil }
      }
      guard zip(matrix.elements, expected.elements).allSatisfy({ ($0 - phase * $1).length < 1e-9 }) else { return nil }
    }
    return TableGate(gate)
  }

  /// What a trial gives, or nil, and the reader as it was: a mistake is reported where the gate is used.
  private func attempt<Result>(_ trial: (FileReader) throws(OpenQASMError) -> Result) -> Result? {
    let (depths, kept) = ((callDepth, gateDepth, loopDepth, nesting, scopes.count), (instructions, instructionCount))
    defer {
      (callDepth, gateDepth, loopDepth, nesting) = (depths.0, depths.1, depths.2, depths.3)
      scopes.removeLast(scopes.count - depths.4)
      (instructions, instructionCount) = kept
    }
    return try? trial(self)
  }
}
