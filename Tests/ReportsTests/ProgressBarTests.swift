import Reports
import Testing

/// A clock that is set by hand and an output that is kept.
private final class Stage {
  var time = 100.0
  var shown: [String] = []

  func bar(_ style: ProgressBar.Style, total: Int = 50, done: Int = 0) -> ProgressBar {
    ProgressBar(
      "training", total: total, done: done, unit: "epochs", style: style, clock: { self.time }, output: { self.shown.append($0) })
  }
}

@Suite struct ProgressBarTests {
  @Test func aBarIsDrawnOver() {
    let stage = Stage()
    var bar = stage.bar(.bar(width: 100))
    stage.time += 4
    bar.update(20, metric: "loss 0.31")
    stage.time += 0.05
    bar.update(21, metric: "too soon to draw again")
    stage.time += 6
    bar.update(50, metric: "loss 0.12")
    #expect(
      stage.shown == [
        "\rtraining [#########---------------]  40%  20/50 epochs  5.0/s  6 s left  loss 0.31\u{1B}[K",
        "\rtraining [########################] 100%  50/50 epochs  5.0/s  in 10 s  loss 0.12\u{1B}[K\n",
      ])
  }

  @Test(arguments: [1, 20, 40, 60, 80, 200]) func aBarStaysOnItsLine(_ width: Int) {
    let stage = Stage()
    var bar = stage.bar(.bar(width: width))
    stage.time += 1
    bar.update(7, metric: "a metric with a rather long name 0.123456")
    let line = stage.shown[0].dropFirst().dropLast("\u{1B}[K".count)
    #expect(line.count <= width - 1)
    #expect(line.hasPrefix("training".prefix(max(0, width - 1))))
  }

  @Test func plainLinesComeAtEveryTenth() {
    let stage = Stage()
    var bar = stage.bar(.lines, total: 200)
    for step in 1...200 {
      stage.time += 0.1
      bar.update(step, metric: "loss 0.5")
    }
    #expect(stage.shown.count == 10)
    #expect(stage.shown[0] == "training  10%  20/200 epochs  10/s  18 s left  loss 0.5\n")
    #expect(stage.shown[9] == "training 100%  200/200 epochs  10/s  in 20 s  loss 0.5\n")
  }

  @Test func slowWorkIsHeardFromEveryHalfMinute() {
    let stage = Stage()
    var bar = stage.bar(.lines, total: 1000)
    for step in 1...9 {
      stage.time += 10
      bar.update(step)
    }
    #expect(stage.shown.count == 3)
    #expect(stage.shown[0] == "training   0%  3/1000 epochs  0.1/s  2 h 46 min left\n")
  }

  @Test func aResumedRunDoesNotCountOldWorkAsSpeed() {
    let stage = Stage()
    var bar = stage.bar(.lines, done: 40)
    stage.time += 5
    bar.update(45)
    #expect(stage.shown == ["training  90%  45/50 epochs  1.0/s  5 s left\n"])
  }

  @Test func silenceIsSilent() {
    let stage = Stage()
    var bar = stage.bar(.silent)
    bar.update(50)
    bar.interrupt()
    #expect(stage.shown.isEmpty)
  }

  @Test(arguments: [(0.4, "0 s"), (59.4, "59 s"), (65, "1 min 05 s"), (3599.6, "1 h 00 min"), (12_000, "3 h 20 min")])
  func durations(_ seconds: Double, _ expected: String) {
    #expect(ProgressBar.duration(seconds) == expected)
  }
}
