/// What can go wrong when results are written down or drawn.
///
/// The command line ends with status 73 for `cannotWrite`, 74 for `cannotRead`, 69 for `gnuplotMissing` and 70 for
/// `gnuplotFailed`.
public enum ReportError: Error, Hashable, Sendable {
  /// A file or folder could not be written; nothing was left half-written.
  case cannotWrite(path: String, reason: String)
  /// A file of a run folder could not be read, or holds something else than expected.
  case cannotRead(path: String, reason: String)
  /// The program that draws figures is not on this machine.
  case gnuplotMissing
  /// gnuplot refused a figure.
  case gnuplotFailed(figure: String, message: String)
}

extension ReportError: CustomStringConvertible {
  /// One sentence, and what to do next.
  public var description: String {
    switch self {
    case .cannotWrite(let path, let reason):
      "cannot write \(path): \(reason). Free some space, mend the permissions or choose another folder."
    case .cannotRead(let path, let reason):
      "cannot read \(path): \(reason). Name the folder of a run, the one that holds manifest.json."
    case .gnuplotMissing:
      "gnuplot draws the figures and was not found on PATH. "
        + "Install it: apt-get install gnuplot-nox (Debian, Ubuntu) or brew install gnuplot (macOS)."
    case .gnuplotFailed(let figure, let message):
      "gnuplot could not draw the figure \(figure): \(message). Please report this together with the figure's .gnuplot file."
    }
  }
}
