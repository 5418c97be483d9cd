import Execution
import QuantumCircuits
import Stabilizers

extension CircuitRun {
  /// Bits of a shot.
  var finalBitCount: Int { circuit.bitCount == 0 ? circuit.qubitCount : circuit.bitCount }

  /// Shots of a Clifford circuit, counted.
  func drawFromStabilizers(_ shots: Int, _ final: Circuit, into samples: inout [SampleResult]) throws {
    for row in samples.indices {
      var source = source(ofSample: row, stream: 0)
      let program = try final.stabilizerProgram(
        parameters: inputs.parameters(of: final), features: inputs.isBatch ? inputs.features(of: final).row(row) : [],
        readout: noise?.readout)
      samples[row].counts = program.counts(of: countedBits, shots: shots, seed: source.next(), loop: loop).named
    }
  }

  /// Shots of a Clifford circuit, written as they are drawn.
  func writeBits(_ shots: Int, _ final: Circuit, to path: String) throws {
    var source = source(ofSample: 0, stream: 0)
    let program = try final.stabilizerProgram(parameters: inputs.parameters(of: final), readout: noise?.readout)
    do {
      try WholeFile.write(to: path) { write throws(FileFailure) in
        try program.sample(shots: shots, seed: source.next(), loop: loop) { rows, _ throws(FileFailure) in try write(rows) }
      }
    } catch {
      throw Failure(.cannotWrite, "cannot write \(path): \(error.reason). \(error.advice)")
    }
  }
}
