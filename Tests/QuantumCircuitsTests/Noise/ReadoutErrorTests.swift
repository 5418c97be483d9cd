import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

/// Reported values follow the confusion matrices, and observables give the mean of reported values.
struct ReadoutErrorTests {
  private static func confusion(_ size: Int, _ source: inout RandomSource) -> RealMatrix {
    var matrix = RealMatrix(rows: size, columns: size)
    for column in 0..<size {
      let raw = (0..<size).map { ($0 == column ? 5 : 0) + source.uniform() }
      for row in 0..<size { matrix[row, column] = raw[row] / raw.reduce(0, +) }
    }
    return matrix
  }

  @Test func observablesGiveTheMeanOfReportedValues() throws {
    var source = RandomSource(seed: 51)
    var readout = ReadoutError()
    try readout.add(Self.confusion(2, &source), on: [1])
    try readout.add(Self.confusion(4, &source), on: [3, 0])
    let raw = (0..<16).map { _ in source.uniform() }
    let probabilities = raw.map { $0 / raw.reduce(0, +) }
    let reported = readout.applied(to: probabilities, of: [0, 1, 2, 3])
    #expect(abs(reported.reduce(0, +) - 1) < 1e-14)
    func mean(_ mask: UInt64, _ probabilities: [Double]) -> Double {
      probabilities.enumerated().reduce(0) { $0 + ((UInt64($1.offset) & mask).nonzeroBitCount % 2 == 0 ? $1.element : -$1.element) }
    }
    for mask in UInt64(0)..<16 {
      let observable = readout.applied(to: PauliSum(1, PauliWord(xMask: 0, zMask: mask)))
      let expected = observable.terms.reduce(0) { $0 + $1.coefficient * mean($1.word.zMask, probabilities) }
      #expect(abs(mean(mask, reported) - expected) < 1e-14, "mask \(mask)")
    }
  }

  @Test func oneQubitShrinksAndShiftsEveryPauliMatrix() throws {
    let readout = try ReadoutError(p01: 0.02, p10: 0.05, qubits: [0])
    let sum = readout.applied(to: X(0).pauliSum)
    #expect(abs(sum.coefficient(of: PauliWord([X(0)])) - 0.93) < 1e-15)
    #expect(abs(sum.constant - 0.03) < 1e-15)
  }

  @Test func aColumnMustBeADistribution() {
    #expect(throws: ChannelError.self) {
      var readout = ReadoutError()
      try readout.add([[0.9, 0.2], [0.2, 0.8]], on: [0])
    }
  }
}
