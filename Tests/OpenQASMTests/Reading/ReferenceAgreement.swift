import Foundation
import LinearAlgebra
import OpenQASM
import QuantumCircuits
import TestSupport
import Testing

/// A program and the state that another simulator makes of it, from References/amplitudes.json.
struct ReferenceProgram: Decodable, Sendable, CustomTestStringConvertible {
  let name: String
  let source: String
  let inputs: [String: Double]
  let amplitudes: [[Double]]

  var testDescription: String { name }

  static let all: [ReferenceProgram] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "References/amplitudes.json")
    return try! JSONDecoder().decode([ReferenceProgram].self, from: Data(contentsOf: file))
  }()
}

/// Qiskit and the Braket default simulator make the same states of the same programs.
@Suite struct ReferenceAgreement {
  @Test func thereAreManyPrograms() { #expect(ReferenceProgram.all.count > 100) }

  @Test(arguments: ReferenceProgram.all)
  func amplitudesAgree(_ program: ReferenceProgram) throws {
    let file = try CircuitFile(openQASM: program.source, named: program.name)
    let parameters = try file.inputs.map { try #require(program.inputs[$0.name]) }
    let expected = program.amplitudes.map { Complex($0[0], $0[1]) }
    let found = try amplitudes(
      file.circuit.removingFinalMeasurements, parameters: Array(parameters.prefix(file.circuit.parameterCount)))
    // One phase of the whole state is free: that which makes the largest amplitude agree.
    let place = expected.indices.max { expected[$0].length < expected[$1].length }!
    let phase = found[place] / expected[place]
    #expect((phase.length - 1).magnitude < Tolerance.double)
    #expect(maximumDifference(found, expected.map { phase * $0 }) < Tolerance.double)
  }
}
