import Datasets
import Testing

/// What every set of the catalogue keeps; a new row is tested the moment it exists.
@Suite("Dataset laws") struct DatasetLaws {
  static let shipped = DatasetCatalog.entries.filter { $0.availability != .fetchable }

  @Test("A row says what the set holds", arguments: shipped.map(\.name))
  func rowIsTrue(_ name: String) throws {
    let entry = try #require(DatasetCatalog.entry(named: name))
    switch try entry.load(seed: 3) {
    case .undivided(let dataset):
      #expect(entry.testCount == nil)
      check(dataset, against: entry, count: entry.trainingCount)
    case .divided(let parts):
      check(parts.training, against: entry, count: entry.trainingCount)
      check(parts.test, against: entry, count: try #require(entry.testCount))
    }
  }

  private func check<Role>(_ samples: SampleSet<Role>, against entry: CatalogEntry, count: Int) {
    #expect(samples.name == entry.name)
    #expect(samples.count == count)
    #expect(samples.sampleShape == entry.sampleShape)
    #expect(samples.featureNames == entry.featureNames)
    #expect(samples.classNames == entry.classNames)
    #expect(samples.labels.count == count)
    #expect(samples.classSizes.allSatisfy { $0 > 0 })
    #expect(samples.features.allSatisfy { $0.isFinite })
    #expect(samples.origin == entry.origin)
    if entry.sampleShape.count == 3 {
      #expect(samples.features.min() == 0 && samples.features.max() == 1)
    }
  }
}
