import QuantumCircuits
import QuantumStates
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

  /// Of a long chain each operand is looked at once.
  @Test func usedBitsOfManyOperands() {
    let parity = (1..<60).reduce(ClassicalBit(0).expression) { $0 ^ ClassicalBit($1) }
    #expect(parity.usedBits == Array(0..<60) && (Self.c[1] ^ Self.c[1]).usedBits == [1])
  }

  /// A number holds 64 bits: of more the last would not be seen, so they are refused wherever they are read.
  @Test func moreBitsThanANumberHoldsAreRefused() throws {
    let wide = ClassicalRegister("wide", bits: 0..<65)
    let all = ClassicalExpression.bits(Array(0..<64))
    #expect(all.value { $0 == 63 } == .min && all.value { _ in true } == -1)
    let split = ClassicalExpression.binary(.equal, all, .integer(0)) && !wide[64]
    #expect(split.value { $0 == 64 } == 0 && split.value { _ in false } == 1)
    func circuit(_ instruction: Instruction) throws -> Circuit {
      try Circuit(qubits: 1, registers: [wide], instructions: [instruction])
    }
    let refused = [
      If(wide == 0) { X(0) }, If(ClassicalBit(0)) { If(wide[1] && !(wide == 0)) { X(0) } }, While(wide, limit: 2) { X(0) },
      Assign(wide, to: wide),
    ]
    for instruction in refused {
      let error = #expect(throws: CircuitError.self) { try circuit(instruction) }
      #expect(error?.reason == .tooManyBits(65))
    }
    for instruction in [If(split) { X(0) }, Assign(all, to: wide)] { #expect(throws: Never.self) { try circuit(instruction) } }
  }
}
