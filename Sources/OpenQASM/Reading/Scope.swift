import QuantumCircuits

/// What a name stands for.
enum Binding {
  case qubits([Int], isSingle: Bool)
  /// Classical bits of the circuit, or a variable that lives in them because it depends on measurements.
  case bits([Int], ValueType)
  /// A variable whose value is known; nil before the first assignment.
  case variable(Value?, ValueType, isConstant: Bool)
  case gate(GateEntry)
  case subroutine(SubroutineSyntax)
  case function(AngleFunction)

  /// The kind as a message names it.
  var name: String {
    switch self {
    case .qubits(_, let isSingle): isSingle ? "a qubit" : "a register of qubits"
    case .bits(_, let type): type.kind == .bit ? "classical" : "a variable"
    case .variable(_, _, let isConstant): isConstant ? "a constant" : "a variable"
    case .gate: "a gate"
    case .subroutine: "a subroutine"
    case .function: "a function"
    }
  }
}

/// A name with what it stands for and where it was defined.
struct Definition {
  var binding: Binding
  /// Nil for what is built in.
  let mark: Mark?
}

/// The names of one block, gate or subroutine.
struct Scope {
  /// What lies outside of a block is visible in it; in gates and subroutines only constants, gates and subroutines of the file.
  let isClosed: Bool
  var names: [String: Definition] = [:]
  /// The stretches of bits that were declared here, by the place of their declaration.
  var localBits: [(mark: Mark, bits: Range<Int>)] = []
}

extension FileReader {
  /// What a name stands for where the reader is.
  func lookUp(_ name: String) -> Binding? {
    var place = scopes.count - 1
    while place > 0 {
      if let found = scopes[place].names[name] { return found.binding }
      if scopes[place].isClosed { break }
      place -= 1
    }
    guard let found = scopes[0].names[name]?.binding else { return nil }
    guard place > 0 else { return found }
    // Seen from inside a gate or subroutine.
    switch found {
    case .gate, .subroutine, .function, .variable(_, _, isConstant: true): return found
    case .qubits, .bits, .variable: return nil
    }
  }

  /// Defines a name in the innermost scope.
  func define(_ name: String, _ binding: Binding, at mark: Mark?) throws(OpenQASMError) {
    if let old = scopes[scopes.count - 1].names[name] {
      throw error(.alreadyDefined(name, line: old.mark.map { place(of: $0).line }), at: mark)
    }
    if scopes.count == 1, Self.constants[name] != nil || name == "U" {
      throw error(.alreadyDefined(name, line: nil), at: mark)
    }
    scopes[scopes.count - 1].names[name] = Definition(binding: binding, mark: mark)
  }

  /// Replaces what a name stands for where it is defined.
  func rebind(_ name: String, _ binding: Binding) {
    for place in scopes.indices.reversed() where scopes[place].names[name] != nil {
      scopes[place].names[name]?.binding = binding
      return
    }
  }

  /// The error that there is no such name, with those that look like it.
  func unknown(_ kind: String, _ name: String, at mark: Mark, advice: String, where fits: (Binding) -> Bool) -> OpenQASMError {
    let visible = Set(scopes.flatMap(\.names.keys)).filter { lookUp($0).map(fits) ?? false }
    return error(.unknown(kind: kind, name: name, nearest: nearest(to: name, among: visible.sorted()), advice: advice), at: mark)
  }
}
