import Foundation
import OpenQASM
import QuantumCircuits
import QuantumStates
import TestSupport
import Testing

@Suite struct IncludeTests {
  /// Writes files into a new folder and reads the first of them.
  private func read(_ files: KeyValuePairs<String, String>) throws -> (folder: String, result: Result<CircuitFile, OpenQASMError>) {
    try withTemporaryFolder { folder in
      for (name, text) in files {
        let url = URL(filePath: folder).appending(path: name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: url, atomically: true, encoding: .utf8)
      }
      return (folder, result(of: "\(folder)/\(files[0].key)"))
    }
  }

  private func result(of path: String) -> Result<CircuitFile, OpenQASMError> {
    do {
      return .success(try CircuitFile(contentsOf: path))
    } catch {
      return .failure(error)
    }
  }

  @Test func pathsAreRelativeToTheFileThatIncludes() throws {
    let file = try read([
      "main.qasm": "OPENQASM 2.0;\ninclude \"qelib1.inc\";\ninclude \"parts/gates.inc\";\nqreg q[2];\ntwice q[1];\n",
      "parts/gates.inc": "include \"more.inc\";\ngate twice a { once a; once a; }\n", "parts/more.inc": "gate once a { x a; }\n",
    ]).result.get()
    #expect(
      file.circuit
        == Circuit(qubits: 2) {
          X(1); X(1)
        })
  }

  @Test func aMistakeInAPartShowsThePart() throws {
    let (folder, result) = try read([
      "main.qasm": "OPENQASM 3.0;\ninclude \"part.inc\";\nqubit q;\n", "part.inc": "gate g a { y a }\n",
    ])
    guard case .failure(let error) = result else { throw CancellationError() }
    #expect(error.description == "\(folder)/part.inc:1:15: expected ;, found }\n  gate g a { y a }\n                ^")
  }

  @Test func circlesAreFound() throws {
    let (_, result) = try read([
      "a.qasm": "OPENQASM 3.0;\ninclude \"b.qasm\";\nqubit q;\n", "b.qasm": "include \"a.qasm\";\n",
    ])
    guard case .failure(let error) = result else { throw CancellationError() }
    #expect(error.reason == .includeCycle("a.qasm"))
    #expect(error.place?.line == 1)
  }

  @Test func whatIsNoTextIsRefused() throws {
    try withTemporaryFolder { folder in
      try Data(Array("OPENQASM 3.0;\nqubit ".utf8) + [0xFF, 0xFE]).write(to: URL(filePath: "\(folder)/a.qasm"))
      guard case .failure(let error) = result(of: "\(folder)/a.qasm") else { throw CancellationError() }
      #expect(error.description.hasPrefix("\(folder)/a.qasm:2:7: the byte 0xff is no UTF-8 text; save the file as UTF-8\n"))
      guard case .failure(let missing) = result(of: "\(folder)/none.qasm") else { throw CancellationError() }
      #expect(missing.description == "cannot read \(folder)/none.qasm: No such file or directory. Check the path.")
    }
  }
}
