/// Why a command stops: the status for the caller and the message for the person.
struct Failure: Error, Hashable, CustomStringConvertible {
  let status: ExitStatus
  /// One sentence on what is wrong and what to do next; may span lines when it quotes a file.
  let message: String

  init(_ status: ExitStatus, _ message: String) {
    self.status = status
    self.message = message
  }

  var description: String { message }
}
