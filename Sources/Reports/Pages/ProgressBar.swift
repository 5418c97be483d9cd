#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How far long work has come: a bar that redraws itself on a terminal, plain lines now and then elsewhere.
///
/// ```
/// training [##########--------------]  42%  21/50 epochs  3.4/s  9 s left  test accuracy 0.861
/// ```
public struct ProgressBar {
  /// How progress is shown.
  public enum Style: Sendable, Hashable {
    /// One line that is drawn over, at most `width` characters wide.
    case bar(width: Int)
    /// A line for every tenth of the work, and at least one in 30 seconds of work that moves.
    case lines
    /// Nothing.
    case silent
  }

  private let label: String
  private let total: Int
  private let unit: String
  private let style: Style
  private let clock: () -> Double
  private let output: (String) -> Void
  private let start: Double
  private let done: Int
  private var shownAt = -Double.infinity
  private var shownTenth = 0

  /// Progress with its own clock and output, as tests need it.
  ///
  /// - Parameters:
  ///   - label: what is being done, in a word or two.
  ///   - total: pieces of work in all, at least 1.
  ///   - done: pieces that an earlier, interrupted run has done already; the rate leaves them out.
  ///   - unit: the plural name of the pieces.
  ///   - clock: seconds since any fixed moment.
  ///   - output: takes text as it comes, line ends included.
  public init(
    _ label: String, total: Int, done: Int = 0, unit: String, style: Style, clock: @escaping () -> Double,
    output: @escaping (String) -> Void
  ) {
    precondition(total >= 1 && (0...total).contains(done), "ProgressBar: \(done) of \(total) \(unit)")
    self.label = label
    self.total = total
    self.done = done
    self.unit = unit
    self.style = style
    self.clock = clock
    self.output = output
    start = clock()
    shownTenth = done * 10 / total
  }

  /// Progress on standard error.
  ///
  /// - Parameter isQuiet: true shows nothing.
  public init(_ label: String, total: Int, done: Int = 0, unit: String, isQuiet: Bool = false) {
    self.init(
      label, total: total, done: done, unit: unit, style: isQuiet ? .silent : Terminal.style, clock: Terminal.seconds,
      output: Terminal.writeToStandardError)
  }

  /// Shows that `completed` pieces are done.
  ///
  /// - Parameter metric: the newest number worth watching, such as "loss 0.31"; may be empty.
  /// - Complexity: a bar is redrawn at most ten times a second, so this may be called in a loop.
  public mutating func update(_ completed: Int, metric: String = "") {
    let now = clock()
    let isLast = completed >= total
    switch style {
    case .silent:
      return
    case .bar(let width):
      guard isLast || now - shownAt >= 0.1 else { return }
      shownAt = now
      let text = line(completed, now, metric)
      // The last column stays free: some terminals wrap as soon as it is written.
      let room = width - 2 - label.count - text.count
      let bar = room >= 11 ? "[" + cells(completed, min(24, room - 3)) + "] " : ""
      output("\r" + (label + " " + bar + text).prefix(width - 1) + "\u{1B}[K" + (isLast ? "\n" : ""))
    case .lines:
      let tenth = completed * 10 / total
      guard isLast || tenth > shownTenth || now - max(shownAt, start) >= 30 else { return }
      shownAt = now
      shownTenth = tenth
      output(label + " " + line(completed, now, metric) + "\n")
    }
  }

  /// Ends the line of an unfinished bar, so that a message can follow.
  public func interrupt() {
    if case .bar = style, shownAt > -.infinity { output("\n") }
  }

  private func cells(_ completed: Int, _ width: Int) -> String {
    let full = min(width, completed * width / total)
    return String(repeating: "#", count: full) + String(repeating: "-", count: width - full)
  }

  private func line(_ completed: Int, _ now: Double, _ metric: String) -> String {
    let elapsed = now - start
    let fresh = completed - done
    let percent = String(completed * 100 / total)
    var parts = [String(repeating: " ", count: max(0, 3 - percent.count)) + percent + "%", "\(completed)/\(total) \(unit)"]
    if elapsed > 0, fresh > 0 {
      let rate = Double(fresh) / elapsed
      parts.append(rate.fixed(rate < 10 ? 1 : 0) + "/s")
      parts.append(completed >= total ? "in " + Self.duration(elapsed) : Self.duration(Double(total - completed) / rate) + " left")
    }
    if !metric.isEmpty { parts.append(metric) }
    return parts.joined(separator: "  ")
  }

  /// "8 s", "2 min 05 s", "3 h 20 min".
  package static func duration(_ seconds: Double) -> String {
    let whole = Int(max(0, seconds).rounded())
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(two(whole % 60)) s" }
    return "\(whole / 3600) h \(two(whole % 3600 / 60)) min"
  }
}

/// The terminal behind standard error.
enum Terminal {
  static var style: ProgressBar.Style {
    let name = getenv("TERM").map { String(cString: $0) } ?? ""
    guard isatty(STDERR_FILENO) == 1, name != "dumb" else { return .lines }
    var size = winsize()
    let isKnown = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return .bar(width: isKnown ? Int(size.ws_col) : 80)
  }

  static func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// One system call a message, so that messages of several processes do not mix within a line.
  static func writeToStandardError(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
