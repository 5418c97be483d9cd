import ArgumentParser
import OpenQASM
import QuantumCircuits
import Reports

/// `hilbert optimize`: a circuit file with fewer gates.
struct OptimizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "optimize", abstract: "Write a circuit file with fewer gates and the same unitary, and say what was saved.",
    discussion: """
      Rotations about one axis become one, gates meet their inverses, identities go, beyond gates that commute. Global phase and every
      input are kept: where an input would be lost, gates that cancel stay. Measurements and blocks are walls. Without --output the
      circuit goes to standard output and the table to standard error.
      """)

  @OptionGroup var source: CircuitFileOptions

  @Option(help: "The file to write.")
  var output: String?

  @Option(help: "The format: qasm3, qasm2 or json (default: the one that the output's ending promises, else qasm3).")
  var to: CircuitFormat?

  @OptionGroup var shared: SharedOptions

  func run() throws {
    let stopwatch = Stopwatch()
    let circuit = try source.read()
    let (optimized, report) = circuit.optimized()
    let text = try (to ?? output.flatMap { CircuitFormat(path: $0) } ?? .qasm3).text(optimized)
    if let output { try CircuitText.write(text, to: output) }
    let names = Dictionary(circuit.inputs.map { ($0.symbol, $0.name) }, uniquingKeysWith: { first, _ in first })
    let result = OptimizeResult(
      before: report.before, after: report.after,
      applied: Dictionary(uniqueKeysWithValues: report.applied.map { ($0.key.rawValue, $0.value) }),
      keptInputs: report.keptSymbols.map { names[$0] ?? "\($0)" }, output: output, circuit: output == nil ? text : nil)
    if shared.format == .text, output == nil {
      shared.note(result.text)
      try StandardStreams.writeOutput(text)
    } else {
      try result.write(as: shared.format, shared.conditions(stopwatch: stopwatch))
    }
  }
}

private struct OptimizeResult: CommandResult {
  var command: String { "optimize" }

  let before: CircuitSize
  let after: CircuitSize
  /// How often each rule was applied.
  let applied: [String: Int]
  /// Inputs for whose sake something stayed.
  let keptInputs: [String]
  let output: String?
  let circuit: String?

  var text: String {
    func row(_ name: String, _ size: (CircuitSize) -> Int) -> [String] { [name, "\(size(before))", "\(size(after))"] }
    let names = Set(before.counts.keys).union(after.counts.keys).sorted()
    let rows =
      [row("operations", \.operations), row("depth", \.depth), row("two-qubit", \.twoQubit)]
      + names.map { name in row("  " + name) { $0.counts[name] ?? 0 } }
    let kept =
      keptInputs.isEmpty ? "" : "kept for \(keptInputs.joined(separator: ", ")): gates that cancel, but hold the only use of it\n"
    return Table(columns: ["", "before", "after"], rows: rows).text + "\n" + kept
  }
}

extension CircuitFile {
  /// The file with its circuit optimized. A remark keeps its place: what stands before it and after it is optimized apart, and an
  /// annotation keeps its instruction.
  fileprivate func optimized() -> (CircuitFile, OptimizationReport) {
    let all = circuit.instructions
    var walls = Set(remarks.map(\.place))
    for remark in remarks where remark.text.hasPrefix("@") { walls.insert(remark.place + 1) }
    let edges = [0] + walls.filter { 0 < $0 && $0 < all.count }.sorted() + [all.count]
    if edges.count == 2 {
      let result = circuit.optimized()
      var file = self
      file.circuit = result.circuit
      if !remarks.isEmpty {
        file.remarks = remarks.map { Remark($0.text, place: $0.place == 0 ? 0 : result.circuit.instructions.count) }
      }
      return (file, result.report)
    }
    var (joined, applied) = (Circuit(qubits: circuit.qubitCount, registers: circuit.registers), [OptimizationRule: Int]())
    var (places, kept): ([Int: Int], Set<Angle.Symbol>) = ([:], [])
    for (start, end) in zip(edges, edges.dropFirst()) {
      places[start] = joined.instructions.count
      var part = Circuit(qubits: circuit.qubitCount, registers: circuit.registers)
      part.append(Array(all[start..<end]))
      let result = part.optimized()
      applied.merge(result.report.applied, uniquingKeysWith: +)
      kept.formUnion(result.report.keptSymbols)
      joined.append(result.circuit.instructions)
    }
    var file = self
    file.circuit = joined
    file.remarks = remarks.map { Remark($0.text, place: places[$0.place] ?? joined.instructions.count) }
    let report = OptimizationReport(
      before: CircuitSize(circuit), after: CircuitSize(joined), applied: applied, keptSymbols: kept.sorted())
    return (file, report)
  }
}
