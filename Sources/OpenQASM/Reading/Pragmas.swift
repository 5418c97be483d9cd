import LinearAlgebra
import QuantumCircuits
import QuantumStates

// Pragmas: what a circuit can hold and OpenQASM has no words for.

extension FileReader {
  /// The words after `#pragma hilbert`.
  static let pragmaWords = [
    "diagonal", "noise", "observable", "pauli_rotation", "permutation", "prepare", "snapshot", "unitary",
  ]

  func carryOut(_ pragma: PragmaSyntax, at mark: Mark) throws(OpenQASMError) {
    switch pragma {
    case .foreign(let text):
      guard measuredDepth == 0, callDepth == 0 else {
        throw error(
          .unsupported(feature: "a pragma of another program inside a block", advice: "put it before the block"), at: mark)
      }
      remarks.append(Remark(text, place: instructions.count))
    case .observable(let text, let place):
      do {
        observables.append((try PauliSum(text), place))
      } catch .syntax(_, let offset, let expected) {
        let characters = Array(text)
        let before = String(characters[..<min(offset, characters.count)]).utf8.count
        let start = Int(place.start) + before
        throw error(
          .expected(expected, found: offset < characters.count ? String(characters[offset]) : "the end of the line"),
          at: Mark(file: Int(place.file), start: start, end: min(start + 1, Int(place.start + place.length))))
      } catch let fault {
        throw error(.arithmetic("\(fault)"), at: place)
      }
    case .instruction(let call, let isNoise): try carryOut(call, isNoise: isNoise, at: mark)
    }
  }

  private func carryOut(_ call: GateCall, isNoise: Bool, at mark: Mark) throws(OpenQASMError) {
    var targets: [Int] = []
    for operand in call.operands { targets += try qubits(operand).qubits }
    try checkDifferent(targets, in: call.operands)
    var controls: [Control] = []
    for modifier in call.modifiers {
      guard modifier.argument == nil, modifier.kind == .control || modifier.kind == .negativeControl else {
        throw error(
          .unsupported(feature: "\(modifier.kind.rawValue) in a pragma", advice: "only ctrl and negctrl stand here"),
          at: modifier.mark)
      }
      guard let qubit = targets.first else {
        throw error(.expected("a qubit for each ctrl", found: "the end of the line"), at: mark)
      }
      targets.removeFirst()
      controls.append(Control(qubit, isOne: modifier.kind == .control))
    }
    let kind = isNoise ? .channel(try channel(call, targets.count)) : try kind(of: call, targets.count, at: mark)
    try emit(Instruction(kind, targets: targets, controls: controls), at: mark)
  }

  private func kind(of call: GateCall, _ qubitCount: Int, at mark: Mark) throws(OpenQASMError) -> Instruction.Kind {
    let limit = 12
    guard qubitCount <= limit || !["unitary", "diagonal", "permutation"].contains(call.name) else {
      throw error(.limit("\(call.name) on \(qubitCount) qubits", limit: limit, advice: "write it as gates"), at: call.nameMark)
    }
    switch call.name {
    case "unitary": return .unitary(try matrix(try argument(call, 0, of: 1...1)))
    case "diagonal":
      let list = try self.list(try argument(call, 0, of: 1...1))
      return .diagonal(try list.map { (v) throws(OpenQASMError) in try complex(v, at: call.arguments[0].mark) })
    case "permutation":
      let list = try self.list(try argument(call, 0, of: 1...1))
      return .permutation(try list.map { (v) throws(OpenQASMError) in try integer(v, "an image", at: call.arguments[0].mark) })
    case "pauli_rotation":
      return .pauliRotation(try word(try argument(call, 1, of: 2...2), qubitCount), try gateAngle(call.arguments[0]))
    case "prepare":
      let real = try angles(try argument(call, 0, of: 1...2))
      return .preparation(
        AmplitudePreparation(real: real, imaginary: call.arguments.count > 1 ? try angles(call.arguments[1]) : []))
    case "snapshot":
      let label = try text(try argument(call, 0, of: 1...2))
      guard call.arguments.count > 1 else { return .snapshot(StateSnapshot(label, .probabilities)) }
      return .snapshot(StateSnapshot(label, .expectation(try sum(call.arguments[1]))))
    default:
      let advice = "Hilbert's are \(Self.pragmaWords.joined(separator: ", "))"
      throw error(
        .unknown(kind: "pragma", name: call.name, nearest: nearest(to: call.name, among: Self.pragmaWords), advice: advice),
        at: call.nameMark)
    }
  }

