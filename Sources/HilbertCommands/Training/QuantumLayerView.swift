import Datasets
import Execution
import LinearAlgebra
import NeuralNetworks
import QuantumCircuits
import QuantumLearning
import Randomness
import Reports

/// What a trained layer with circuits reads, gives and can express, for the report of a run.
struct QuantumLayerView {
  var drawings: [RunReport.Drawing] = []
  /// The effective dimension of one circuit, where it is quickly found.
  var headline: HTMLReport.Headline?
}

extension TrainedModel {
  /// A view of each layer with circuits.
  func quantumLayers(on samples: HeldOutSet, loop: ParallelLoop) throws -> [QuantumLayerView] {
    let prepared = contents.pipeline.applied(to: try matched(samples))
    return switch network {
    case .float(let network): try views(network, prepared, loop: loop)
    case .double(let network): try views(network, prepared, loop: loop)
    }
  }

  private func views<Scalar: TensorScalar>(
    _ network: Sequential<Scalar>, _ samples: HeldOutSet, loop: ParallelLoop
  ) throws -> [QuantumLayerView] {
    var views: [QuantumLayerView] = []
    for (place, layer) in network.layers.enumerated() {
      let before = Sequential(Array(network.layers[..<place]))
      // Shots stand behind their circuits in a network of two layers.
      if let circuits = (layer as? Sequential<Scalar>)?.layers.first as? QuantumLayer<Scalar> ?? layer as? QuantumLayer<Scalar> {
        let read = try before.outputs(for: samples.inputs(), loop: loop)
        views.append(try view(circuits, reading: read, labels: samples.labels, number: views.count + 1, loop: loop))
      } else if layer is Quanvolution<Scalar> || layer is FlippedQuanvolution<Scalar> {
        let one = samples.selecting(rows: [0]).inputs(Scalar.self)
        let given = try layer(before.outputs(for: one, loop: loop), loop: loop)
        views.append(QuantumLayerView(drawings: [channels(given, number: views.count + 1)]))
      }
    }
    return views
  }

  /// What is read by class, and how fast the outputs can change with it.
  private func view<Scalar: TensorScalar>(
    _ layer: QuantumLayer<Scalar>, reading read: Tensor<Scalar>, labels: [Int], number: Int, loop: ParallelLoop
  ) throws -> QuantumLayerView {
    let (samples, width) = (read.shape[0], read.shape[1])
    let classCount = contents.manifest.classNames.count
    var means = [[Double]](repeating: [Double](repeating: 0, count: width), count: classCount)
    let sizes = labels.reduce(into: [Double](repeating: 0, count: classCount)) { $0[$1] += 1 }
    for sample in 0..<samples {
      for feature in 0..<width {
        means[labels[sample]][feature] += Double(read.scalars[sample * width + feature]) / sizes[labels[sample]]
      }
    }
    for row in means.indices where sizes[row] == 0 { means[row] = means[row].map { _ in .nan } }
    var view = QuantumLayerView()
    view.drawings.append(
      (
        "features-\(number)",
        "What the circuits read: the mean of each number over the test samples of a class; white where there are none.",
        HeatMap(
          title: "Features of the circuits", xLabel: "feature", yLabel: "class, in the order of the data", valueLabel: "mean",
          values: means)
      ))
    var function = layer.function
    function.loop = loop
    let (features, parameters) = (function.featureCount, function.parameterCount)
    let weights = layer.weights.scalars.prefix(parameters).map { Double($0) }
    let own = (0..<min(20, samples)).map { sample in
      (0..<features).map { Double(read.scalars[sample * samples / min(20, samples) * width + $0]) }
    }
    if let degree = function.circuit.degreeOfFeatures {
      let coefficients = try function.fourierCoefficients(
        parameters: weights, point: own[0], direction: [Int](repeating: 1, count: features), degree: degree)
      let spectrum = (0...degree).map { k in
        (0..<coefficients.rows).reduce(0) { $0 + coefficients[$1, k].length } / Double(coefficients.rows)
      }
      view.drawings.append(
        (
          "spectrum-\(number)",
          "Fourier coefficients of the first circuit's outputs when all features move together, mean magnitude over outputs.",
          LineChart(
            title: "Spectrum of the first circuit", xLabel: "frequency", yLabel: "magnitude",
            series: [.init("trained", x: (0...degree).map(Double.init), spectrum)])
        ))
    }
    if function.method == .stateVector, function.circuit.qubitCount <= 6, (1...256).contains(parameters) {
      var random = RandomSource(seed: contents.manifest.seed, stream: 0x4849_4C42_4552_5403)
      let data = max(19, contents.manifest.trainingSamples)
      // There is none where an encoding has no slope at a sample, as that of amplitudes at 0.
      let dimension = try? function.circuit.effectiveDimension(
        features: RealMatrix(own), dataCount: data, draws: 5, random: &random, loop: loop)
      view.headline = dimension.map {
        HTMLReport.Headline("effective dimension", $0.fixed(1), note: "of a circuit's \(parameters) angles, \(data) samples")
      }
    }
    return view
  }

  /// The channels of one image, each from its darkest to its brightest pixel.
  private func channels<Scalar: TensorScalar>(_ image: Tensor<Scalar>, number: Int) -> RunReport.Drawing {
    let (channels, area, width) = (min(16, image.shape[1]), image.shape[2] * image.shape[3], image.shape[3])
    let items = (0..<channels).map { channel in
      let pixels = image.scalars[channel * area..<(channel + 1) * area].map { Double($0) }
      let (low, high) = (pixels.min() ?? 0, pixels.max() ?? 1)
      return ImageGrid.Item(
        pixels: pixels.map { high > low ? ($0 - low) / (high - low) : 0.5 }, width: width, caption: "channel \(channel)")
    }
    return (
      "filters-\(number)", "What the filters make of the first test image, each channel on a scale of its own.",
      ImageGrid(title: "Channels of the quantum filters", items: items)
    )
  }
}

extension Circuit {
  /// The degree of the outputs as trigonometric polynomials when all features move together; nil where features enter otherwise
  /// than as the angle of RX, RY or RZ.
  fileprivate var degreeOfFeatures: Int? {
    var degree = 0
    for instruction in instructions {
      for angle in instruction.angles {
        let features = angle.symbols.filter { if case .feature = $0 { true } else { false } }
        if features.isEmpty { continue }
        guard ["RX", "RY", "RZ"].contains(instruction.name), instruction.controls.isEmpty, case .feature(let index) = features[0],
          angle == .feature(index)
        else { return nil }
        degree += 1
      }
    }
    return degree > 0 ? degree : nil
  }
}
