import QuantumCircuits
import Testing

struct ClassicalExpressionTests {
  static let c = ClassicalRegister("c", bits: 0..<3)
  static let d = ClassicalRegister("d", bits: 3..<4)

  /// An expression, its text, and what it is where the bits are those of 0b1101.
  static let rows: [(ClassicalExpression, String, Int)] = [
    (c.expression, "c", 5),
    (d.expression, "d", 1),
    (c[1].expression, "c[1]", 0),
    (c == 5, "c == 5", 1),
    (c != 5, "c != 5", 0),
    (!c[1] && d == 1, "!c[1] && (d == 1)", 1),
    (c[1] || d[0] ^ c[0], "c[1] || (d ^ c[0])", 0),
    (.binary(.less, c.expression, .integer(6)), "c < 6", 1),
    (.binary(.lessOrEqual, c.expression, .integer(4)), "c <= 4", 0),
    (.binary(.greater, c.expression, .integer(4)), "c > 4", 1),
    (.binary(.greaterOrEqual, c.expression, .integer(6)), "c >= 6", 0),
    (.binary(.bitAnd, c.expression, .integer(6)), "c & 6", 4),
    (.binary(.bitOr, c.expression, .integer(2)), "c | 2", 7),
    (.binary(.shiftLeft, c.expression, .integer(2)), "c << 2", 20),
    (.binary(.shiftRight, c.expression, .integer(1)), "c >> 1", 2),
    (.binary(.plus, c.expression, d.expression), "c + d", 6),
    (.binary(.minus, .integer(1), c.expression), "1 - c", -4),
    (.binary(.times, .integer(3), .binary(.bitXor, c.expression, .integer(1))), "3 * (c ^ 1)", 12),
    (.bits([2, 3]), "{c[2],d[0]}", 3),
  ]

  @Test(arguments: rows)
  func valuesAndTexts(_ expression: ClassicalExpression, _ text: String, _ value: Int) {
    #expect(expression.text(registers: [Self.c, Self.d]) == text)
    #expect(expression.value { 0b1101 >> $0 & 1 == 1 } == value)
    #expect(expression.mappingBits { 3 - $0 }.value { 0b1011 >> $0 & 1 == 1 } == value)
  }

  @Test func everyOperatorHasARow() {
    let used = Self.rows.reduce(into: Set<ClassicalExpression.Operator>()) { result, row in
      func visit(_ expression: ClassicalExpression) {
        switch expression {
        case .integer, .bits: break
        case .not(let operand): visit(operand)
        case .binary(let operation, let left, let right):
          result.insert(operation)
          visit(left)
          visit(right)
        }
      }
      visit(row.0)
    }
    #expect(used == Set(ClassicalExpression.Operator.allCases))
  }

  @Test func usedBitsComeOnce() {
    #expect((Self.c == 5 && Self.c[1] || Self.d == 0).usedBits == [0, 1, 2, 3])
    #expect(ClassicalExpression.integer(4).usedBits.isEmpty)
  }
}
