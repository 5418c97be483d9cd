import Execution

/// What can go wrong when results are written down or drawn.
///
/// The command line ends with status 73 for `cannotWrite`, 74 for `cannotRead`, 69 for `gnuplotMissing` and 70 for
/// `gnuplotFailed`.
public enum ReportError: Error, Hashable, Sendable {
  /// A file or folder could not be written; nothing was left half-written.
  case cannotWrite(FileFailure)
  /// A file of a run folder could not be read, or holds something else than expected.
  case cannotRead(FileFailure)
  /// The program that draws figures is not on this machine.
  case gnuplotMissing
  /// gnuplot refused a figure.
  case gnuplotFailed(figure: String, message: String)
}

extension ReportError: CustomStringConvertible {
  /// One sentence, and what to do next.
  public var description: String {
    switch self {
    case .cannotWrite(let failure): "cannot write \(failure.path): \(failure.reason). \(failure.advice)"
    case .cannotRead(let failure): "cannot read \(failure.path): \(failure.reason). \(failure.advice)"
    case .gnuplotMissing:
      "gnuplot draws the figures and was not found on PATH. "
        + "Install it: apt-get install gnuplot-nox (Debian, Ubuntu) or brew install gnuplot (macOS)."
    case .gnuplotFailed(let figure, let message):
      "gnuplot could not draw the figure \(figure): \(message). Please report this together with the figure's .gnuplot file."
    }
  }
}
