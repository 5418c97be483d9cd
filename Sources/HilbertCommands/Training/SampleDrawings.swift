import Datasets
import Execution
import Reports

extension TrainedModel {
  /// What the model makes of single samples: images with the class it gives them, or the regions of a plane.
  ///
  /// - Returns: nothing for samples that are neither images nor points of a plane.
  func drawings(of samples: HeldOutSet, loop: ParallelLoop) throws -> [RunReport.Drawing] {
    switch samples.sampleShape {
    case let shape where shape.count == 3 && (shape[0] == 1 || shape[0] == 3):
      [
        (
          "samples", "Test samples with the class the model gives them; a mistake is coloured, with the true class in brackets.",
          try grid(of: samples, loop: loop)
        )
      ]
    case [2] where samples.classNames.count <= 7:
      [("regions", "Test samples over the classes that the model gives to the plane.", try regions(of: samples, loop: loop))]
    default: []
    }
  }

  /// Evenly chosen images, so that every class has its share where the set is sorted.
  private func grid(of samples: HeldOutSet, loop: ParallelLoop) throws -> ImageGrid {
    let count = min(24, samples.count)
    let chosen = samples.selecting(rows: (0..<count).map { $0 * samples.count / count })
    let predicted = try probabilities(chosen, loop: loop).map(\.indexOfHighest)
    let (channels, height, width) = (chosen.sampleShape[0], chosen.sampleShape[1], chosen.sampleShape[2])
    let items = predicted.indices.map { index in
      let planes = Array(chosen.sample(index))
      // Channels lie in planes; the figure wants the channels of a pixel side by side.
      let pixels = (0..<height * width).flatMap { pixel in (0..<channels).map { Double(planes[$0 * height * width + pixel]) } }
      let isMistake = predicted[index] != chosen.labels[index]
      let (found, actual) = (chosen.classNames[predicted[index]], chosen.classNames[chosen.labels[index]])
      return ImageGrid.Item(
        pixels: pixels, width: width, caption: isMistake ? "\(found) (\(actual))" : found, isHighlighted: isMistake)
    }
    return ImageGrid(title: "Predicted classes, true ones in brackets", items: items, hasColor: channels == 3)
  }

  private func regions(of samples: HeldOutSet, loop: ParallelLoop) throws -> DecisionRegions {
    let points = (0..<samples.count).map { index in
      let place = Array(samples.sample(index))
      return DecisionRegions.Point(x: Double(place[0]), y: Double(place[1]), label: samples.labels[index])
    }
    let names = samples.featureNames.count == 2 ? samples.featureNames : ["feature 0", "feature 1"]
    return try DecisionRegions(
      title: "Decision regions", xLabel: names[0], yLabel: names[1], xRange: Self.range(points.map(\.x)),
      yRange: Self.range(points.map(\.y)), classes: samples.classNames, points: points
    ) { places in
      let probabilities = try probabilities(features: places.flatMap { $0.map(Float.init) }, loop: loop)
      return probabilities.map { samples.classNames.count == 2 ? $0[1] : Double($0.indexOfHighest) }
    }
  }

  /// The values with a tenth of their spread on both sides.
  private static func range(_ values: [Double]) -> ClosedRange<Double> {
    let (lowest, highest) = (values.min() ?? 0, values.max() ?? 1)
    let margin = highest > lowest ? (highest - lowest) / 10 : 1
    return lowest - margin...highest + margin
  }
}

extension [Double] {
  /// The place of the highest number, the first of several.
  var indexOfHighest: Int { indices.reduce(0) { self[$1] > self[$0] ? $1 : $0 } }
}
