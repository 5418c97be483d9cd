import Execution
import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

/// What a result may not depend on: threads, the other samples of a batch, the lanes that pad it, the time of the gradient.
struct DeterminismLaws {
  typealias Setting = EngineLaws.Setting

  struct Results: Equatable {
    let values, features: RealMatrix
    let parameters: [Double]

    init(_ result: (values: RealMatrix, gradient: CircuitGradient)) {
      (values, features, parameters) = (result.values, result.gradient.features, result.gradient.parameters)
    }
  }

  static func results(_ model: RandomCircuit, _ setting: Setting, threads: Int, rows: Range<Int>? = nil) throws -> Results {
    let function = try CircuitFunction.expectation(
      of: model.observables, after: model.circuit, precision: setting.precision, loop: ParallelLoop(threads: threads),
      level: setting.level)
    let rows = rows ?? 0..<model.features.rows
    return Results(
      try function.valueWithGradient(
        features: model.features.rows(rows), parameters: model.parameters, cotangents: model.cotangents.rows(rows)))
  }

  /// Up to 11 qubits threads share the chunks of a batch; of a batch of one chunk, and of 19 qubits, they share each state.
  @Test(arguments: [(2, 200), (5, 200), (8, 200), (11, 200), (11, 3), (13, 5), (19, 1)])
  func threadsChangeNoBit(_ qubits: Int, _ samples: Int) throws {
    var source = RandomSource(seed: 41, stream: UInt64(qubits))
    let model = RandomCircuit(.init(qubits: qubits, length: 6, samples: samples), &source)
    for setting in Setting.all {
      let one = try Self.results(model, setting, threads: 1)
      for threads in [2, 3] { #expect(try Self.results(model, setting, threads: threads) == one, "\(setting), \(threads) threads") }
    }
  }

  @Test(arguments: [2, 4, 7, 10, 12])
  func samplesAndPaddingStayApart(_ qubits: Int) throws {
    var source = RandomSource(seed: 42, stream: UInt64(qubits))
    let model = RandomCircuit(.init(qubits: qubits, length: 6, samples: 33), &source)
    for setting in Setting.all {
      let single = try (0..<33).map { try Self.results(model, setting, threads: 1, rows: $0..<$0 + 1) }
      for size in [1, 2, 15, 16, 17, 33] {
        let batch = try Self.results(model, setting, threads: 2, rows: 0..<size)
        let together = single.prefix(size)
        #expect(batch.values.elements == together.flatMap(\.values.elements), "\(setting), batch of \(size)")
        #expect(batch.features.elements == together.flatMap(\.features.elements), "\(setting), batch of \(size)")
        // Parameter gradients are sums over the batch: padded lanes would show here.
        let sums = model.parameters.indices.map { place in together.reduce(0) { $0 + $1.parameters[place] } }
        let scale = together.reduce(1) { $0 + ($1.parameters.map(\.magnitude).max() ?? 0) }
        #expect(maximumDifference(batch.parameters, sums) < scale * setting.tolerance, "\(setting), batch of \(size)")
      }
    }
  }

  @Test(arguments: [2, 6, 9, 12])
  func levelsAndPrecisionsAgreeInGradients(_ qubits: Int) throws {
    var source = RandomSource(seed: 43, stream: UInt64(qubits))
    let model = RandomCircuit(.init(qubits: qubits, samples: 19), &source)
    let expected = try Self.results(model, Setting(precision: .double, level: .baseline), threads: 1)
    let scale = 1 + (expected.parameters + expected.features.elements).map(\.magnitude).max()!
    for setting in Setting.all {
      let found = try Self.results(model, setting, threads: 1)
      #expect(maximumDifference(found.parameters, expected.parameters) < 10 * scale * setting.tolerance, "\(setting)")
      #expect(maximumDifference(found.features.elements, expected.features.elements) < 10 * scale * setting.tolerance, "\(setting)")
    }
  }

  @Test(arguments: [2, 5, 11, 12])
  func aLaterGradientIsTheSame(_ qubits: Int) throws {
    var source = RandomSource(seed: 44, stream: UInt64(qubits))
    let model = RandomCircuit(.init(qubits: qubits, samples: 35), &source)
    for precision in Precision.allCases {
      let function = try model.expectation(precision: precision)
      let fused = Results(
        try function.valueWithGradient(features: model.features, parameters: model.parameters, cotangents: model.cotangents))
      let evaluation = try function.evaluate(features: model.features, parameters: model.parameters)
      let gradient = try evaluation.gradient(cotangents: model.cotangents)
      #expect(evaluation.keepsStates && gradient.evaluations == 1 && gradient.method == .adjoint)
      #expect(Results((evaluation.values, gradient)) == fused)
      // Asked twice, with other cotangents in between, it starts from the same states.
      _ = try evaluation.gradient(cotangents: RealMatrix(rows: 35, columns: function.outputCount))
      #expect(Results((evaluation.values, try evaluation.gradient(cotangents: model.cotangents))) == fused)
      // Cotangents by rule, sample by sample, as a fused loss gives them.
      let outputs = function.outputCount
      let ruled = try function.valueWithGradient(features: model.features, parameters: model.parameters) { sample, _, row in
        for output in 0..<outputs { row[output] = model.cotangents[sample, output] }
      }
      #expect(Results(ruled) == fused)
    }
  }

  @Test func statesTooLargeToKeepAreMadeAgain() throws {
    let circuit = Circuit(qubits: 13) {
      RY(.parameter(0) * .feature(0), 12)
      CX(12, 3)
      RX(.parameter(1), 3)
    }
    let samples = 2200  // 2200 * 2^13 * 16 bytes are 275 MiB, beyond the 256 that are kept.
    let features = RealMatrix(rows: samples, columns: 1, elements: (0..<samples).map { 0.3 + 1e-3 * Double($0) })
    let function = Expectation(of: Z(3), Z(12), after: circuit)
    let evaluation = try function.evaluate(features: features, parameters: [0.8, -0.4])
    let ones = RealMatrix(rows: samples, columns: 2, elements: Array(repeating: 1, count: 2 * samples))
    let gradient = try evaluation.gradient(cotangents: ones)
    #expect(!evaluation.keepsStates && gradient.evaluations == 2)
    // <Z12> = cos(w0 x), <Z3> = cos(w1) cos(w0 x).
    let slopes = features.elements.map { -(1 + Double.cos(-0.4)) * Double.sin(0.8 * $0) * 0.8 }
    #expect(maximumDifference(gradient.features.elements, slopes) < 1e-12)
    let sum = zip(slopes, features.elements).reduce(0) { $0 + $1.0 / 0.8 * $1.1 }
    #expect(abs(gradient.parameters[0] - sum) < 1e-9)
  }
}
