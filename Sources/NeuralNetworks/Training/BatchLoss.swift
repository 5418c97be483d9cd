import Execution
import Randomness

/// The loss of one batch as a function of the network's parameters, all else fixed.
struct BatchLoss<Model: Layer> {
  typealias Scalar = Model.Scalar

  let model: Model
  let loss: Loss<Scalar>
  let batch: Samples<Scalar>
  let settings: TrainingSettings
  let loop: ParallelLoop
  let epoch: Int
  let step: Int

  /// One evaluation with what a caller may need of it.
  struct Pass {
    let model: Model
    let tape: Tape<Scalar>
    let loss: Variable<Scalar>
    let hits: Int?
  }

  func evaluate(_ parameters: [Double], isRecording: Bool) throws -> Pass {
    var candidate = model
    candidate.parameterVector = parameters
    return try evaluate(candidate, on: Tape(loop: loop, isRecording: isRecording))
  }

  /// The gradient within the settings' bound.
  func gradient(of pass: Pass) throws -> [Double] {
    let gradient = pass.model.vector(of: try pass.tape.gradients(of: pass.loss))
    return settings.clipping.map { $0(gradient) } ?? gradient
  }

  /// The first operation of a pass at the start's parameters whose result is NaN or infinite.
  func firstNonFinite() -> String? {
    let tape = Tape<Scalar>(loop: loop, findingNonFinite: true)
    _ = try? evaluate(model, on: tape)
    return tape.firstNonFinite
  }

  private func evaluate(_ candidate: Model, on tape: Tape<Scalar>) throws -> Pass {
    let index = UInt64(epoch) << 32 | UInt64(step)
    var key = RandomSource(seed: settings.seed, stream: FNV1a("step").value, index: index)
    let pass = ForwardPass(tape: tape, mode: .training, randomKey: key.next())
    let outputs = try candidate.forward(tape.constant(batch.inputs), in: pass)
    return Pass(
      model: candidate, tape: tape, loss: try loss(outputs, batch.targets), hits: batch.targets.hits(of: outputs.value))
  }
}
