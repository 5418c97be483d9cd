import Datasets
import Testing

@Suite("Synthetic sets") struct SyntheticTests {
  @Test("Without noise the points lie on their curves")
  func curves() {
    let moons = Dataset.moons(count: 21, noise: 0, seed: 0)
    let circles = Dataset.circles(count: 21, radius: 0.5, noise: 0, seed: 0)
    func distance(_ point: ArraySlice<Float>, from centre: (x: Float, y: Float)) -> Float {
      let (x, y) = (point.first! - centre.x, point.last! - centre.y)
      return (x * x + y * y).squareRoot()
    }
    for index in 0..<21 {
      let isFirst = index.isMultiple(of: 2)
      let centre: (x: Float, y: Float) = isFirst ? (0, 0) : (1, 0.5)
      #expect(abs(distance(moons.sample(index), from: centre) - 1) < 1e-6)
      let height = moons.sample(index).last! - centre.y
      #expect(isFirst ? height > -1e-6 : height < 1e-6)
      #expect(abs(distance(circles.sample(index), from: (0, 0)) - (isFirst ? 1 : 0.5)) < 1e-6)
      #expect(moons.labels[index] == (isFirst ? 0 : 1) && circles.labels[index] == moons.labels[index])
    }
    // The points of a circle are spread evenly: they add to zero.
    let outer = (0..<21).filter { circles.labels[$0] == 0 }.map { Array(circles.sample($0)) }
    for coordinate in 0..<2 { #expect(abs(outer.map { $0[coordinate] }.reduce(0, +)) < 1e-5) }
  }

  @Test("Noise has the deviation asked for")
  func noise() {
    let (clean, noisy) = (Dataset.moons(count: 4000, noise: 0, seed: 0), Dataset.moons(count: 4000, noise: 0.3, seed: 8))
    let differences = zip(clean.features, noisy.features).map { Double($0 - $1) }
    let squares = differences.reduce(0) { $0 + $1 * $1 }
    // 8000 draws: the standard error of the variance is 0.09 · sqrt(2 / 8000).
    let standardError = 0.09 * Double(2.0 / 8000).squareRoot()
    #expect(abs(squares / 8000 - 0.09) < 4 * standardError)
  }

  @Test("Parity counts the ones", arguments: [1, 3, 5])
  func parity(bits: Int) {
    let dataset = Dataset.parity(bits: bits)
    #expect(dataset.count == 1 << bits)
    for index in 0..<dataset.count {
      #expect(Int(dataset.sample(index).reduce(0, +)) % 2 == dataset.labels[index])
      #expect(dataset.sample(index).enumerated().reduce(0) { $0 + Int($1.element) << $1.offset } == index)
    }
  }

  @Test("Blobs lie around their centres")
  func blobs() {
    let dataset = Dataset.blobs(count: 3000, classes: 3, features: 4, spread: 0.1, seed: 2)
    #expect(dataset.classSizes == [1000, 1000, 1000] && dataset.sampleShape == [4])
    for label in 0..<3 {
      let rows = (0..<dataset.count).filter { dataset.labels[$0] == label }
      let cloud = dataset.selecting(rows: rows).allForTraining()
      #expect(Standardizer(fitting: cloud).deviations.allSatisfy { abs($0 - 0.1) < 4 * 0.1 / Float(2000).squareRoot() })
    }
  }

  @Test("The seed chooses the samples")
  func seeds() {
    #expect(Dataset.moons(seed: 1) == Dataset.moons(seed: 1))
    #expect(Dataset.moons(seed: 1) != Dataset.moons(seed: 2))
    #expect(Dataset.blobs(seed: 1) != Dataset.blobs(seed: 2))
  }
}
