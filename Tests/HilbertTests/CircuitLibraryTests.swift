import Foundation
import Hilbert
import Testing

/// Every file of Circuits gives what its row of the table says, and travels through every format unchanged.
@Suite struct CircuitLibraryTests {
  private static func file(_ path: String) throws -> CircuitFile {
    try CircuitFile(contentsOf: Repository.root.appending(path: "Circuits/\(path)").path)
  }

  @Test func theTableNamesEveryFile() {
    let files = Repository.files(under: "Circuits/", ending: ".qasm").map { String($0.path.dropFirst("Circuits/".count)) }
    #expect(files.count >= 40)
    #expect(Set(files) == Set(CircuitRow.all.map(\.path)))
    #expect(CircuitRow.all.allSatisfy { !$0.expected.isEmpty })
  }

  @Test(arguments: CircuitRow.all)
  func givesWhatTheTableSays(row: CircuitRow) throws {
    let file = try Self.file(row.path)
    let values = row.values(of: file)
    #expect(
      values.allSatisfy { $0.isFinite }, "inputs without numbers: \(zip(file.inputs, values).filter { !$1.isFinite }.map(\.0.name))"
    )
    let numbers = Dictionary(zip(file.inputs.map(\.symbol), values), uniquingKeysWith: { first, _ in first })
    let bound = file.circuit.substituting { Angle(numbers[$0] ?? 0) }
    let exact = bound.removingFinalMeasurements
    for expectation in row.expected {
      let found: Double
      var tolerance = expectation.tolerance
      switch expectation.kind {
      case "C":
        var source = RandomSource(seed: 1)
        let counts = try bound.run(shots: 4000, using: &source).counts
        found = Double(counts.occurrences[BitString(expectation.subject)!.value] ?? 0) / 4000
        // Five standard deviations; none where the outcome is certain.
        tolerance = 5 * (expectation.value * (1 - expectation.value) / 4000).squareRoot()
      case "P":
        let outcome = BitString(expectation.subject)!
        #expect(outcome.width == exact.qubitCount)
        found = try exact.run()[outcome.value].lengthSquared
      default:
        let observable = expectation.subject == "H" ? file.observables[0] : try PauliSum(expectation.subject)
        found = try CircuitFunction.expectation(of: [observable], after: exact).values()[0, 0]
      }
      #expect(abs(found - expectation.value) <= tolerance, "\(expectation.kind)(\(expectation.subject)) is \(found)")
    }
  }

  @Test(arguments: CircuitRow.all)
  func travels(row: CircuitRow) throws {
    let file = try Self.file(row.path)
    #expect(try CircuitFile(json: file.json) == file)
    #expect(try CircuitFile(openQASM: file.openQASM()) == file)
    let original = try Repository.text(of: "Circuits/\(row.path)")
    guard original.contains("OPENQASM 2.0") else { return }
    #expect(try CircuitFile(openQASM: file.openQASM(.two)) == file)
  }

  @Test(arguments: CircuitRow.all)
  func isNoLongerAfterOptimization(row: CircuitRow) throws {
    let circuit = try Self.file(row.path).circuit
    let result = circuit.optimized()
    #expect(result.report.after.operations <= result.report.before.operations)
    #expect(result.circuit.parameterCount == circuit.parameterCount)
  }

  @Test(arguments: CircuitRow.all)
  func canBeDrawn(row: CircuitRow) throws {
    let circuit = try Self.file(row.path).circuit
    guard circuit.instructions.count < 400 else { return }
    for width in [60, 100, 200] {
      let widest = circuit.drawing(width: width).split(separator: "\n").map(\.count).max()!
      #expect(widest <= max(width, 45))
    }
    #expect(circuit.svg().hasSuffix("</svg>\n"))
    #expect(circuit.latex().contains("\\end{quantikz}"))
  }
}
