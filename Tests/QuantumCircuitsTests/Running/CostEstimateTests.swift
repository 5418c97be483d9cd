import Execution
import LinearAlgebra
import QuantumCircuits
import QuantumStates
import TestSupport
import Testing

@Suite(.serialized) struct CostEstimateTests {
  /// What is run: shallow layers, layers that are all rotations, phases of the data, no data at all.
  enum Kind: CaseIterable, Sendable { case hardwareEfficient, stronglyEntangling, featureMap, simulation }

  private static func function(
    _ kind: Kind = .hardwareEfficient, qubits: Int, layers: Int, precision: Precision
  ) -> CircuitFunction {
    var circuit = Circuit(qubits: qubits)
    switch kind {
    case .hardwareEfficient, .stronglyEntangling:
      for qubit in 0..<qubits { circuit.append(RY(.feature(qubit), qubit)) }
    case .featureMap: circuit.append(Circuit.zzFeatureMap(Features(qubits)))
    case .simulation: break
    }
    circuit.append(
      kind == .stronglyEntangling
        ? Circuit.stronglyEntangling(qubits: qubits, layers: layers) : .hardwareEfficient(qubits: qubits, layers: layers))
    return Expectation(of: Z(0), after: circuit, precision: precision)
  }

  /// Above the cache, memory is the states: ket, and bra for a gradient; and those of a tile for each thread.
  @Test(arguments: Precision.allCases)
  func bytesAreThoseOfTheStates(precision: Precision) throws {
    var function = Self.function(qubits: 18, layers: 1, precision: precision)
    function.loop = ParallelLoop(threads: 2)
    let state = UInt64(precision.bytesPerAmplitude << 18)
    let tiles = 2 * 2 * UInt64(precision.bytesPerAmplitude << 15)
    for (withGradient, states) in [(false, 1), (true, 2)] {
      let estimate = try function.estimate(withGradient: withGradient)
      let least = UInt64(states) * state + tiles
      #expect(estimate.bytes >= least)
      #expect(Double(estimate.bytes) < Double(least) * 1.2)
      #expect(estimate.keptBytes == state)
    }
  }

  @Test func moreSamplesTakeLonger() throws {
    let function = Self.function(qubits: 6, layers: 3, precision: .double)
    let (few, many) = try (function.estimate(samples: 64), function.estimate(samples: 6400))
    #expect(many.seconds > few.seconds)
    #expect(many.bytes > few.bytes)
  }

  /// Within a factor of two of the fastest of several calls. Batches run on one thread: a call of a fraction of a millisecond on
  /// several waits for whichever of them other work has pushed aside.
  @Test(
    .tags(.slow), .enabled(if: TestSettings.runsSlowTests), .serialized,
    arguments: [
      (.hardwareEfficient, 4, 6, 256), (.hardwareEfficient, 8, 2, 512), (.hardwareEfficient, 14, 3, 1),
      (.hardwareEfficient, 18, 2, 1), (.stronglyEntangling, 4, 10, 64), (.stronglyEntangling, 10, 4, 64),
      (.featureMap, 5, 2, 256), (.featureMap, 9, 1, 128), (.simulation, 12, 4, 1), (.simulation, 22, 2, 1),
    ] as [(Kind, Int, Int, Int)], [true, false])
  func secondsAreThoseMeasured(size: (kind: Kind, qubits: Int, layers: Int, samples: Int), withGradient: Bool) throws {
    var function = Self.function(size.kind, qubits: size.qubits, layers: size.layers, precision: .double)
    if size.samples > 1 { function.loop = .serial }
    let features = RealMatrix(rows: size.samples, columns: function.featureCount)
    let parameters = [Double](repeating: 0.3, count: function.parameterCount)
    var ratios: [Double] = []
    // Other work on the machine can spoil an estimate or a measurement: three of twenty pairs must agree.
    func agreeing() -> Int { ratios.count { (0.5...2).contains($0) } }
    for _ in 0..<20 where agreeing() < 3 {
      let estimate = try function.estimate(samples: size.samples, withGradient: withGradient).seconds
      var fastest = Double.infinity
      for _ in 0..<8 {
        let elapsed = try ContinuousClock().measure {
          if withGradient {
            _ = try function.valueWithGradient(features: features, parameters: parameters)
          } else {
            _ = try function.values(features: features, parameters: parameters)
          }
        }
        fastest = min(fastest, Double(elapsed.components.attoseconds) * 1e-18 + Double(elapsed.components.seconds))
      }
      ratios.append(estimate / fastest)
    }
    #expect(agreeing() >= 3, "estimate / measured: \(ratios)")
  }
}
