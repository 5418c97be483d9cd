/// The versions of OpenQASM that are written.
public enum OpenQASMVersion: String, Sendable, Hashable, CaseIterable {
  /// OpenQASM 2.0 with qelib1.inc: gates with numbers, measurement, reset, conditions on one register.
  case two = "2.0"
  /// OpenQASM 3.0 with stdgates.inc; what it lacks is written as `#pragma hilbert`.
  case three = "3.0"
}

extension CircuitFile {
  /// The file as OpenQASM.
  ///
  /// Reading it gives an equal file: every instruction, name, input and annotation, and every number to the last bit. Gates beyond
  /// those of the included file are defined at the top, so that other programs can read them too.
  ///
  /// - Throws: `WritingError`, which names what the version cannot say. Nothing is left out silently.
  /// - Complexity: O(instructions).
  public func openQASM(_ version: OpenQASMVersion = .three) throws(WritingError) -> String {
    switch version {
    case .two:
      var writer = try OpenQASM2Writer(self)
      return try writer.text()
    case .three:
      var writer = try OpenQASM3Writer(self)
      return try writer.text()
    }
  }
}

/// What a format cannot say.
public struct WritingError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The format, for example `OpenQASM 2`.
  public let format: String
  /// The instruction or name as the circuit has it.
  public let construct: String
  /// Why it cannot be written.
  public let reason: String
  /// What to do instead.
  public let advice: String

  /// The sentence for a person.
  public var description: String { "\(format) cannot hold \(construct): \(reason); \(advice)" }
}
