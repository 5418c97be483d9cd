import Testing

/// Every kind of mistake in a configuration, with the whole message the user sees.
@Suite struct ConfigurationErrorTests {
  struct Mistake: CustomTestStringConvertible {
    let testDescription: String
    let yaml: String
    let message: String
  }

  static let mistakes = [
    Mistake(
      testDescription: "unknown key", yaml: "data: {source: iris}\nmodel:\n  layers: [{dense: 3}]\ntraining:\n  epoch: 20\n",
      message: """
        run.yaml:5:3: unknown key 'epoch' in 'training'; did you mean 'epochs'?
          epoch: 20
          ^
        known keys: epochs, batch, optimizer, learningRate, schedule, precision, labelSmoothing, averaging, augmentation
        """),
    Mistake(
      testDescription: "unknown section", yaml: "data: {source: iris}\nmodell: {preset: hybrid-fashion}\n",
      message: """
        run.yaml:2:1: unknown key 'modell'; did you mean 'model'?
        modell: {preset: hybrid-fashion}
        ^
        known keys: data, model, training, control, seed
        """),
    Mistake(
      testDescription: "missing section", yaml: "data: {source: iris}\n",
      message: """
        run.yaml:1:1: the configuration lacks the section 'model'
        data: {source: iris}
        ^
        hilbert help train shows a complete one
        """),
    Mistake(
      testDescription: "unknown layer", yaml: "data: {source: iris}\nmodel:\n  layers:\n    - flatten\n    - leakyrelu\n",
      message: """
        run.yaml:5:7: unknown layer 'leakyrelu' in 'model.layers[1]'; did you mean 'leakyReLU'?
            - leakyrelu
              ^
        known layers: conv2d, maxPool2d, avgPool2d, pad2d, flatten, first, dense, batchNorm, layerNorm, dropout, affine, relu, leakyReLU, elu, gelu, silu, softplus, sigmoid, tanh, sine, quantum, quanvolution, flippedQuanvolution, reuploadingLinear
        """),
    Mistake(
      testDescription: "unknown argument of a layer",
      yaml: "data: {source: iris}\nmodel: {layers: [{conv2d: {filters: 4, kernal: 3}}]}\n",
      message: """
        run.yaml:2:40: unknown key 'kernal' in 'model.layers[0].conv2d'; did you mean 'kernel'?
        model: {layers: [{conv2d: {filters: 4, kernal: 3}}]}
                                               ^
        known keys: filters, kernel, stride, padding
        """),
    Mistake(
      testDescription: "missing argument of a layer", yaml: "data: {source: iris}\nmodel: {layers: [{conv2d: {filters: 4}}]}\n",
      message: """
        run.yaml:2:19: the layer 'conv2d' lacks 'kernel'
        model: {layers: [{conv2d: {filters: 4}}]}
                          ^
        its arguments: filters, kernel, stride (1), padding (0)
        """),
    Mistake(
      testDescription: "wrong type", yaml: "data: {source: iris}\nmodel: {layers: [{dense: 3}]}\ntraining: {epochs: ten}\n",
      message: """
        run.yaml:3:20: 'training.epochs' wants a whole number from 1 to 100000, found 'ten'
        training: {epochs: ten}
                           ^
        write for example epochs: 1
        """),
    Mistake(
      testDescription: "value out of range",
      yaml: "data: {source: iris}\nmodel: {layers: [{dense: 3}]}\ntraining: {learningRate: -0.1}\n",
      message: """
        run.yaml:3:26: 'training.learningRate' wants a number above 0.0 and at most 100.0, found '-0.1'
        training: {learningRate: -0.1}
                                 ^
        write for example learningRate: 0.01
        """),
    Mistake(
      testDescription: "unknown word", yaml: "data: {source: iris}\nmodel: {layers: [{dense: 3}]}\ntraining: {optimizer: adem}\n",
      message: """
        run.yaml:3:23: unknown value 'adem' for 'training.optimizer'; did you mean 'adam'?
        training: {optimizer: adem}
                              ^
        known values: sgd, momentum, nesterov, adam, adamw, rmsprop, lbfgs, spsa
        """),
    Mistake(
      testDescription: "two models", yaml: "data: {source: iris}\nmodel:\n  preset: hybrid-fashion\n  layers: [{dense: 3}]\n",
      message: """
        run.yaml:3:3: 'model' wants exactly one of preset, layers, circuit
          preset: hybrid-fashion
          ^
        write one of {preset: hybrid-fashion}, {layers: [...]} and {circuit: {...}, observables: [...]}
        """),
    Mistake(
      testDescription: "key given twice", yaml: "data: {source: iris}\nseed: 1\nseed: 2\nmodel: {layers: [{dense: 3}]}\n",
      message: """
        run.yaml:2:1: key given twice: 'seed'
        seed: 1
        ^
        keep one of them
        """),
    Mistake(
      testDescription: "not YAML", yaml: "data: {source: iris\nmodel: [\n",
      message: """
        run.yaml:2:6: did not find expected ',' or '}'
        model: [
             ^
        YAML wants 'key: value', nested keys indented by spaces, lists as [a, b]
        """),
    Mistake(
      testDescription: "empty", yaml: "",
      message: """
        run.yaml:1:1: the file is empty

        ^
        start from the example of hilbert help train
        """),
  ]

  @Test(arguments: mistakes) func saysPlaceReasonAndRemedy(mistake: Mistake) throws {
    let folder = try TemporaryFolder()
    try folder.write(mistake.yaml, to: "run.yaml")
    let process = try HilbertProcess("train", "run.yaml", in: folder)
    #expect(process.status == 65)
    #expect(process.output == "")
    #expect(process.error == "hilbert: \(mistake.message)\n")
    #expect(try folder.names() == ["run.yaml"])
  }
}
