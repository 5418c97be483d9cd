import Datasets

/// The share of test samples whose class has the nearest mean training sample: what a model has to beat.
func nearestCentroidAccuracy(_ parts: DividedDataset) -> Double {
  let (training, test) = (parts.training, parts.test)
  let size = training.sampleSize
  let classSizes = training.classSizes
  var centroids = [Double](repeating: 0, count: training.classCount * size)
  for (index, label) in training.labels.enumerated() {
    for (feature, value) in training.sample(index).enumerated() {
      centroids[label * size + feature] += Double(value) / Double(classSizes[label])
    }
  }
  let correct = test.labels.enumerated().count { index, label in
    let distances = (0..<training.classCount).map { candidate in
      zip(test.sample(index), centroids[candidate * size..<(candidate + 1) * size])
        .reduce(0) { sum, pair in sum + (Double(pair.0) - pair.1) * (Double(pair.0) - pair.1) }
    }
    return distances.indices.min { distances[$0] < distances[$1] } == label
  }
  return Double(correct) / Double(test.count)
}
