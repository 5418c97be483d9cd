import Reports

extension RunFolder {
  /// Draws a figure to its end; a command that listens to Ctrl-C ends after it, and says what there is. So does one that finds no
  /// room.
  ///
  /// - Parameter kept: what the folder holds, and how to get the rest.
  /// - Returns: the SVG's text, for the report.
  func draw(_ figure: any Figure, named name: String, with gnuplot: Gnuplot, kept: String) throws -> String {
    let svg: String
    do {
      svg = try draw(figure, named: name, with: gnuplot)
    } catch {
      guard case .cannotWrite = error else { throw error }
      throw Failure(.cannotWrite, "\(error)\n\(kept)")
    }
    guard !Interruption.isRequested else { throw Failure(.interrupted, "interrupted while figures were drawn; \(kept)") }
    return svg
  }
}
