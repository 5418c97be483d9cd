import Datasets
import LinearAlgebra
import Testing

@Suite struct AdHocTests {
  @Test(arguments: AdHocProblem.Variant.allCases, 2...3) func labelsKeepTheGap(_ variant: AdHocProblem.Variant, features: Int)
    throws
  {
    let problem = AdHocProblem(seed: 3, features: features, variant: variant)
    let samples = try problem.samples(perClass: 20, draw: 5)
    #expect(samples.classSizes == [20, 20])
    #expect(samples.sampleShape == [features])
    for row in 0..<samples.count {
      let point = samples.sample(row).map(Double.init)
      let value = problem.expectation(point)
      #expect(samples.labels[row] == 0 ? value >= 0.3 : value <= -0.3)
      #expect(point.allSatisfy { (0..<2 * .pi).contains($0) })
      if variant == .grid {
        #expect(point.allSatisfy { abs(($0 * 100 / (2 * .pi)).rounded() - $0 * 100 / (2 * .pi)) < 1e-4 })
      }
    }
    #expect(try problem.samples(perClass: 20, draw: 5) == samples)
    #expect(try problem.samples(perClass: 20, draw: 6) != samples)
    #expect(AdHocProblem(seed: 4, features: features, variant: variant).observable != problem.observable)
  }

  /// V†PV of a unitary V: Hermitian, its square the identity, of trace 0.
  @Test(arguments: AdHocProblem.Variant.allCases) func theObservableIsARotatedParity(_ variant: AdHocProblem.Variant) {
    let observable = AdHocProblem(seed: 7, variant: variant).observable
    #expect((observable * observable - .identity(4)).elements.allSatisfy { $0.length < 1e-12 })
    #expect((observable - observable.adjoint).elements.allSatisfy { $0.length < 1e-12 })
    #expect(observable.trace.length < 1e-12)
  }

  @Test func aGapTooWideIsAnError() {
    let error = #expect(throws: DatasetError.self) { try Dataset.adHoc(gap: 0.9999, seed: 1) }
    #expect(error?.description.hasSuffix("Take a smaller gap or another seed.") == true)
  }
}
