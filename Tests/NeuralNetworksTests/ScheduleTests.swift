import NeuralNetworks
import Testing

@Suite struct ScheduleTests {
  @Test(
    "factors at the landmarks of a run of 10 epochs with 10 steps",
    arguments: [
      (LearningRateSchedule.constant, [0: 1.0, 50: 1, 99: 1]),
      (.step(every: 3, factor: 0.5), [0: 1, 29: 1, 30: 0.5, 60: 0.25, 99: 0.125]),
      (.cosine, [0: 1, 50: 0.5]),
      (LearningRateSchedule(.cosine(floor: 0.2)), [0: 1, 50: 0.6]),
      (LearningRateSchedule(.oneCycle(rise: 0.2, start: 0.1, end: 0)), [0: 0.1, 10: 0.55, 20: 1, 60: 0.5]),
      (LearningRateSchedule.constant.warmingUp(epochs: 2), [0: 0.05, 9: 0.5, 19: 1, 20: 1]),
      (LearningRateSchedule.cosine.warmingUp(epochs: 1), [50: 0.5]),
    ] as [(LearningRateSchedule, [Int: Double])])
  func landmarks(schedule: LearningRateSchedule, factors: [Int: Double]) {
    for (step, factor) in factors {
      let found = schedule.factor(step: step, stepsPerEpoch: 10, epochs: 10)
      #expect(abs(found - factor) < 1e-12, "step \(step): \(found), expected \(factor)")
    }
  }

  @Test("clipping bounds the norm or each component and leaves small gradients alone")
  func clipping() {
    #expect(GradientClipping.norm(1)([3, -4]) == [0.6000000000000001, -0.8])
    #expect(GradientClipping.norm(6)([3, -4]) == [3, -4])
    #expect(GradientClipping.value(2)([3, -4, 1]) == [2, -2, 1])
  }
}
