import LinearAlgebra
import QuantumStates

// Square roots of half turns: the one with eigenvalues 1 and i, so that its square is the Pauli matrix itself.

extension GateRow {
  static let sx = root("SX", of: Pauli.x.matrix, symbol: "√X", inverse: .sxdg, formula: "1/2 [[1+i, 1-i], [1-i, 1+i]]")
  static let sxdg = rootAdjoint("SXdg", of: Pauli.x.matrix, symbol: "√X†", inverse: .sx, formula: "1/2 [[1-i, 1+i], [1+i, 1-i]]")
  static let sy = root("SY", of: Pauli.y.matrix, symbol: "√Y", inverse: .sydg, formula: "1/2 [[1+i, -1-i], [1+i, 1+i]]")
  static let sydg = rootAdjoint("SYdg", of: Pauli.y.matrix, symbol: "√Y†", inverse: .sy, formula: "1/2 [[1-i, 1-i], [-1+i, 1-i]]")
  static let sw = root("SW", of: diagonalAxisFlip, symbol: "√W", inverse: .swdg, formula: "1/2 [[1+i, -i√2], [√2, 1+i]]")
  static let swdg = rootAdjoint("SWdg", of: diagonalAxisFlip, symbol: "√W†", inverse: .sw, formula: "1/2 [[1-i, √2], [i√2, 1-i]]")

  /// ((1 + i) I + (1 - i) V)/2, the root of an involution V.
  private static func root(
    _ word: String, of flip: ComplexMatrix, symbol: String, inverse: Gate, formula: String
  ) -> GateRow {
    GateRow(
      word, symbols: [symbol], factors: [.fixed(rootMatrix(flip), on: 0)], inverse: .gate(inverse), formula: formula,
      help: "The square root of \(symbol.dropFirst()), a quarter turn with the phase e^{iπ/4}.")
  }

  private static func rootAdjoint(
    _ word: String, of flip: ComplexMatrix, symbol: String, inverse: Gate, formula: String
  ) -> GateRow {
    GateRow(
      word, symbols: [symbol], factors: [.fixed(rootMatrix(flip).adjoint, on: 0)], inverse: .gate(inverse), formula: formula,
      help: "The inverse of the square root of \(symbol.dropFirst().dropLast()).")
  }

  private static func rootMatrix(_ flip: ComplexMatrix) -> ComplexMatrix {
    Complex(0.5, 0.5) * .identity(2) + Complex(0.5, -0.5) * flip
  }
}

/// The square root of X.
public func SX(_ qubit: Int) -> Instruction { .gate(.sx, on: qubit) }
/// The inverse of SX.
public func SXdg(_ qubit: Int) -> Instruction { .gate(.sxdg, on: qubit) }
/// The square root of Y.
public func SY(_ qubit: Int) -> Instruction { .gate(.sy, on: qubit) }
/// The inverse of SY.
public func SYdg(_ qubit: Int) -> Instruction { .gate(.sydg, on: qubit) }
/// The square root of W = (X + Y)/√2.
public func SW(_ qubit: Int) -> Instruction { .gate(.sw, on: qubit) }
/// The inverse of SW.
public func SWdg(_ qubit: Int) -> Instruction { .gate(.swdg, on: qubit) }
