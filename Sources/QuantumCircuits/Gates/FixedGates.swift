import LinearAlgebra
import QuantumStates

// Constant one-qubit gates. The words X, Y and Z stand with `PauliFactor`: the same word is a gate and an observable.

extension GateRow {
  static let id = GateRow(
    "I", symbols: ["I"], factors: [], inverse: .itself,
    formula: "diag(1, 1)", help: "The identity.")

  static let x = GateRow(
    "X", symbols: ["X"], factors: [.fixed(Pauli.x.matrix, on: 0)], inverse: .itself,
    formula: "[[0, 1], [1, 0]]", help: "Pauli X, the bit flip.")

  static let y = GateRow(
    "Y", symbols: ["Y"], factors: [.fixed(Pauli.y.matrix, on: 0)], inverse: .itself,
    formula: "[[0, -i], [i, 0]]", help: "Pauli Y.")

  static let z = GateRow(
    "Z", symbols: ["Z"], factors: [.fixed(Pauli.z.matrix, on: 0)], inverse: .itself,
    formula: "diag(1, -1)", help: "Pauli Z, the phase flip.")

  static let h = GateRow(
    "H", symbols: ["H"], factors: [.fixed(Complex(0.5.squareRoot()) * [[1, 1], [1, -1]], on: 0)], inverse: .itself,
    formula: "1/√2 [[1, 1], [1, -1]]", help: "Hadamard: |0> becomes the even superposition of |0> and |1>.")

  static let s = GateRow(
    "S", symbols: ["S"], factors: [.fixed(.diagonal([1, .i]), on: 0)], inverse: .gate(.sdg),
    formula: "diag(1, i)", help: "A quarter turn of phase, the square root of Z.")

  static let sdg = GateRow(
    "Sdg", symbols: ["S†"], factors: [.fixed(.diagonal([1, -Complex.i]), on: 0)], inverse: .gate(.s),
    formula: "diag(1, -i)", help: "The inverse of S.")

  static let t = GateRow(
    "T", symbols: ["T"], factors: [.fixed(.diagonal([1, Complex(length: 1, phase: .pi / 4)]), on: 0)], inverse: .gate(.tdg),
    formula: "diag(1, e^{iπ/4})", help: "An eighth turn of phase, the square root of S.")

  static let tdg = GateRow(
    "Tdg", symbols: ["T†"], factors: [.fixed(.diagonal([1, Complex(length: 1, phase: -.pi / 4)]), on: 0)], inverse: .gate(.t),
    formula: "diag(1, e^{-iπ/4})", help: "The inverse of T.")

  static let w = GateRow(
    "W", symbols: ["W"], factors: [.fixed(diagonalAxisFlip, on: 0)], inverse: .itself,
    formula: "(X + Y)/√2", help: "The half turn about the axis between X and Y, whose root random circuits use (Arute et al. 2019)."
  )

  /// (X + Y)/√2.
  static let diagonalAxisFlip: ComplexMatrix = Complex(0.5.squareRoot()) * (Pauli.x.matrix + Pauli.y.matrix)
}

/// The identity on a qubit.
public func I(_ qubit: Int) -> Instruction { .gate(.id, on: qubit) }
/// Hadamard.
public func H(_ qubit: Int) -> Instruction { .gate(.h, on: qubit) }
/// diag(1, i).
public func S(_ qubit: Int) -> Instruction { .gate(.s, on: qubit) }
/// diag(1, -i).
public func Sdg(_ qubit: Int) -> Instruction { .gate(.sdg, on: qubit) }
/// diag(1, e^{iπ/4}).
public func T(_ qubit: Int) -> Instruction { .gate(.t, on: qubit) }
/// diag(1, e^{-iπ/4}).
public func Tdg(_ qubit: Int) -> Instruction { .gate(.tdg, on: qubit) }
/// (X + Y)/√2.
public func W(_ qubit: Int) -> Instruction { .gate(.w, on: qubit) }
