import Testing

/// What `hilbert run` cannot do, refused in a whole message with the status that conventions promise.
@Suite struct RunRefusalTests {
  private static let files = [
    "ansatz.qasm":
      "OPENQASM 3.0;\ninclude \"stdgates.inc\";\ninput float[64] theta;\nqubit[2] q;\nry(theta) q[0];\n",
    "bell.qasm": "OPENQASM 2.0;\ninclude \"qelib1.inc\";\nqreg q[2];\ncreg c[2];\nh q[0];\ncx q[0], q[1];\nmeasure q -> c;\n",
    "dynamic.qasm":
      "OPENQASM 3.0;\ninclude \"stdgates.inc\";\nqubit[1] q;\nbit[1] c;\nh q[0];\nc[0] = measure q[0];\nif (c[0]) { x q[0]; }\n",
    "wide.qasm": "OPENQASM 3.0;\ninclude \"stdgates.inc\";\nqubit[20] q;\nh q;\n",
    "wider.qasm": "OPENQASM 3.0;\ninclude \"stdgates.inc\";\nqubit[100] q;\nh q;\n",
    "array.qasm":
      "OPENQASM 3.0;\ninclude \"stdgates.inc\";\ninput array[float[64], 5] w;\ninput float[64] theta;\nqubit[1] q;\n"
      + "for int i in [0:4] { rx(w[i] + theta) q[0]; }\n",
    "endless.qasm":
      "OPENQASM 3.0;\ninclude \"stdgates.inc\";\nqubit[1] q;\nbit[1] c;\nx q[0];\nc[0] = measure q[0];\n"
      + "while (c[0]) { c[0] = measure q[0]; }\n",
    "twice.csv": "theta,theta\n1,2\n",
    "points.csv": "theta,height\n1,2\n", "bad.csv": "theta\n1\ntwo\n",
    "noise.yaml": "rules: [{on: [one-qubit], channel: bit_flip, p: 0.1}]\n",
    "pair.yaml": "readout: [{qubits: [0, 1], matrix: [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]}]\n",
    "old.json": "{\"schema\": \"hilbert.circuit/0\", \"qubits\": [], \"instructions\": []}",
    "gate.json":
      "{\"schema\": \"hilbert.circuit/1\", \"qubits\": [{\"name\": \"q\", \"size\": 1}], \"instructions\": [{\"gate\": \"hadamard\", \"qubits\": [0]}]}",
    "qubit.json":
      "{\"schema\": \"hilbert.circuit/1\", \"qubits\": [{\"name\": \"q\", \"size\": 1}], \"instructions\": [{\"gate\": \"h\", \"qubits\": [3]}]}",
  ]

