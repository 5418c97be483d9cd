import Foundation
import Testing

/// `convert`, `draw`, `optimize`, `info` and `train --circuit` in real processes.
@Suite struct CircuitCommandTests {
  private let folder: TemporaryFolder
  private static let ansatz = """
    OPENQASM 3.0;
    include "stdgates.inc";
    input float[64] theta;
    qubit[2] q;
    h q[0];
    h q[0];
    rx(theta) q[1];
    rx(0.5) q[1];
    cx q[0], q[1];

    """

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(Self.ansatz, to: "ansatz.qasm")
  }

  private func hilbert(_ arguments: String...) throws -> HilbertProcess { try HilbertProcess(arguments: arguments, in: folder) }

  @Test func convertThereAndBack() throws {
    let json = try hilbert("convert", "ansatz.qasm", "--output", "ansatz.json")
    #expect(json.status == 0 && json.output == "" && json.error == "")
    let back = try hilbert("convert", "ansatz.json")
    #expect(back.output == Self.ansatz)
    let refused = try hilbert("convert", "ansatz.qasm", "--to", "qasm2", "--output", "old.qasm")
    #expect(refused.status == 65)
    #expect(
      refused.error
        == "hilbert: OpenQASM 2 cannot hold the input theta: it has no inputs; bind parameters and features to numbers, or write OpenQASM 3\n"
    )
    #expect(try !folder.names().contains("old.qasm"))
    let bound = try hilbert("convert", "ansatz.qasm", "--to", "qasm2", "--input", "theta=0.25")
    #expect(bound.status == 0 && bound.output.contains("rx(0.25) q[1];"))
    #expect(try hilbert("draw", "ansatz.qasm", "--input", "theta=0.25").output.contains("RX(0.25)"))
    let unknown = try hilbert("info", "ansatz.qasm", "--input", "thata=0.25")
    #expect(unknown.status == 64)
    #expect(
      unknown.error == "hilbert: --input thata: there is no input thata, did you mean theta? the inputs are theta\n")
    #expect(try hilbert("convert", "ansatz.qasm", "--output", "no/where.qasm").status == 73)
    #expect(try hilbert("convert", "ansatz.qasm", "--output", "circuit.txt").status == 64)
  }

  @Test func draw() throws {
    let text = try hilbert("draw", "ansatz.qasm")
    #expect(
      text.output == """
        q[0]: ─────┤H├────────┤H├────●─
                                     │
        q[1]: ─┤RX(theta)├─┤RX(0.5)├─⊕─

        """)
    #expect(try hilbert("draw", "ansatz.qasm", "--svg").output.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\""))
    #expect(try hilbert("draw", "ansatz.qasm", "--latex").output.hasPrefix("\\begin{quantikz}\n  \\lstick{\\text{q[0]}}"))
    #expect(try hilbert("draw", "ansatz.qasm", "--svg", "--output", "a.svg").output == "")
    #expect(try folder.names().contains("a.svg"))
    // The ending of the file decides where no option does.
    #expect(try hilbert("draw", "ansatz.qasm", "--output", "b.svg").status == 0)
    #expect(try folder.data("b.svg") == folder.data("a.svg"))
    #expect(try hilbert("draw", "ansatz.qasm", "--output", "b.tex").status == 0)
    #expect(String(decoding: try folder.data("b.tex"), as: UTF8.self).hasPrefix("\\begin{quantikz}"))
    #expect(try hilbert("draw", "ansatz.qasm", "--format", "json").json()["kind"] as? String == "text")
  }

  @Test func optimize() throws {
    let text = try hilbert("optimize", "ansatz.qasm")
    #expect(
      text.output
        == "OPENQASM 3.0;\ninclude \"stdgates.inc\";\ninput float[64] theta;\nqubit[2] q;\nrx(theta + 0.5) q[1];\ncx q[0], q[1];\n")
    #expect(text.error.contains("operations"))
    let object = try hilbert("optimize", "ansatz.qasm", "--output", "small.qasm", "--format", "json").json()
    #expect((object["before"] as? [String: Any])?["operations"] as? Int == 5)
    #expect((object["after"] as? [String: Any])?["operations"] as? Int == 2)
    #expect(object["keptInputs"] as? [String] == [])
    #expect(try folder.names().contains("small.qasm"))
  }

  @Test func info() throws {
    let object = try hilbert("info", "ansatz.qasm", "--format", "json").json()
    #expect(object["qubitCount"] as? Int == 2 && object["operations"] as? Int == 5 && object["depth"] as? Int == 3)
    #expect(object["parameters"] as? [String] == ["theta"])
    #expect((object["counts"] as? [String: Int]) == ["H": 2, "RX": 2, "CX": 1])
    let cost = try #require(object["estimate"] as? [String: Any])
    #expect(try #require(cost["seconds"] as? Double) > 0)
    #expect(try #require(cost["bytes"] as? Int) > 64)
  }

  /// Noise of a model or of the file has a cost too: a density matrix where it fits, trajectories elsewhere.
  @Test func infoUnderNoise() throws {
    try folder.write("rules: [{name: flips, on: [one-qubit], channel: bit_flip, p: 0.01}]\n", to: "flips.yaml")
    let small = try hilbert("info", "ansatz.qasm", "--noise", "flips.yaml", "--format", "json").json()
    #expect(small["method"] as? String == "density-matrix" && small["trajectories"] == nil && small["reason"] == nil)
    #expect(small["noise"] as? [String] == ["flips: 4"])
    // 4^2 numbers of 8 bytes.
    #expect((small["estimate"] as? [String: Any])?["bytes"] as? Int == 128)
    try folder.write(
      "OPENQASM 3.0;\ninclude \"stdgates.inc\";\nqubit[18] q;\nh q;\nfor int i in [0:16] { cx q[i], q[i + 1]; }\nh q;\n",
      to: "wide.qasm"
    )
    let wide = try hilbert("info", "wide.qasm", "--noise", "flips.yaml", "--format", "json").json()
    #expect(wide["method"] as? String == "trajectories" && wide["trajectories"] as? Int == 1000)
    let cost = try #require(wide["estimate"] as? [String: Any])
    #expect(try #require(cost["bytes"] as? Int) >= 16 << 18 && #require(cost["seconds"] as? Double) > 0.01)
    let text = try hilbert("info", "wide.qasm", "--noise", "flips.yaml").output
    #expect(text.contains("\n1000 trajectories  ") && text.contains("\nnoise  "), "\(text)")
  }

  @Test func portable() throws {
    try folder.write(Self.ansatz + "#pragma hilbert observable Z0\n", to: "observed.qasm")
    let process = try hilbert("convert", "observed.qasm", "--portable")
    #expect(process.output == Self.ansatz && process.error == "left out: the observable Z0\n")
    let json = try hilbert("convert", "observed.qasm", "--portable", "--to", "json")
    #expect(json.status == 64 && json.error.contains("--portable is about OpenQASM"))
    let two = try hilbert("convert", "observed.qasm", "--portable", "--to", "qasm2", "--input", "theta=0.5", "--quiet")
    #expect(two.output.hasPrefix("OPENQASM 2.0;\ninclude \"qelib1.inc\";\nqreg q[2];\nh q[0];\n") && two.error == "")
  }

  @Test func trainACircuitFile() throws {
    try folder.write(
      """
      OPENQASM 3.0;
      include "stdgates.inc";
      @hilbert.feature
      input array[float[64], 4] x;
      input array[float[64], 16] w;
      qubit[4] q;
      for int layer in [0:1] {
        for int i in [0:3] { ry(x[i]) q[i]; }
        for int i in [0:3] { ry(w[8 * layer + 2 * i]) q[i]; rz(w[8 * layer + 2 * i + 1]) q[i]; }
        for int i in [0:2] { cx q[i], q[i + 1]; }
      }
      """.replacing(" x;", with: " data;").replacing("x[i]", with: "data[i]"), to: "classifier.qasm")
    let process = try hilbert(
      "train", "--circuit", "classifier.qasm", "--data", "iris", "--observable", "Z0", "--observable", "Z1", "--observable", "Z2",
      "--epochs", "15", "--no-control", "--output", "run", "--quiet", "--format", "json")
    #expect(process.status == 0, "\(process.error)")
    let result = try process.json()
    #expect(try #require(result["testAccuracy"] as? Double) > 0.7)
    #expect(result["parameterCount"] as? Int == 16 + 4)
    // The trained circuit takes the features alone, and runs.
    let values = try hilbert(
      "run", "run/trained.qasm", "--input", "data=0.1,0.2,0.3,0.4", "--expectation", "Z0", "--format", "json")
    #expect(values.status == 0, "\(values.error)")
    // The run folder needs no other file.
    try FileManager.default.removeItem(at: folder.url.appending(path: "classifier.qasm"))
    #expect(try hilbert("evaluate", "run", "--format", "json").json()["accuracy"] as? Double == result["testAccuracy"] as? Double)
  }

  @Test(arguments: [
    ("train --circuit a.qasm", 64, "Error: --circuit needs samples: give --data NAME or a file"),
    ("train --observable Z0", 64, "Error: --observable and --features belong to --circuit FILE"),
    (
      "train x.yaml --circuit a.qasm --data iris", 64,
      "Error: --circuit is a model of its own: leave the configuration file and --preset out"
    ),
    ("draw ansatz.qasm --svg --latex", 64, "Error: give --svg or --latex, not both"),
    (
      "draw ansatz.qasm --output a.png", 64,
      "Error: --output a.png: a drawing is written as .svg, .tex or text; take an ending .svg and convert it"
    ),
    (
      "train --circuit ansatz.qasm --data iris --no-control --features theta", 65,
      "hilbert: the circuit file names no observables; give one for each class, for example --observable Z0 --observable Z1"
    ),
    (
      "train --circuit ansatz.qasm --data iris --observable Z0", 65,
      "hilbert: --circuit: the circuit has no features; mark inputs with @hilbert.feature in the file, or name them: --features theta"
    ),
    (
      "train --circuit ansatz.qasm --data iris --observable Z0 --features thta", 65,
      "hilbert: --features: unknown input 'thta'; did you mean 'theta'?; known inputs: theta"
    ),
    (
      "train --circuit ansatz.qasm --data iris --observable Q0 --features theta", 65,
      "hilbert: --observable: observable, column 1: expected a number or a Pauli factor such as Z0"
    ),
    (
      "train --circuit ansatz.qasm --data iris --observable Z0 --features theta --no-control", 65,
      "hilbert: --circuit: the circuit reads 1 features, and the samples have 4; take a configuration with data.pca: 1, or name other inputs as features"
    ),
    ("draw ansatz.qasm --width 5", 64, "Error: --width wants a whole number from 20 to 100000, found 5"),
    ("convert ansatz.qasm --output c.txt", 64, "hilbert: --output c.txt has no ending .qasm or .json; name the format with --to"),
  ])
  func wrongUsage(arguments: String, status: Int32, message: String) throws {
    let process = try HilbertProcess(arguments: arguments.split(separator: " ").map(String.init), in: folder)
    #expect(process.status == status)
    #expect(process.error.split(separator: "\n").first.map(String.init) == message)
  }
}
