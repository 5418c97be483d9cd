import NeuralNetworks
import Testing

@Suite struct TapeTests {
  @Test("an operation of one's own takes part in the walk")
  func customOperation() throws {
    let x: Tensor<Double> = randomTensor([2, 3], seed: 1), w: Tensor<Double> = randomTensor([3], seed: 2)
    // z = sum_j x_j^2 w_j for each sample, with its derivatives by hand.
    try checkGradients(
      of: { inputs in
        let (x, w) = (inputs[0].value, inputs[1].value)
        return inputs[0].tape.record("weighted squares", (x * x * w).sum(axis: 1), from: inputs) { cotangent in
          let g = cotangent.reshaped(to: [2, 1])
          return [2 * (g * x * w), (g * x * x).sum(axis: 0)]
        }
      }, at: [x, w])
  }

  @Test("cotangents of a variable used twice add up")
  func sharedVariable() throws {
    let tape = Tape<Double>()
    let x = tape.variable(Tensor(shape: [2], scalars: [3, 5]))
    let y = (x * x + x).sum()
    let gradient = try tape.gradients(of: y)[x]
    #expect(gradient == Tensor(shape: [2], scalars: [7, 11]))
  }

  @Test("constants and detached variables get no gradient, and their pullbacks do not run")
  func constants() throws {
    let tape = Tape<Double>()
    let x = tape.variable(Tensor(2)), c = tape.constant(Tensor(7))
    let y = x * c + x.detached * x
    #expect(!c.needsGradient)
    let gradients = try tape.gradients(of: y)
    #expect(gradients[x]?.scalar == 9)
    #expect(gradients[c] == nil)
  }

  @Test("a kept tape gives one gradient an output")
  func keptTape() throws {
    let tape = Tape<Double>()
    let x = tape.variable(Tensor(shape: [1, 2], scalars: [3, 4]))
    let y = x * x
    let first = try tape.gradients(of: y, cotangent: Tensor(shape: [1, 2], scalars: [1, 0]), keepingTape: true)[x]
    let second = try tape.gradients(of: y, cotangent: Tensor(shape: [1, 2], scalars: [0, 1]))[x]
    #expect(first == Tensor(shape: [1, 2], scalars: [6, 0]))
    #expect(second == Tensor(shape: [1, 2], scalars: [0, 8]))
  }

  @Test("a tape goes with its last variable, and with it all that it holds", arguments: [true, false])
  func tapesAreFreed(isRecording: Bool) throws {
    weak var watched: Tape<Float>?
    let model: Sequential<Float> = try ringModel()
    do {
      let tape = Tape<Float>(isRecording: isRecording)
      watched = tape
      let outputs = try model.forward(
        tape.constant(randomTensor([4, 2], seed: 1)), in: ForwardPass(tape: tape, mode: .training))
      if isRecording { _ = try tape.gradients(of: outputs.sum()) }
    }
    #expect(watched == nil)
  }

  @Test("what a pullback throws comes out of the walk")
  func throwingPullback() throws {
    struct Failure: Error {}
    let tape = Tape<Float>()
    let x = tape.variable(Tensor(1))
    let y = tape.record("failing", Tensor(1), from: [x]) { _ in throw Failure() }
    #expect(throws: Failure.self) { try tape.gradients(of: y) }
  }

  @Test("a pullback of the wrong shape is named")
  func wrongCotangent() async {
    await #expect(processExitsWith: .failure) {
      let tape = Tape<Float>()
      let x = tape.variable(Tensor(shape: [2], repeating: 1))
      let y = tape.record("wrong", Tensor(1), from: [x]) { _ in [Tensor(1)] }
      _ = try tape.gradients(of: y)
    }
  }
}
