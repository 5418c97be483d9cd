import Execution

/// Losses and gradients of the samples of a batch, one by one.
public struct PerSampleGradients: Sendable {
  /// One loss a sample.
  public let losses: [Double]
  /// Shape `[samples, parameterCount]`; a row has the layout of `Layer.parameterVector`.
  public let gradients: Tensor<Double>
}

extension Layer {
  /// The loss and its gradient with respect to all parameters for every sample by itself.
  ///
  /// Each sample has a tape of its own and samples run in parallel, so any layer takes part without a rule for this case.
  /// With a loss that is a mean over samples, the mean of the rows is the gradient of the batch; dropout draws the same
  /// numbers in both.
  ///
  /// - Parameters:
  ///   - mode: Training mode is refused where a layer couples samples, since no sample has a gradient of its own then.
  ///   - randomKey: See `ForwardPass.randomKey`.
  /// - Complexity: samples x (forward + backward of one sample); memory O(samples x parameterCount).
  public func perSampleGradients(
    of loss: Loss<Scalar>, inputs: Tensor<Scalar>, targets: Targets<Scalar>, mode: ForwardPass<Scalar>.Mode = .evaluation,
    randomKey: UInt64 = 0, loop: ParallelLoop = ParallelLoop()
  ) throws -> PerSampleGradients {
    precondition(
      mode == .evaluation || !couplesSamples,
      "perSampleGradients: a layer couples the samples of a batch in training mode; use evaluation mode")
    precondition(
      inputs.shape.first == targets.count, "perSampleGradients: inputs \(inputs.shape) meet \(targets.count) targets")
    let (samples, parameters) = (targets.count, parameterCount)
    var losses = [Double](repeating: 0, count: samples)
    var failures = [(any Error)?](repeating: nil, count: samples)
    let gradients = Tensor<Double>(shape: [samples, parameters]) { rows in
      losses.withUnsafeMutableBufferPointer { losses in
        failures.withUnsafeMutableBufferPointer { failures in
          let (losses, failures) = (losses.baseAddress!, failures.baseAddress!)
          loop.run(count: samples) { sample in
            let row = rows + sample * parameters
            do {
              let tape = Tape<Scalar>(loop: .serial)
              let pass = ForwardPass(tape: tape, mode: mode, randomKey: randomKey, firstSample: sample)
              let value = try loss(forward(tape.constant(inputs.rows([sample])), in: pass), targets.rows([sample]))
              losses[sample] = Double(value.value.scalar)
              try vector(of: tape.gradients(of: value)).withUnsafeBufferPointer { gradient in
                row.initialize(from: gradient.baseAddress!, count: parameters)
              }
            } catch {
              row.initialize(repeating: 0, count: parameters)
              failures[sample] = error
            }
          }
        }
      }
    }
    if let failure = failures.lazy.compactMap({ $0 }).first { throw failure }
    return PerSampleGradients(losses: losses, gradients: gradients)
  }
}