  @Test(arguments: [
    ("bell.qasm --shots 0", 64, "Error: --shots wants a whole number of at least 1, found 0"),
    (
      "bell.qasm --shots 10 --top 3", 64,
      "Error: --top and --qubits choose among amplitudes and probabilities; add --amplitudes or --probabilities"
    ),
    ("bell.qasm --shots -5", 64, "Error: --shots wants a whole number of at least 1, found -5"),
    ("ansatz.qasm", 64, "hilbert: the circuit takes theta: give --input theta=VALUE, or a table with --inputs FILE.csv"),
    ("ansatz.qasm --input theta", 64, "hilbert: --input wants NAME=NUMBER, or NAME=NUMBER,NUMBER,... for an array, found theta"),
    ("ansatz.qasm --input theta=1 --input theta=2", 64, "hilbert: --input theta is given twice"),
    (
      "ansatz.qasm --input thta=1", 64,
      "hilbert: --input thta: there is no input thta, did you mean theta? the inputs are theta"
    ),
    (
      "array.qasm", 64,
      "hilbert: the circuit takes w (5 numbers), theta: give --input w=VALUE,VALUE,..., or a table with --inputs FILE.csv"
    ),
    (
      "array.qasm --input theta=1 --input w=1,2", 64,
      "hilbert: w is an array of 5 numbers, and w[2] is not given: list all of them, --input w=VALUE,VALUE,..."
    ),
    (
      "array.qasm --input theta=1 --input w=1,2,3,4,5,6", 64,
      "hilbert: --input w: w is an array of 5 numbers, got 6; write w=VALUE,VALUE,..."
    ),
    (
      "array.qasm --input theta=1 --input w=1", 64,
      "hilbert: --input w: w is an array of 5 numbers, got 1; write w=VALUE,VALUE,..."
    ),
    ("array.qasm --input theta=1,2", 64, "hilbert: --input theta: theta is one number, got 2; write theta=VALUE"),
    ("array.qasm --input v=1", 64, "hilbert: --input v: there is no input v; the inputs are w (5 numbers), theta"),
    (
      "endless.qasm", 65,
      "hilbert: endless.qasm: a while loop still goes on after 1000 rounds in some shot; see that its condition ends, or write "
        + "@hilbert.limit 10000 on the line before it"
    ),
    ("ansatz.qasm --inputs twice.csv", 65, "hilbert: twice.csv: two columns are named theta; rename or remove one of them"),
    ("bell.qasm --input a=1", 64, "hilbert: --input a: the circuit has no inputs; leave it out"),
    (
      "ansatz.qasm --inputs points.csv", 65,
      "hilbert: points.csv, column height: there is no input height; the inputs are theta, or remove the column"
    ),
    (
      "ansatz.qasm --inputs bad.csv", 65,
      "hilbert: bad.csv, line 3, column theta: \"two\" is not a finite number. Correct or remove that row."
    ),
    ("ansatz.qasm --inputs none.csv", 74, "hilbert: none.csv: cannot be read (No such file or directory). Check the path."),
    (
      "ansatz.qasm --inputs points.csv --input theta=1", 64,
      "hilbert: theta is given by --input and by a column of points.csv; keep one of them"
    ),
    (
      "bell.qasm --expectation Z5", 64,
      "hilbert: --expectation Z5: there is no qubit 5, the circuit has 2"
    ),
    ("bell.qasm --gradient", 64, "hilbert: --gradient needs something to differentiate: give --expectation OBSERVABLE"),
    ("bell.qasm --probabilities --qubits 0,0", 64, "hilbert: --qubits wants different whole numbers such as 0,3, found 0,0"),
    ("bell.qasm --probabilities --qubits 2", 64, "hilbert: --qubits: there is no qubit 2, the circuit has 2"),
    ("bell.qasm --amplitudes --qubits 1", 64, "hilbert: --qubits chooses probabilities; for amplitudes take --top K"),
    ("wide.qasm --amplitudes", 64, "hilbert: 20 qubits have 2^20 amplitudes; take --top K for the largest ones"),
    ("wider.qasm", 64, "hilbert: 100 qubits have 2^100 probabilities; take --top K, or --qubits LIST for fewer qubits"),
    (
      "wider.qasm --shots 5 --method stabilizer", 65,
      "hilbert: the circuit has 100 qubits, and counts are kept of at most 62; measure fewer into classical bits, or take --method "
        + "stabilizer with --bits FILE"
    ),
    ("wide.qasm", 64, "hilbert: 20 qubits have 2^20 probabilities; take --top K, or --qubits LIST for fewer qubits"),
    (
      "dynamic.qasm --amplitudes", 64,
      "hilbert: --amplitudes needs a pure state, and this run has none (trajectories); take --shots for counts"
    ),
    (
      "dynamic.qasm --probabilities", 64,
      "hilbert: --probabilities is exact, and this run is one of trajectories; take --shots for counts"
    ),
    (
      "dynamic.qasm --expectation Z0", 64,
      "hilbert: expectation values of this run are estimated by trajectories; give --shots, their number"
    ),
    (
      "dynamic.qasm --expectation Z0 --shots 10 --gradient", 64,
      "hilbert: --gradient needs exact expectation values, and this run is one of trajectories"
    ),
    (
      "dynamic.qasm --shots 10 --method state-vector", 64,
      "hilbert: --method state-vector cannot run measurements before the end, conditions and loops; take --method trajectories with --shots"
    ),
    (
      "bell.qasm --noise noise.yaml --method state-vector", 64,
      "hilbert: --method state-vector cannot hold noise and resets; take --method density-matrix or trajectories"
    ),
    (
      "bell.qasm --noise noise.yaml --amplitudes", 64,
      "hilbert: --amplitudes needs a pure state, and this run has none (density-matrix); take --probabilities or --shots"
    ),
    (
      "bell.qasm --noise pair.yaml --probabilities --qubits 1", 64,
      "hilbert: --qubits: the noise model confuses qubits [0, 1] together; list all of them or none"
    ),
    ("bell.qasm --noise none.yaml", 74, "hilbert: cannot read none.yaml: No such file or directory. Check the path."),
    ("none.qasm", 74, "hilbert: cannot read none.qasm: No such file or directory. Check the path."),
    ("none.json", 74, "hilbert: cannot read none.json: No such file or directory. Check the path."),
    (
      "old.json", 65,
      "hilbert: old.json, schema: \"hilbert.circuit/0\" is no schema of circuits; this version reads \"hilbert.circuit/1\""
    ),
    ("gate.json", 65, "hilbert: gate.json, instructions[0].gate: there is no gate \"hadamard\""),
    (
      "qubit.json", 65,
      "hilbert: qubit.json, instructions: H(3): there is no qubit 3 in a circuit of 1; qubits are 0...0"
    ),
  ])
  func refusals(arguments: String, status: Int32, message: String) throws {
    let folder = try TemporaryFolder()
    for (name, text) in Self.files { try folder.write(text, to: name) }
    let process = try HilbertProcess(arguments: ["run"] + arguments.split(separator: " ").map(String.init), in: folder)
    #expect(process.status == status)
    #expect(process.output == "")
    #expect(process.error.split(separator: "\n").first.map(String.init) == message)
  }
}
