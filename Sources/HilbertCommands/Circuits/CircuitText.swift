import ArgumentParser
import Execution
import OpenQASM
import QuantumCircuits

/// The formats in which circuits travel.
enum CircuitFormat: String, CaseIterable, ExpressibleByArgument {
  case qasm3, qasm2, json

  /// The format that a file's ending promises; nil for endings that are none of ours.
  init?(path: String) {
    switch path.split(separator: ".").last.map({ $0.lowercased() }) {
    case "qasm", "qasm3": self = .qasm3
    case "qasm2": self = .qasm2
    case "json": self = .json
    default: return nil
    }
  }

  /// The version of OpenQASM; nil for JSON.
  var version: OpenQASMVersion? {
    switch self {
    case .qasm3: .three
    case .qasm2: .two
    case .json: nil
    }
  }

  /// The file in this format.
  func text(_ file: CircuitFile) throws(WritingError) -> String {
    switch self {
    case .qasm3: try file.openQASM(.three)
    case .qasm2: try file.openQASM(.two)
    case .json: file.json
    }
  }
}

/// Circuits on disk: OpenQASM of both versions, and JSON where a file is called so.
enum CircuitText {
  /// Reads a circuit.
  ///
  /// - Parameter values: numbers given to inputs by name. Those that the file must know while it is read, such as `input int n`,
  ///   are taken from here and become part of the circuit; all others stay inputs.
  /// - Returns: the file, and the names that were used up in reading.
  static func read(_ path: String, values: [String: Double] = [:]) throws -> (file: CircuitFile, used: Set<String>) {
    if CircuitFormat(path: path) == .json {
      return (try CircuitFile(json: TextFile.read(path), named: path), [])
    }
    var known: [String: Double] = [:]
    while true {
      do {
        return (try CircuitFile(contentsOf: path, options: ReadingOptions(values: known)), Set(known.keys))
      } catch {
        guard case .missingInput(let name, _) = error.reason, known[name] == nil, let value = values[name] else { throw error }
        known[name] = value
      }
    }
  }

  /// Writes a circuit to a file, in the format that is named or that the file's ending promises.
  static func write(_ file: CircuitFile, to path: String, as format: CircuitFormat?) throws {
    guard let format = format ?? CircuitFormat(path: path) else {
      throw Failure(.usage, "--output \(path) has no ending .qasm or .json; name the format with --to")
    }
    try write(format.text(file), to: path)
  }

  /// Writes a text to a file, whole or not at all.
  static func write(_ text: String, to path: String) throws(Failure) {
    do {
      try WholeFile.write(Array(text.utf8), to: path)
    } catch {
      throw Failure(.cannotWrite, "cannot write \(path): \(error.reason). \(error.advice)")
    }
  }
}

extension CircuitFile {
  /// The names that drawings show.
  var drawingNames: DrawingNames {
    DrawingNames(
      qubits: qubitRegisters.flatMap { register in
        register.qubits.count == 1 && qubitRegisters.count > 1
          ? [register.name] : register.qubits.map { "\(register.name)[\($0 - register.qubits.lowerBound)]" }
      },
      symbols: Dictionary(inputs.map { ($0.symbol, $0.name) }, uniquingKeysWith: { first, _ in first }))
  }
}
