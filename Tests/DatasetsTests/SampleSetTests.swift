import Datasets
import Testing

@Suite("Sample sets") struct SampleSetTests {
  func twoByTwo(_ features: [Float] = [1, 2, 3, 4], targets: SampleTargets = .none) throws(DatasetError) -> Dataset {
    try Dataset(name: "table", features: features, sampleShape: [2], targets: targets)
  }

  @Test("A sample is a row of the features")
  func rows() throws {
    let dataset = try twoByTwo(targets: .values([0.5, 1.5]))
    #expect(dataset.count == 2)
    #expect(Array(dataset.sample(1)) == [3, 4])
    #expect(dataset.values == [0.5, 1.5])
    #expect(dataset.labels.isEmpty && dataset.classNames.isEmpty && dataset.classSizes.isEmpty)
  }

  @Test("An initializer refuses what is not valid")
  func validation() {
    func message(_ body: () throws -> Dataset) -> String? { (#expect(throws: DatasetError.self) { try body() })?.description }
    #expect(
      message { try twoByTwo([1, 2, 3, .infinity]) }
        == "table: feature 1 of sample 1 (both from 0) is inf, expected a finite number. Correct or remove that sample.")
    #expect(message { try twoByTwo([]) } == "table: no samples. Give a set with at least one sample.")
    #expect(
      message { try twoByTwo(targets: .classes(labels: [0], names: ["a"])) }
        == "table holds 2 samples but table holds 1 labels. Take both from the same set.")
    #expect(
      message { try twoByTwo(targets: .classes(labels: [0, -1], names: ["a"])) }
        == "table: the label of sample 1 (from 0) is -1, expected 0 to 0. Correct the label or the number of classes.")
    #expect(
      message { try twoByTwo(targets: .values([0, .nan])) }
        == "table: the target of sample 1 (from 0) is nan, expected a finite number. Write the file again in that form.")
  }

  @Test("Samples of zeros are refused where they have to be normalized")
  func zeroSamples() throws {
    try twoByTwo([0, 1, 1, 0]).requireNonzeroSamples()
    let error = #expect(throws: DatasetError.self) { try twoByTwo([0, 1, 0, 0]).requireNonzeroSamples() }
    #expect(
      error?.description
        == "table: all features of sample 1 (from 0) are zero, expected a vector that can be normalized."
        + " Remove that sample, or choose an encoding other than amplitudes.")
  }
}
