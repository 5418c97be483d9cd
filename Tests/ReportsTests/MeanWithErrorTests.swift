import Reports
import Testing

@Suite struct MeanWithErrorTests {
  /// Deviations -4/3, -1/3 and 5/3 around 7/3: squares add to 14/3, over 3 * 2.
  @Test func threeValuesByHand() {
    let (mean, error) = [1.0, 2, 4].meanWithError
    #expect(abs(mean - 7.0 / 3) < 1e-15 && abs(error - (7.0 / 9).squareRoot()) < 1e-15)
  }

  @Test func fewValues() {
    #expect([0.25].meanWithError == (0.25, 0))
    #expect([Double]().meanWithError.mean.isNaN)
  }
}
