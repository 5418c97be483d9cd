import Execution
import LinearAlgebra
import QuantumStates

/// What an evaluation will take, said before it is run.
public struct CostEstimate: Sendable, Hashable {
  /// Memory of all threads together, for `values` or `valueWithGradient`.
  public let bytes: UInt64
  /// What `evaluate` takes beside it until its gradient is asked for: the final states, where they are few enough to be kept.
  public let keptBytes: UInt64
  /// Wall time, within a factor of about two on a machine that has nothing else to do.
  public let seconds: Double
}

extension CircuitFunction {
  /// Predicts what evaluating a batch will take, without taking its memory.
  ///
  /// Memory is added up from the layout. Time is the work of the compiled steps (kernel loops x coefficients) at the speed of
  /// short probes: a reference circuit of as many qubits, or of the most qubits that a probe still runs in little time.
  ///
  /// - Parameters:
  ///   - samples: rows of the batch.
  ///   - withGradient: whether the gradient is wanted too.
  /// - Complexity: two probes, about a tenth of a second; half a second above 20 qubits.
  public func estimate(samples: Int = 1, withGradient: Bool = false) throws(CompilationError) -> CostEstimate {
    precondition(samples >= 1, "CircuitFunction.estimate: \(samples) samples, at least 1")
    let evaluator = try pureEvaluator(for: "CircuitFunction.estimate")
    let probe = try CostProbe(qubitCount: circuit.qubitCount, like: self)
    let one = try probe.seconds(chunks: 1, withGradient: withGradient)
    let work = Double(evaluator.circuit.work) / Double(probe.work)
    var seconds = work * one * Double(samples)
    if evaluator.layout.isBatched {
      // What a batch pays once is what one chunk takes beyond its share of many.
      let many = 16 * loop.threads
      let share = try max(probe.seconds(chunks: many, withGradient: withGradient) - one, 0.01 * one) / Double(many - 1)
      let once = max(0, one - share * Double(loop.threads))
      let chunks = max(evaluator.chunkCount(samples: samples), loop.threads)
      seconds = Double(evaluator.circuit.steps.count) / Double(probe.stepCount) * once + work * share * Double(chunks)
    }
    return CostEstimate(
      bytes: evaluator.bytes(samples: samples, withGradient: withGradient, threads: loop.threads),
      keptBytes: UInt64(evaluator.keptBytes(samples: samples)), seconds: seconds)
  }
}

/// Times a reference circuit of rotations and CX layers at one size.
private struct CostProbe {
  private let function: CircuitFunction
  private let evaluator: CircuitEvaluator

  /// The largest state that is run just to see how fast it goes.
  private static let largestQubitCount = 20

  init(qubitCount: Int, like other: CircuitFunction) throws(CompilationError) {
    let qubits = min(qubitCount, Self.largestQubitCount)
    var reference = Circuit(qubits: qubits)
    let layers = qubits < 16 ? 3 : 1
    for qubit in 0..<qubits { reference.append(RX(.feature(qubit), qubit)) }
    reference.append(Circuit.stronglyEntangling(qubits: qubits, layers: layers))
    function = try .expectation(
      of: [Z(0).pauliSum], after: reference, precision: other.precision, loop: other.loop, level: other.engine.level)
    evaluator = try function.pureEvaluator(for: "CostProbe")
  }

  var work: Int { evaluator.circuit.work }
  var stepCount: Int { evaluator.circuit.steps.count }

  /// The fastest of a few calls: what else the machine does only adds to the others.
  func seconds(chunks: Int, withGradient: Bool) throws(CompilationError) -> Double {
    let rows = chunks * evaluator.layout.samples
    let features = RealMatrix(rows: rows, columns: function.featureCount)
    let parameters = (0..<function.parameterCount).map { 0.1 * Double($0) }
    var (best, spent) = (Double.infinity, 0.0)
    for call in 0..<20 where call < 3 || spent < 0.02 {
      let start = ContinuousClock.now
      if withGradient {
        _ = try function.valueWithGradient(features: features, parameters: parameters)
      } else {
        _ = try function.values(features: features, parameters: parameters)
      }
      let elapsed = (ContinuousClock.now - start).components
      let seconds = Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
      if call > 0 { best = min(best, seconds) }
      spent += seconds
    }
    return best
  }
}

extension CompiledCircuit {
  /// Products of a block of amplitudes with a block of coefficients over one chunk, by what they take: a step in a stretch of
  /// rotations two fifths of one by itself, a step on |0> one fifth.
  fileprivate var work: Int {
    func products(_ step: Int) -> Int {
      if case .phases(let phases) = steps[step].form { return phases.pass.work }
      return max(1, steps[step].operation.loopCount) * max(1, steps[step].operation.coefficientBlocks)
    }
    return parts.reduce(1) { sum, part in
      switch part {
      case .step(let step): sum + 5 * products(step)
      case .stretch(let stretch): sum + stretch.unitaries.reduce(0) { $0 + 2 * products($1.step) }
      case .start(let start): sum + start.steps.reduce(0) { $0 + ($1.map(products) ?? 0) }
      }
    }
  }
}

extension CircuitEvaluator {
  /// States and coefficients of every thread, tiles, and what is shared.
  fileprivate func bytes(samples: Int, withGradient: Bool, threads: Int) -> UInt64 {
    let chunks = chunkCount(samples: samples)
    let threadsInsideStates = layout.byteCount >= Self.largeChunk || chunks == 1
    let workspaces = threadsInsideStates ? 1 : min(chunks, threads)
    let each = layout.byteCount * (withGradient ? 2 : 1) + plan.sampleBytes + plan.overlapBytes + readout.scratchBytes
    let tiles = circuit.tiles.map { TileMemory.bytes($0, withGradient: withGradient, threads: threads) } ?? 0
    let results = 8 * samples * (outputCount + (withGradient ? circuit.featureCount : 0))
    return UInt64(workspaces) * UInt64(each) + UInt64(plan.sharedBytes + tiles + results)
  }
}
