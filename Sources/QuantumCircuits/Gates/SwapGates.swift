import LinearAlgebra

// Constant gates that exchange two qubits, wholly or in part.

extension GateRow {
  static let swap = GateRow(
    "SWAP", symbols: ["×", "×"], factors: [.fixed(exchange(1), on: 0, 1)], inverse: .itself,
    formula: "|ab> -> |ba>", help: "Exchanges two qubits.")

  static let sswap = GateRow(
    "SqrtSWAP", symbols: ["√×", "√×"], factors: [.fixed(rootSwap, on: 0, 1)], inverse: .gate(.sswapdg),
    formula: "((1 + i) I + (1 - i) SWAP)/2", help: "The square root of SWAP.")

  static let sswapdg = GateRow(
    "SqrtSWAPdg", symbols: ["√×†", "√×†"], factors: [.fixed(rootSwap.adjoint, on: 0, 1)], inverse: .gate(.sswap),
    formula: "((1 - i) I + (1 + i) SWAP)/2", help: "The inverse of the square root of SWAP.")

  static let iswap = GateRow(
    "iSWAP", symbols: ["i×", "i×"], factors: [.fixed(exchange(.i), on: 0, 1)], inverse: .gate(.iswapdg),
    formula: "exp(iπ(XX + YY)/4)", help: "Exchanges two qubits; |01> and |10> gain the factor i.")

  static let iswapdg = GateRow(
    "iSWAPdg", symbols: ["i×†", "i×†"], factors: [.fixed(exchange(-Complex.i), on: 0, 1)], inverse: .gate(.iswap),
    formula: "exp(-iπ(XX + YY)/4)", help: "The inverse of iSWAP.")

  static let siswap = GateRow(
    "SqrtiSWAP", symbols: ["√i×", "√i×"], factors: [.fixed(rootISwap, on: 0, 1)], inverse: .gate(.siswapdg),
    formula: "exp(iπ(XX + YY)/8)", help: "The square root of iSWAP.")

  static let siswapdg = GateRow(
    "SqrtiSWAPdg", symbols: ["√i×†", "√i×†"], factors: [.fixed(rootISwap.adjoint, on: 0, 1)], inverse: .gate(.siswap),
    formula: "exp(-iπ(XX + YY)/8)", help: "The inverse of the square root of iSWAP.")

  static let ecr = GateRow(
    "ECR", symbols: ["ECR:0", "ECR:1"], factors: [.fixed(echoedCrossResonance, on: 0, 1)], inverse: .itself,
    formula: "(X0 - Y0 X1)/√2", help: "Echoed cross resonance: CX up to one-qubit gates, native to fixed-frequency transmons.")

  /// |01> and |10> become each other with the given factor.
  private static func exchange(_ factor: Complex<Double>) -> ComplexMatrix {
    [[1, 0, 0, 0], [0, 0, factor, 0], [0, factor, 0, 0], [0, 0, 0, 1]]
  }

  private static let rootSwap: ComplexMatrix = Complex(0.5, 0.5) * .identity(4) + Complex(0.5, -0.5) * exchange(1)

  private static let rootISwap: ComplexMatrix = {
    let half = Complex(0.5.squareRoot())
    return [[1, 0, 0, 0], [0, half, .i * half, 0], [0, .i * half, half, 0], [0, 0, 0, 1]]
  }()

  private static let echoedCrossResonance: ComplexMatrix =
    Complex(0.5.squareRoot()) * [[0, 1, 0, .i], [1, 0, Complex(0, -1), 0], [0, .i, 0, 1], [Complex(0, -1), 0, 1, 0]]
}

/// Exchanges two qubits.
public func SWAP(_ first: Int, _ second: Int) -> Instruction { .gate(.swap, on: first, second) }
/// The square root of SWAP.
public func SqrtSWAP(_ first: Int, _ second: Int) -> Instruction { .gate(.sswap, on: first, second) }
/// The inverse of the square root of SWAP.
public func SqrtSWAPdg(_ first: Int, _ second: Int) -> Instruction { .gate(.sswapdg, on: first, second) }
/// exp(iπ(XX + YY)/4).
public func iSWAP(_ first: Int, _ second: Int) -> Instruction { .gate(.iswap, on: first, second) }
/// exp(-iπ(XX + YY)/4).
public func iSWAPdg(_ first: Int, _ second: Int) -> Instruction { .gate(.iswapdg, on: first, second) }
/// exp(iπ(XX + YY)/8).
public func SqrtiSWAP(_ first: Int, _ second: Int) -> Instruction { .gate(.siswap, on: first, second) }
/// exp(-iπ(XX + YY)/8).
public func SqrtiSWAPdg(_ first: Int, _ second: Int) -> Instruction { .gate(.siswapdg, on: first, second) }
/// (X0 - Y0 X1)/√2 on the first and the second qubit.
public func ECR(_ first: Int, _ second: Int) -> Instruction { .gate(.ecr, on: first, second) }
