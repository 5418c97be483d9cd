/// How the learning rate changes while training goes on: a factor on the optimizer's learning rate for every step.
public struct LearningRateSchedule: Hashable, Sendable, Codable {
  /// The course of the factor after warm-up, with t in `[0, 1]` the part of the training that is done.
  public enum Course: Hashable, Sendable, Codable {
    /// 1 throughout.
    case constant
    /// `factor^(epochs done / every)`, rounded down.
    case step(every: Int, factor: Double)
    /// `floor + (1 - floor) (1 + cos(pi t)) / 2`.
    /// Source: Loshchilov and Hutter, SGDR, 2017, eq. 5 (one period).
    case cosine(floor: Double)
    /// From `start` up to 1 during the part `rise` of the training, then down to `end`, both along half cosines.
    /// Source: Smith and Topin, Super-convergence, 2018 (with cosine slopes).
    case oneCycle(rise: Double, start: Double, end: Double)
  }

  /// The factor's course after warm-up.
  public var course: Course
  /// During these first epochs the factor is also multiplied by a line from 0 to 1.
  public var warmUpEpochs: Double

  /// A schedule of a course and a warm-up.
  public init(_ course: Course, warmUpEpochs: Double = 0) {
    precondition(warmUpEpochs >= 0, "LearningRateSchedule: warmUpEpochs is \(warmUpEpochs), must not be negative")
    if case .step(let every, _) = course {
      precondition(every > 0, "LearningRateSchedule: a step every \(every) epochs, must be positive")
    }
    (self.course, self.warmUpEpochs) = (course, warmUpEpochs)
  }

  /// The learning rate as it is.
  public static let constant = LearningRateSchedule(.constant)
  /// A half cosine from 1 to 0.
  public static let cosine = LearningRateSchedule(.cosine(floor: 0))
  /// Up from 0.04 during three tenths of the run, then down to 0.0001.
  public static let oneCycle = LearningRateSchedule(.oneCycle(rise: 0.3, start: 0.04, end: 0.0001))
  /// `factor` times smaller after every `epochs` epochs.
  public static func step(every epochs: Int, factor: Double) -> LearningRateSchedule { .init(.step(every: epochs, factor: factor)) }

  /// The same course after a warm-up.
  public func warmingUp(epochs: Double) -> LearningRateSchedule { LearningRateSchedule(course, warmUpEpochs: epochs) }

  /// The factor for one step.
  ///
  /// - Parameter step: Counted from 0 over the whole training.
  public func factor(step: Int, stepsPerEpoch: Int, epochs: Int) -> Double {
    let total = max(1, Double(stepsPerEpoch) * Double(epochs))
    let warmUp = warmUpEpochs * Double(stepsPerEpoch)
    let slope = warmUp > 0 ? min(1, Double(step + 1) / warmUp) : 1
    return slope * courseFactor(done: Double(step) / total, epoch: step / max(1, stepsPerEpoch))
  }

  private func courseFactor(done: Double, epoch: Int) -> Double {
    func between(_ from: Double, _ to: Double, _ t: Double) -> Double { to + (from - to) * (1 + .cosine(.pi * t)) / 2 }
    switch course {
    case .constant: return 1
    case .step(let every, let factor): return power(factor, epoch / every)
    case .cosine(let floor): return between(1, floor, done)
    case .oneCycle(let rise, let start, let end):
      return done < rise ? between(start, 1, done / rise) : between(1, end, (done - rise) / max(1 - rise, .leastNormalMagnitude))
    }
  }
}
