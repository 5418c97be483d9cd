import LinearAlgebra
import QuantumCircuits

/// What an expression comes to: a value known while the file is read, or one that waits for measured bits.
enum Value {
  case integer(Int)
  case boolean(Bool)
  /// A float or an angle; it may depend on parameters and features.
  case number(Angle)
  case complex(Complex<Double>)
  /// Known bits, the least significant first.
  case bits([Bool])
  /// A value that depends on measured bits; bit registers have a width.
  case measured(ClassicalExpression, width: Int?)
  case array([Value])
  case text(String)

  /// The value as a message names it.
  var name: String {
    switch self {
    case .integer(let value): "the integer \(value)"
    case .boolean(let value): "the truth value \(value)"
    case .number(let angle): angle.constantValue.map { "the number \($0)" } ?? "a number that depends on an input"
    case .complex: "a complex number"
    case .bits(let bits): "\(bits.count) bits"
    case .measured: "a value that depends on measured bits"
    case .array: "a list"
    case .text: "a text"
    }
  }

  /// Known bits as an integer; nil where there are more than fit.
  static func integer(of bits: [Bool]) -> Int? {
    guard bits.lastIndex(of: true).map({ $0 < 63 }) ?? true else { return nil }
    return bits.enumerated().reduce(0) { $0 | ($1.element ? 1 << $1.offset : 0) }
  }
}

/// A type with its sizes as numbers.
struct ValueType {
  let kind: TypeSyntax.Kind
  let size: Int?
  var dimensions: [Int] = []

  /// How many bits a variable of this type takes that depends on measured bits; nil for types that cannot.
  var width: Int? {
    switch kind {
    case .bit, .bool: size ?? 1
    case .int, .uint: size ?? 32
    case .float, .angle, .complex, .qubit: nil
    }
  }

  /// What an integer without a size holds as bits of the circuit.
  var unsizedRange: ClosedRange<Int>? {
    switch kind {
    case .int: -1 << 31...1 << 31 - 1
    case .uint: 0...1 << 32 - 1
    default: nil
    }
  }

  /// The type as it is written.
  var name: String {
    let element = kind.rawValue + (size.map { "[\($0)]" } ?? "")
    return dimensions.isEmpty ? element : "array[\(element), \(dimensions.map { "\($0)" }.joined(separator: ", "))]"
  }
}
