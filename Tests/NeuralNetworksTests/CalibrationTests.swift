import NeuralNetworks
import Testing

@Suite struct CalibrationTests {
  /// On a slope of one sign |f(p + cd) - f(p - cd)| is 2c times its length: the rate is the wanted step over it.
  @Test func theFirstStepIsAsLongAsWanted() throws {
    func value(_ p: [Double]) -> Double { 3 * p[0] }
    let optimizer = SPSA.calibrated(at: [0.4], step: 0.2, seed: 1, value: value)
    #expect(abs(optimizer.learningRate - 0.2 / 3) < 1e-12)
    var (moving, point) = (optimizer, [0.4])
    _ = try moving.step(
      &point, learningRate: moving.learningRate, objective: Objective(value: value) { (value($0), [3]) })
    #expect(abs(abs(point[0] - 0.4) - 0.2) < 1e-12)
    #expect(SPSA.calibrated(at: [1, 2], seed: 1) { _ in 5 }.learningRate == 0)
  }

  @Test func aCalibratedRunFindsTheMinimum() throws {
    func value(_ p: [Double]) -> Double { (p[0] - 1) * (p[0] - 1) + 2 * (p[1] + 0.5) * (p[1] + 0.5) }
    var point = [3.0, 2]
    var optimizer = SPSA.calibrated(at: point, step: 1.5, seed: 4, value: value)
    for _ in 0..<600 {
      _ = try optimizer.step(
        &point, learningRate: optimizer.learningRate, objective: Objective(value: value) { (value($0), []) })
    }
    #expect(value(point) < 1e-3, "\(point)")
  }
}
