import QuantumStates

/// The circuit language: statements are instructions, Pauli gates, circuits, `if`, `for`.
///
/// Every expression becomes a list of instructions at once, one concrete type, which keeps type-checking fast and errors at their
/// line.
@resultBuilder
public enum CircuitBuilder {
  public static func buildExpression(
    _ instruction: Instruction, fileID: StaticString = #fileID, line: Int = #line
  ) -> [Instruction] {
    located([instruction], fileID, line)
  }

  public static func buildExpression(_ factor: PauliFactor, fileID: StaticString = #fileID, line: Int = #line) -> [Instruction] {
    located([factor.instruction], fileID, line)
  }

  public static func buildExpression(_ circuit: Circuit, fileID: StaticString = #fileID, line: Int = #line) -> [Instruction] {
    located(circuit.instructions, fileID, line)
  }

  public static func buildExpression(_ list: [Instruction], fileID: StaticString = #fileID, line: Int = #line) -> [Instruction] {
    located(list, fileID, line)
  }

  public static func buildBlock(_ parts: [Instruction]...) -> [Instruction] { Array(parts.joined()) }
  public static func buildOptional(_ part: [Instruction]?) -> [Instruction] { part ?? [] }
  public static func buildEither(first part: [Instruction]) -> [Instruction] { part }
  public static func buildEither(second part: [Instruction]) -> [Instruction] { part }
  public static func buildArray(_ parts: [[Instruction]]) -> [Instruction] { Array(parts.joined()) }
  public static func buildLimitedAvailability(_ part: [Instruction]) -> [Instruction] { part }

  /// The instructions with their place in the program; those that already have one keep it.
  private static func located(_ instructions: [Instruction], _ fileID: StaticString, _ line: Int) -> [Instruction] {
    instructions.map { instruction in
      var located = instruction
      located.source = located.source ?? SourceLocation(fileID: fileID, line: line)
      return located
    }
  }
}