  private func channel(_ call: GateCall, _ qubitCount: Int) throws(OpenQASMError) -> Channel {
    if let kind = ChannelKind(rawValue: call.name) {
      let row = kind.row
      guard call.arguments.count == row.strengths.count else {
        let names = row.strengths.map(\.name).joined(separator: ", ")
        let expected = "\(row.strengths.count) number\(row.strengths.count == 1 ? "" : "s") (\(names))"
        throw error(.wrongArgumentCount(function: call.name, expected: expected, found: call.arguments.count), at: call.nameMark)
      }
      guard 1...4 ~= qubitCount, qubitCount == row.qubitCount ?? qubitCount else {
        throw error(.wrongQubitCount(gate: call.name, expected: row.qubitCount ?? 1, found: qubitCount), at: call.nameMark)
      }
      return Channel(kind, try call.arguments.map { (e) throws(OpenQASMError) in try gateAngle(e) }, qubitCount: qubitCount)
    }
    switch call.name {
    case "paulis", "pauli_lindblad":
      let words = try list(try argument(call, 0, of: 2...2)).map { (v) throws(OpenQASMError) in
        try word(v, qubitCount, at: call.arguments[0].mark)
      }
      let numbers = try angles(call.arguments[1])
      guard words.count == numbers.count, 1...4 ~= qubitCount, words.allSatisfy({ !$0.isIdentity }), Set(words).count == words.count
      else {
        let advice = "give as many numbers as words, the words different and none the identity, on 1 to 4 qubits"
        throw error(
          .misplaced("\(call.name) has \(words.count) words and \(numbers.count) numbers on \(qubitCount) qubits", advice: advice),
          at: call.nameMark)
      }
      return call.name == "paulis"
        ? .paulis(zip(words, numbers).map { (word: $0, probability: $1) }, qubitCount: qubitCount)
        : .pauliLindblad(zip(words, numbers).map { (word: $0, rate: $1) }, qubitCount: qubitCount)
    case "kraus":
      // A name may stand before the matrices.
      let first = try argument(call, 0, of: 1...2)
      let matrices = call.arguments.last ?? first
      guard case .array(let items) = matrices.kind, !items.isEmpty else {
        throw error(.expected("a list of matrices", found: text(of: matrices.mark)), at: matrices.mark)
      }
      let name = call.arguments.count == 2 ? try text(first) : "Kraus"
      let operators = try items.map { (e) throws(OpenQASMError) in try matrix(e) }
      guard operators.allSatisfy({ $0.rows == 1 << min(qubitCount, 10) && $0.columns == $0.rows }), 1...4 ~= qubitCount else {
        throw error(
          .sizesDiffer(
            what: "Kraus operators and 2^(number of qubits)", expected: 1 << min(qubitCount, 10), found: operators[0].rows),
          at: call.nameMark)
      }
      do {
        return try Channel(kraus: operators, name: name)
      } catch let fault {
        throw error(.circuit(.channel(fault)), at: call.nameMark)
      }
    default:
      let names = ChannelKind.allCases.map(\.rawValue) + ["paulis", "pauli_lindblad", "kraus"]
      let advice = "channels are \(names.joined(separator: ", "))"
      throw error(
        .unknown(kind: "channel", name: call.name, nearest: nearest(to: call.name, among: names), advice: advice), at: call.nameMark
      )
    }
  }

  // MARK: Arguments

  private func argument(_ call: GateCall, _ place: Int, of counts: ClosedRange<Int>) throws(OpenQASMError) -> Expression {
    guard counts.contains(call.arguments.count) else {
      let expected = counts.upperBound == 1 ? "1 argument" : "\(counts.upperBound) arguments"
      throw error(.wrongArgumentCount(function: call.name, expected: expected, found: call.arguments.count), at: call.nameMark)
    }
    return call.arguments[place]
  }

  private func list(_ expression: Expression) throws(OpenQASMError) -> [Value] {
    guard case .array(let values) = try evaluate(expression), !values.isEmpty else {
      throw error(.expected("a list in brackets", found: text(of: expression.mark)), at: expression.mark)
    }
    return values
  }

  private func angles(_ expression: Expression) throws(OpenQASMError) -> [Angle] {
    try list(expression).map { (v) throws(OpenQASMError) in try angle(v, at: expression.mark) }
  }

  private func matrix(_ expression: Expression) throws(OpenQASMError) -> ComplexMatrix {
    var rows: [[Complex<Double>]] = []
    for row in try list(expression) {
      guard case .array(let entries) = row else {
        throw error(.expected("rows in brackets", found: text(of: expression.mark)), at: expression.mark)
      }
      rows.append(try entries.map { (v) throws(OpenQASMError) in try complex(v, at: expression.mark) })
      guard rows[0].count == rows.last!.count, !rows[0].isEmpty else {
        throw error(
          .sizesDiffer(what: "the rows of a matrix", expected: rows[0].count, found: rows.last!.count), at: expression.mark)
      }
    }
    return ComplexMatrix(rows)
  }

  private func text(_ expression: Expression) throws(OpenQASMError) -> String {
    switch try evaluate(expression) {
    case .text(let text): return text
    // A label may well be made of zeros and ones.
    case .bits: return String(text(of: expression.mark).dropFirst().dropLast())
    default: throw error(.expected("a text in quotes", found: text(of: expression.mark)), at: expression.mark)
    }
  }

  private func sum(_ expression: Expression) throws(OpenQASMError) -> PauliSum {
    do {
      return try PauliSum(try text(expression))
    } catch let fault as OpenQASMError {
      throw fault
    } catch {
      throw self.error(.expected("an observable such as 0.5 X0 Z1", found: text(of: expression.mark)), at: expression.mark)
    }
  }

  private func word(_ expression: Expression, _ qubitCount: Int) throws(OpenQASMError) -> PauliWord {
    try word(.text(try text(expression)), qubitCount, at: expression.mark)
  }

  private func word(_ value: Value, _ qubitCount: Int, at mark: Mark) throws(OpenQASMError) -> PauliWord {
    guard case .text(let text) = value, let sum = try? PauliSum(text), sum.terms.count == 1, sum.terms[0].coefficient == 1,
      sum.qubitCount <= qubitCount
    else {
      throw error(
        .expected("a Pauli word such as \"X0 Z1\" on the \(qubitCount) qubits of the line", found: self.text(of: mark)), at: mark)
    }
    return sum.terms[0].word
  }
}
