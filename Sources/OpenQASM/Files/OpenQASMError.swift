import Execution
import QuantumCircuits

/// Why a text is no circuit: what is wrong, where it stands, and what to do.
///
/// ```
/// bell.qasm:4:12: there is no q[5]: q has 2, q[0] to q[1]
///   cx q[0], q[5];
///              ^
/// ```
public struct OpenQASMError: Error, Sendable, Hashable {
  /// What is wrong.
  public let reason: Reason
  /// Where; nil when it is the file as a whole.
  public let place: SourcePlace?

  public init(_ reason: Reason, at place: SourcePlace? = nil) {
    self.reason = reason
    self.place = place
  }

  /// The ways in which a text can fail to be a circuit.
  public enum Reason: Sendable, Hashable {
    // The text.
    case unreadable(FileFailure)
    case notText(byte: UInt8)
    case unexpectedCharacter(String)
    case unterminated(String)
    case badNumber(String, reason: String)
    case expected(String, found: String)
    case badVersion(String)
    case tooDeep(limit: Int)
    // What the language has and Hilbert has not, or this version of the language has not.
    case unsupported(feature: String, advice: String)
    case otherVersion(feature: String, version: String)
    // Names.
    case unknown(kind: String, name: String, nearest: [String], advice: String)
    case alreadyDefined(String, line: Int?)
    case wrongKind(name: String, found: String, expected: String)
    // Gates and qubits.
    case wrongAngleCount(gate: String, expected: Int, found: Int)
    case wrongQubitCount(gate: String, expected: Int, found: Int)
    case repeatedQubit(String)
    case indexOutOfRange(Int, name: String, size: Int)
    case sizesDiffer(what: String, expected: Int, found: Int)
    case badSize(what: String, found: Int)
    // Values.
    case wrongType(expected: String, found: String)
    case notKnown(what: String, dependsOn: String)
    case arithmetic(String)
    case missingInput(name: String, type: String)
    case wrongArgumentCount(function: String, expected: String, found: Int)
    case misplaced(String, advice: String)
    case limit(String, limit: Int, advice: String)
    case includeCycle(String)
    case noQubits
    case circuit(CircuitError.Reason)
  }
}

extension OpenQASMError: CustomStringConvertible {
  /// The place, the message, and below them the line with a mark under what is meant.
  public var description: String {
    guard let place else { return "\(reason)" }
    return "\(place): \(reason)\n\(place.excerpt)"
  }
}

extension OpenQASMError.Reason: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unreadable(let failure): "cannot read \(failure.path): \(failure.reason). \(failure.advice)"
    case .notText(let byte):
      "the byte 0x\(String(byte, radix: 16)) is no UTF-8 text; save the file as UTF-8"
    case .unexpectedCharacter(let character): "\(character) has no place in OpenQASM here; remove it"
    case .unterminated(let what): "\(what) begins here and has no end"
    case .badNumber(let text, let reason): "\(text) is no number: \(reason)"
    case .expected(let expected, let found): "expected \(expected), found \(found)"
    case .badVersion(let text): "there is no OpenQASM \(text) here; write OPENQASM 2.0; or OPENQASM 3.0;"
    case .tooDeep(let limit): "more than \(limit) levels inside each other; name the inner parts and use their names"
    case .unsupported(let feature, let advice): "\(feature) is not supported; \(advice)"
    case .otherVersion(let feature, let version):
      "\(feature) belongs to OpenQASM \(version); begin the file with OPENQASM \(version);"
    case .unknown(let kind, let name, let nearest, let advice):
      "there is no \(kind) \(name)" + (nearest.isEmpty ? "" : " (did you mean \(nearest.joined(separator: ", "))?)") + "; \(advice)"
    case .alreadyDefined(let name, let line):
      "\(name) is already defined\(line.map { " in line \($0)" } ?? ""); choose another name"
    case .wrongKind(let name, let found, let expected): "\(name) is \(found), and here stands \(expected)"
    case .wrongAngleCount(let gate, let expected, let found):
      "\(gate) takes \(count(expected, "angle")) in parentheses, got \(found == 0 ? "none" : "\(found)")"
    case .wrongQubitCount(let gate, let expected, let found): "\(gate) acts on \(count(expected, "qubit")), got \(found)"
    case .repeatedQubit(let name): "\(name) is named twice; all qubits of a gate must differ"
    case .indexOutOfRange(let index, let name, let size):
      "there is no \(name)[\(index)]: \(name) has \(size), \(name)[0] to \(name)[\(size - 1)]"
    case .sizesDiffer(let what, let expected, let found): "\(what) must have the same size, got \(expected) and \(found)"
    case .badSize(let what, let found): "\(what) has a size of at least 1, not \(found)"
    case .wrongType(let expected, let found): "expected \(expected), got \(found)"
    case .notKnown(let what, let dependsOn):
      "\(what) must be known when the file is read, but this depends on \(dependsOn)"
    case .arithmetic(let message): message
    case .missingInput(let name, let type):
      "the input \(name) is \(type) and must be known when the file is read; give its value (--input \(name)=VALUE)"
    case .wrongArgumentCount(let function, let expected, let found): "\(function) takes \(expected), got \(found)"
    case .misplaced(let what, let advice): "\(what); \(advice)"
    case .limit(let what, let limit, let advice): "\(what): the limit is \(limit); \(advice)"
    case .includeCycle(let path): "\(path) includes itself; remove one of the includes"
    case .noQubits: "the file declares no qubits; declare some, for example qubit[2] q;"
    case .circuit(let reason): reason.description
    }
  }

  private func count(_ number: Int, _ what: String) -> String {
    number == 0 ? "no \(what)s" : number == 1 ? "1 \(what)" : "\(number) \(what)s"
  }
}
