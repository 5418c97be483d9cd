import Foundation
import Testing

/// Counts as `hilbert run` shows them: a column for each register, outputs alone where there are some, no variables.
@Suite struct CountColumnsTests {
  private let folder: TemporaryFolder
  private static let head = "OPENQASM 3.0;\ninclude \"stdgates.inc\";\n"
  private static let registers =
    "qubit[5] q;\nbit[2] a;\nbit b;\nbit[2] last;\nx q[0];\nx q[4];\na = measure q[0:1];\n"
    + "b = measure q[2];\nlast = measure q[3:4];\n"

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(Self.head + Self.registers, to: "registers.qasm")
    try folder.write(Self.head + Self.registers.replacing("bit b", with: "output bit b"), to: "output.qasm")
    try folder.write(
      Self.head
        + """
        qubit[3] q;
        bit[2] c;
        int[8] n = 0;
        x q[0];
        c[0] = measure q[0];
        if (c[0]) { n = n + 3; }
        for int i in [1:2] { bit local = measure q[i]; if (local) { x q[0]; } }
        if (n == 3) { x q[1]; }
        c[1] = measure q[1];

        """, to: "variables.qasm")
  }

  private func text(_ arguments: String...) throws -> String {
    let process = try HilbertProcess(arguments: ["run"] + arguments, in: folder)
    #expect(process.status == 0 && process.error == "", "\(process.error)")
    return process.output
  }

  private func json(_ arguments: String...) throws -> [String: Any] {
    try HilbertProcess(arguments: ["run"] + arguments + ["--format", "json"], in: folder).json()
  }

  /// As in the counts of other programs, the register declared last stands left, and bit 0 of each right.
  @Test func registersAreColumns() throws {
    #expect(
      try text("registers.qasm", "--shots", "10") == """
        5 qubits, state-vector, 10 shots; the register declared last stands on the left, bit 0 of each is its rightmost digit

        last  b   a  count
        ----  -  --  -----
          10  0  01     10

        """)
    let object = try json("registers.qasm", "--shots", "10")
    #expect(object["counts"] as? [String: Int] == ["10001": 10])
    let registers = try #require(object["registers"] as? [[String: Any]])
    #expect(registers.map { $0["name"] as? String } == ["a", "b", "last"] && registers.map { $0["size"] as? Int } == [2, 1, 2])
    #expect(registers.allSatisfy { $0["output"] as? Bool == false })
  }

  /// The others are summed over, and named; JSON has all bits, and says which register is an output.
  @Test func outputsStandAlone() throws {
    #expect(
      try text("output.qasm", "--shots", "10") == """
        5 qubits, state-vector, 10 shots; bit 0 of b is its rightmost digit; a, last are no output

        b  count
        -  -----
        0     10

        """)
    let object = try json("output.qasm", "--shots", "10")
    #expect(object["counts"] as? [String: Int] == ["10001": 10])
    #expect((object["registers"] as? [[String: Any]])?.map { $0["output"] as? Bool } == [false, true, false])
  }

  @Test(arguments: ["automatic", "trajectories"])
  func variablesAreNotCounted(_ method: String) throws {
    #expect(
      try text("variables.qasm", "--shots", "10", "--method", method).hasSuffix(
        "; bit 0 of c is its rightmost digit\n\n c  count\n--  -----\n11     10\n"))
    #expect(try json("variables.qasm", "--shots", "10", "--method", method)["counts"] as? [String: Int] == ["11": 10])
  }

  /// A marginal distribution, and every way of drawing shots.
  @Test func everyMethodCountsTheSameBits() throws {
    let loop =
      Self.head
      + "qubit[3] q;\n{ bit kept = measure q[0]; }\n{ bit other = measure q[1]; }\nbit[2] c;\nx q[2];\nc[1] = measure q[2];\n"
    try folder.write(loop, to: "loop.qasm")
    for method in ["state-vector", "density-matrix", "trajectories", "stabilizer"] {
      #expect(try json("loop.qasm", "--shots", "7", "--method", method)["counts"] as? [String: Int] == ["10": 7], "\(method)")
    }
    // Variables are no reason to refuse: 3 x 32 bits are more than counts are kept of.
    let wide = Self.head + "qubit[1] q;\nbit c;\nint a = 0; int b = 0; int d = 0;\nx q[0];\nc = measure q[0];\n"
    try folder.write(wide + "if (c) { a = 1; b = 2; d = 3; }\n", to: "wide.qasm")
    #expect(try json("wide.qasm", "--shots", "7")["counts"] as? [String: Int] == ["1": 7])
  }

  @Test func withoutBitsQubitsAreCounted() throws {
    try folder.write(Self.head + "qubit[2] q;\nx q[0];\n", to: "qubits.qasm")
    #expect(
      try text("qubits.qasm", "--shots", "10")
        == "2 qubits, state-vector, 10 shots; qubit 0 is the rightmost digit\n\nqubits  count\n------  -----\n    01     10\n")
    #expect(try json("qubits.qasm", "--shots", "10")["registers"] == nil)
    let both = try text("registers.qasm", "--shots", "10", "--expectation", "Z0")
    #expect(!both.contains("qubit 0 is"), "no digits of qubits are shown")
  }
}
