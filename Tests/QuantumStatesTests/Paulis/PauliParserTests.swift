import QuantumStates
import Randomness
import Testing

struct PauliParserTests {
  @Test(arguments: [
    ("0.5 X0 Z2 - Y1 + 1.2", 0.5 * X(0) * Z(2) - Y(1) + 1.2),
    ("Z0", 1 * Z(0)), ("-Z0", -Z(0)), ("+ x0y1", X(0) * Y(1)), ("  2*Z0*Z1 ", 2 * Z(0) * Z(1)), ("3", PauliSum(3, .identity)),
    ("2 I", PauliSum(2, .identity)), ("I0 Z1", 1 * Z(1)), ("1e-3 Z63", 1e-3 * Z(63)), ("Z0 + Z0 - 2 Z0", PauliSum([])),
    ("0", PauliSum([])),
    ("2e2X1-.5", 200 * X(1) - 0.5),
  ])
  func readsObservables(_ text: String, _ sum: PauliSum) throws {
    #expect(try PauliSum(text) == sum)
  }

  @Test(arguments: [
    ("", "column 1: expected a number or a Pauli factor such as Z0\n  \n  ^"),
    ("Z0 +", "column 5: expected a number or a Pauli factor such as Z0\n  Z0 +\n      ^"),
    ("Z0 Q1", "column 4: expected a Pauli factor such as Z0, + or -\n  Z0 Q1\n     ^"),
    ("Z0 Z", "column 5: expected a qubit from 0 to 63\n  Z0 Z\n      ^"),
    (
      "i X0",
      "column 1: expected a real number or a Pauli factor, I being the identity: observables have no imaginary coefficients\n  i X0\n  ^"
    ),
    (
      "2i X0",
      "column 2: expected a real number or a Pauli factor, I being the identity: observables have no imaginary coefficients\n  2i X0\n   ^"
    ),
    ("Z64", "column 2: expected a qubit from 0 to 63\n  Z64\n   ^"),
    ("X0 Y0", "column 4: expected at most one factor on qubit 0 in a term\n  X0 Y0\n     ^"),
    ("2 *", "column 4: expected a Pauli factor such as Z0\n  2 *\n     ^"),
    ("1.2.3 Z0", "column 1: expected a number\n  1.2.3 Z0\n  ^"),
    ("Z0 3", "column 4: expected a Pauli factor such as Z0, + or -\n  Z0 3\n     ^"),
    ("1e999 Z0", "column 1: expected a number\n  1e999 Z0\n  ^"),
  ])
  func saysWhereATextIsWrong(_ text: String, _ message: String) {
    let error = #expect(throws: PauliError.self) { try PauliSum(text) }
    #expect(error?.description == "observable, " + message)
  }

  /// Numbers that are finite alone, and not together.
  @Test func coefficientsMustStayFinite() throws {
    let advice = ", which is not a finite number; check the numbers that are added or multiplied"
    let sum = #expect(throws: PauliError.self) { try PauliSum("1e308 X0 + Z1 + 1e308 X0") }
    #expect(sum?.description == "the coefficient of X0 is inf" + advice)
    let large = try PauliSum("-1e200 Z1")
    let product = #expect(throws: PauliError.self) { try large.multiplied(by: PauliSum("1e200 Z0")) }
    #expect(product?.description == "the coefficient of Z0 Z1 is -inf" + advice)
    let made = #expect(throws: PauliError.self) { try PauliSum(adding: [.init(.nan, .identity)]) }
    #expect(made?.description == "the coefficient of I is nan" + advice)
  }

  @Test(arguments: 0..<20)
  func readsBackWhatItPrints(_ seed: UInt64) throws {
    var source = RandomSource(seed: seed)
    let terms = (0..<6).map { _ in
      PauliSum.Term(source.normal() * 1e-3, PauliWord(xMask: source.next() & source.next(), zMask: source.next() & source.next()))
    }
    let sum = PauliSum(terms)
    #expect(try PauliSum(sum.description) == sum)
  }

  @Test func printsInAFixedOrder() throws {
    #expect("\(1.2 * X(5) - Y(1) + 3 + 0.5 * Z(2) * X(0))" == "-Y1 + 1.2 X5 + 0.5 X0 Z2 + 3")
  }
}
