import Datasets
import Testing

@Suite("Divisions, selections and batches") struct DivisionTests {
  static let names = DatasetCatalog.entries.filter { $0.availability != .fetchable && $0.testCount == nil }.map(\.name)

  /// A set whose only feature is the sample's number.
  func numbered(_ sizes: [Int]) throws -> Dataset {
    let labels = sizes.enumerated().flatMap { Array(repeating: $0.offset, count: $0.element) }
    return try Dataset(
      name: "numbered", features: labels.indices.map(Float.init), sampleShape: [1],
      targets: .classes(labels: labels, names: sizes.indices.map(String.init)))
  }

  @Test("Parts are disjoint, complete, in order and as large in every class as asked", arguments: names)
  func parts(name: String) throws {
    guard case .undivided(let whole) = try DataSource(name).load() else { return }
    let labelled = try Dataset(
      name: name, features: (0..<whole.count).map(Float.init), sampleShape: [1], targets: whole.targets)
    let parts = labelled.divided(testFraction: 0.25, seed: 5)
    #expect((parts.training.features + parts.test.features).sorted() == labelled.features)
    #expect(parts.test.features == parts.test.features.sorted())
    #expect(parts.test.count == Int((0.25 * Double(whole.count)).rounded()))
    for (size, drawn) in zip(whole.classSizes, parts.test.classSizes) { #expect(abs(Double(drawn) - 0.25 * Double(size)) < 1) }
    #expect(labelled.divided(testFraction: 0.25, seed: 5) == parts)
    #expect(labelled.divided(testFraction: 0.25, seed: 6) != parts)
  }

  @Test("Ends of the fraction")
  func ends() throws {
    let whole = try numbered([3, 4])
    #expect(whole.divided(testFraction: 0, seed: 1).training.count == 7)
    #expect(whole.divided(testFraction: 1, seed: 1).test.count == 7)
    let (training, validation) = whole.allForTraining().divided(validationFraction: 3.0 / 7, seed: 1)
    #expect(training.classSizes == [2, 2] && validation.classSizes == [1, 2])
  }

  @Test(
    "A limit takes the first samples of each class, in proportion", arguments: [(1, [0, 0, 1]), (5, [1, 2, 2]), (99, [4, 8, 8])])
  func limit(limit: Int, sizes: [Int]) throws {
    let limited = try numbered([4, 8, 8]).limited(to: limit)
    #expect(limited.count == min(limit, 20))
    #expect(limited.classSizes.reduce(0, +) == limited.count)
    if limit > 1 { #expect(limited.classSizes == sizes) }
    if limit == 5 { #expect(limited.features == [0, 4, 5, 12, 13]) }
  }

  @Test("A limit leaves the test samples alone")
  func limitOfRequest() throws {
    let parts = try DataRequest(limit: 100).load()
    #expect(parts.training.classSizes == Array(repeating: 10, count: 10))
    #expect(parts.test.count == 500)
  }

  @Test("A fraction cannot replace official test samples")
  func fractionOfDivided() {
    let error = #expect(throws: DatasetError.self) { try DataRequest(testFraction: 0.3).load() }
    #expect(
      error?.description
        == "fashion-mnist-2.5k: a test fraction of 0.3 for a set with test samples of its own. Leave the fraction out.")
  }

  @Test("Kept classes are numbered in the order given")
  func keeping() throws {
    let kept = try DataSource("iris").load().training.keeping(classes: ["virginica", "setosa"])
    #expect(kept.count == 100 && kept.classNames == ["virginica", "setosa"])
    #expect(kept.labels.first == 1 && kept.labels.last == 0)
    let error = #expect(throws: DatasetError.self) { try DataSource("iris").load().training.keeping(classes: ["verginica"]) }
    #expect(
      error?.description == "iris: no class is called verginica. Nearest: virginica. The classes are setosa, versicolor, virginica:"
        + " use their names, or the data set that has them.")
  }

  @Test("A class can be kept once only")
  func keepingTwice() throws {
    let iris = try DataSource("iris").load().training
    let error = #expect(throws: DatasetError.self) { try iris.keeping(classes: ["setosa", "virginica", "setosa"]) }
    #expect(error?.description == "iris: the class setosa is named twice. Name each class once.")
  }

  @Test("Batches visit every sample once; the last one is what is left", arguments: [1, 7, 20, 64])
  func batches(size: Int) throws {
    let whole = try numbered([9, 11])
    for batches in [whole.batches(of: size), whole.batches(of: size, seed: 3, epoch: 2)] {
      let all = Array(batches)
      #expect(all.count == batches.count && all.count == (20 + size - 1) / size)
      #expect(all.dropLast().allSatisfy { $0.count == size })
      #expect(all.flatMap(\.rows).sorted() == Array(0..<20))
      #expect(all.flatMap(\.features) == all.flatMap(\.rows).map(Float.init))
      #expect(all.flatMap(\.labels) == all.flatMap(\.rows).map { $0 < 9 ? 0 : 1 })
    }
    #expect(whole.batches(of: size).flatMap(\.rows) == Array(0..<20))
  }

  @Test("The order depends on seed and epoch, and on nothing else")
  func order() throws {
    let whole = try numbered([50])
    #expect(whole.shuffledRows(seed: 1, epoch: 4) == whole.shuffledRows(seed: 1, epoch: 4))
    let orders = Set([(1, 0), (1, 1), (2, 0), (2, 1)].map { whole.shuffledRows(seed: $0, epoch: $1) })
    #expect(orders.count == 4)
  }
}
