import Execution
import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

/// A state run in tiles is the state run as a whole: values, gradients, for every gate, precision, kernel level and thread count.
struct TileLaws {
  typealias Setting = EngineLaws.Setting

  /// Tiles of 5 and 6 qubits, of which every precision keeps the lowest 4 or more together.
  static let shapes = [TileShape(bits: 5, lowBits: 4), TileShape(bits: 6, lowBits: 4), TileShape(bits: 6, lowBits: 5)]

  @Test(arguments: Gate.allCases)
  func everyGateGivesTheReferenceState(_ gate: Gate) throws {
    var source = RandomSource(seed: 51, stream: UInt64(Gate.allCases.firstIndex(of: gate)!))
    for qubits in 6...8 {
      let model = RandomCircuit(.init(qubits: qubits, length: 12, gate: gate), &source)
      let expected = ReferenceState(after: model.circuit, parameters: model.parameters, features: model.features.row(0))
      for setting in Setting.all {
        for shape in Self.shapes {
          let runner = try CircuitRunner(
            model.circuit, precision: setting.precision, loop: ParallelLoop(threads: 2), level: setting.level, tiles: .shape(shape))
          let state = try runner.run(parameters: model.parameters, features: model.features.row(0))
          #expect(
            maximumDifference(state.amplitudes(.littleEndian), expected.amplitudes) < setting.tolerance,
            "\(setting), \(shape), \(qubits) qubits")
        }
      }
    }
  }

  @Test(arguments: 0..<20)
  func gradientsEqualThoseOfTheWholeState(_ number: Int) throws {
    var source = RandomSource(seed: 52, stream: UInt64(number))
    let model = RandomCircuit(.init(qubits: 6 + number % 4, length: 16, samples: 2), &source)
    for setting in Setting.all {
      let function = try CircuitFunction.expectation(
        of: model.observables, after: model.circuit, precision: setting.precision, level: setting.level)
      let whole = DeterminismLaws.Results(
        try function.running(in: .none).valueWithGradient(
          features: model.features, parameters: model.parameters, cotangents: model.cotangents))
      for shape in Self.shapes {
        let tiled = try Self.results(function.running(in: .shape(shape)), model, threads: 1)
        Self.expectClose(tiled, whole, 10 * setting.tolerance, "\(setting), \(shape)")
        #expect(try Self.results(function.running(in: .shape(shape)), model, threads: 2) == tiled, "\(setting), \(shape)")
      }
    }
  }

  @Test(arguments: 14...17)
  func largeStatesEqualThoseRunAsAWhole(_ qubits: Int) throws {
    var source = RandomSource(seed: 53, stream: UInt64(qubits))
    let model = RandomCircuit(.init(qubits: qubits, length: 24, samples: 1), &source)
    let function = try model.expectation()
    let whole = try Self.results(function.running(in: .none), model, threads: 2)
    let tiles = TileChoice.shape(TileShape(bits: 13, lowBits: 7))
    for tiled in [function, function.running(in: tiles)] {
      let found = try Self.results(tiled, model, threads: 1)
      Self.expectClose(found, whole, 1e-11, "\(qubits) qubits")
      #expect(try Self.results(tiled, model, threads: 2) == found)
    }
  }

  private static func results(
    _ function: CircuitFunction, _ model: RandomCircuit, threads: Int
  ) throws -> DeterminismLaws.Results {
    var function = function
    function.loop = ParallelLoop(threads: threads)
    return DeterminismLaws.Results(
      try function.valueWithGradient(features: model.features, parameters: model.parameters, cotangents: model.cotangents))
  }

  private static func expectClose(
    _ found: DeterminismLaws.Results, _ expected: DeterminismLaws.Results, _ tolerance: Double, _ comment: Comment
  ) {
    let scale = 1 + (expected.parameters + expected.features.elements).map(\.magnitude).max()!
    #expect(maximumDifference(found.values.elements, expected.values.elements) < scale * tolerance, comment)
    #expect(maximumDifference(found.parameters, expected.parameters) < scale * tolerance, comment)
    #expect(maximumDifference(found.features.elements, expected.features.elements) < scale * tolerance, comment)
  }
}
