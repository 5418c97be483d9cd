import LinearAlgebra
import QuantumStates

/// The forms of a channel, and channels from each of them. Every form is checked: positive and trace preserving within a tolerance.
extension Channel {
  /// How far a given map may be from completely positive and trace preserving.
  public static let tolerance = 1e-8

  // MARK: - From a form

  /// `ρ -> Σ K ρ K†`.
  ///
  /// - Throws: `ChannelError`, with the defect and the tolerance where Σ K†K is not the identity.
  public init(kraus operators: [ComplexMatrix], name: String = "Kraus", tolerance: Double = Self.tolerance) throws(ChannelError) {
    let count = try Self.qubitCount(of: operators)
    let sum = operators.map { $0.adjoint * $0 }.reduce(ComplexMatrix(rows: 1 << count, columns: 1 << count), +)
    let defect = (sum - .identity(1 << count)).maximumMagnitude
    guard defect <= tolerance else { throw .notTracePreserving(defect: defect, tolerance: tolerance) }
    let transfer = PauliBasis.transfer(operators.map { ($0, $0) })
    self.init(name, qubitCount: count, .fixed(kraus: operators, transfer: transfer))
  }

  /// Unitary matrices, each applied with its probability.
  public init(mixing unitaries: [(probability: Double, unitary: ComplexMatrix)]) throws(ChannelError) {
    let (sum, least) = (unitaries.reduce(0) { $0 + $1.probability }, unitaries.map(\.probability).min() ?? 0)
    guard abs(sum - 1) <= Self.tolerance, least >= 0 else { throw .probabilities(sum: sum, least: least) }
    _ = try Self.qubitCount(of: unitaries.map(\.unitary))
    for (_, unitary) in unitaries {
      let defect = (unitary.adjoint * unitary - .identity(unitary.rows)).maximumMagnitude
      guard defect <= Self.tolerance else { throw .notTracePreserving(defect: defect, tolerance: Self.tolerance) }
    }
    try self.init(kraus: unitaries.map { Complex($0.probability.squareRoot()) * $0.unitary }, name: "MixedUnitary")
  }

  /// The channel with the Choi matrix `J = Σ |i><j| (x) E(|i><j|)`: entry ((c, r), (c', r')) is <r|E(|c><c'|)|r'>, trace 2^k.
  ///
  /// Convention: the input is the more significant half of an index, as in Qiskit.
  public init(choi: ComplexMatrix, name: String = "Choi", tolerance: Double = Self.tolerance) throws(ChannelError) {
    let count = try Self.halfQubitCount(of: choi, "a Choi matrix")
    let dimension = 1 << count
    let asymmetry = (choi - choi.adjoint).maximumMagnitude
    guard asymmetry <= tolerance else { throw .notHermitian(defect: asymmetry, tolerance: tolerance) }
    for c in 0..<dimension {
      for other in 0..<dimension {
        // Tr E(|c><c'|) is 1 for c = c', else 0.
        let trace = (0..<dimension).reduce(Complex<Double>.zero) { $0 + choi[c * dimension + $1, other * dimension + $1] }
        let defect = (trace - (c == other ? 1 : 0)).length
        guard defect <= tolerance else { throw .notTracePreserving(defect: defect, tolerance: tolerance) }
      }
    }
    let eigen: HermitianEigen<Complex<Double>>
    do { eigen = try choi.hermitianEigen() } catch { throw .linearAlgebra(error) }
    guard eigen.values[0] >= -tolerance else { throw .notCompletelyPositive(defect: -eigen.values[0], tolerance: tolerance) }
    var operators: [ComplexMatrix] = []
    for (index, value) in eigen.values.enumerated().reversed() where value > 1e-14 {
      var matrix = ComplexMatrix(rows: dimension, columns: dimension)
      for c in 0..<dimension {
        for r in 0..<dimension { matrix[r, c] = Complex(value.squareRoot()) * eigen.vectors[c * dimension + r, index] }
      }
      operators.append(matrix)
    }
    try self.init(kraus: operators, name: name, tolerance: max(tolerance * Double(dimension), 1e-12))
  }

  /// The channel with the superoperator `S = Σ K (x) K*`, which acts on the rows of ρ written one after another.
  public init(superoperator: ComplexMatrix) throws(ChannelError) {
    let dimension = 1 << (try Self.halfQubitCount(of: superoperator, "a superoperator"))
    try self.init(choi: Self.reshuffled(superoperator, dimension), name: "Superoperator")
  }

  /// The channel with the Pauli-transfer matrix `R[i][j] = Tr(P_i E(P_j))/2^k`, words in the order I, X, Y, Z of each digit.
  public init(transfer: RealMatrix) throws(ChannelError) {
    let count = try Self.halfQubitCount(of: ComplexMatrix(transfer), "a Pauli-transfer matrix")
    try self.init(choi: Self.choi(transfer: transfer, count), name: "PauliTransfer")
  }

  /// The channel `ρ -> Σ χ[i][j] P_i ρ P_j`, words in the order I, X, Y, Z of each digit; χ has trace 1.
  public init(chi: ComplexMatrix) throws(ChannelError) {
    let count = try Self.halfQubitCount(of: chi, "a chi matrix")
    let basis = Self.vectorizedWords(count)
    try self.init(choi: basis * chi * basis.adjoint, name: "Chi")
  }

  // MARK: - To a form

  /// Kraus operators: `E(ρ) = Σ K ρ K†`.
  ///
  /// - Throws: `ChannelError` for strengths out of range.
  public func kraus(parameters: [Double] = [], features: [Double] = []) throws(ChannelError) -> [ComplexMatrix] {
    let values = try values(parameters: parameters, features: features)
    switch content {
    case .row(let kind): return kind.row.kraus(values, qubitCount)
    case .paulis(let words): return PauliMixture.kraus(words, values, qubitCount: qubitCount)
    case .generators:
      let words = PauliBasis.words(qubitCount: qubitCount)
      let probabilities = Self.errorProbabilities(
        try transfer(parameters: parameters, features: features).diagonal, qubitCount: qubitCount)
      return PauliMixture.kraus(Array(words.dropFirst()), Array(probabilities.dropFirst()), qubitCount: qubitCount)
    case .fixed(let kraus, _): return kraus
    }
  }

  /// The Pauli-transfer matrix `R[i][j] = Tr(P_i E(P_j))/2^k`, words in the order I, X, Y, Z of each digit, first qubit lowest.
  public func transfer(parameters: [Double] = [], features: [Double] = []) throws(ChannelError) -> RealMatrix {
    _ = try values(parameters: parameters, features: features)
    var result = RealMatrix(rows: 1 << (2 * qubitCount), columns: 1 << (2 * qubitCount))
    for entry in transferEntries {
      result[entry.row, entry.column] = entry.value.value(parameters: parameters, features: features)
    }
    return result
  }

  /// The superoperator `Σ K (x) K*`, which acts on the rows of ρ written one after another.
  public func superoperator(parameters: [Double] = [], features: [Double] = []) throws(ChannelError) -> ComplexMatrix {
    try kraus(parameters: parameters, features: features).map { $0.kronecker($0.conjugate) }
      .reduce(ComplexMatrix(rows: 1 << (2 * qubitCount), columns: 1 << (2 * qubitCount)), +)
  }

  /// The Choi matrix, as `init(choi:)` takes it.
  public func choi(parameters: [Double] = [], features: [Double] = []) throws(ChannelError) -> ComplexMatrix {
    Self.reshuffled(try superoperator(parameters: parameters, features: features), 1 << qubitCount)
  }

  /// The chi matrix, as `init(chi:)` takes it.
  public func chi(parameters: [Double] = [], features: [Double] = []) throws(ChannelError) -> ComplexMatrix {
    let basis = Self.vectorizedWords(qubitCount)
    let scale = Complex(1 / Double(1 << (2 * qubitCount)))
    return scale * (basis.adjoint * (try choi(parameters: parameters, features: features)) * basis)
  }

  /// The probability of each Pauli word in the channel's Pauli twirl, words in the order I, X, Y, Z of each digit: the diagonal of
  /// chi.
  public func twirledProbabilities(parameters: [Double] = [], features: [Double] = []) throws(ChannelError) -> [Double] {
    Self.errorProbabilities(try transfer(parameters: parameters, features: features).diagonal, qubitCount: qubitCount)
  }

  /// The Pauli twirl of a channel without symbols: it applies Pauli words alone, with the same process fidelity.
  public func pauliTwirled() throws(ChannelError) -> Channel {
    let words = PauliBasis.words(qubitCount: qubitCount)
    let terms = zip(words, try twirledProbabilities()).dropFirst().filter { $0.1 > 0 }
    return .paulis(terms.map { ($0.0, Angle($0.1)) }, qubitCount: qubitCount)
  }

  /// The rates `λ_P = Σ_Q ±ln(f_Q) / 4^k` of a Pauli channel as a Pauli-Lindblad channel; see `pauliLindblad`.
  ///
  /// Of other channels the Pauli twirl is taken. A rate can be negative: then no Pauli-Lindblad channel is the same.
  public func lindbladRates() throws(ChannelError) -> [(word: PauliWord, rate: Double)] {
    let fidelities = try transfer().diagonal
    guard let least = fidelities.min(), least > 0 else {
      throw .strengths(channel: name, reason: "a Pauli component vanishes, which takes an infinite rate")
    }
    let words = PauliBasis.words(qubitCount: qubitCount)
    // ln f_Q = -2 Σ λ_P over the P that anticommute with Q, inverted by characters.
    let logarithms = fidelities.map { Double.log($0) }
    return words.dropFirst().map { word in
      (word, Self.character(word, words, logarithms) / Double(words.count))
    }
  }

  // MARK: - Between forms

  /// p_P = Σ_Q ±f_Q / 4^k with minus where P and Q anticommute.
  private static func errorProbabilities(_ fidelities: [Double], qubitCount: Int) -> [Double] {
    let words = PauliBasis.words(qubitCount: qubitCount)
    return words.map { max(0, character($0, words, fidelities) / Double(words.count)) }
  }

  private static func character(_ word: PauliWord, _ words: [PauliWord], _ values: [Double]) -> Double {
    zip(words, values).reduce(0) { $1.0.commutes(with: word) ? $0 + $1.1 : $0 - $1.1 }
  }

  /// Entry ((r, r'), (c, c')) of a superoperator is entry ((c, r), (c', r')) of the Choi matrix.
  private static func reshuffled(_ matrix: ComplexMatrix, _ d: Int) -> ComplexMatrix {
    var result = ComplexMatrix(rows: d * d, columns: d * d)
    for row in 0..<d * d {
      for column in 0..<d * d { result[column / d * d + row / d, column % d * d + row % d] = matrix[row, column] }
    }
    return result
  }

  /// Columns vec(P_i): entry (c, r) of column i is <r|P_i|c>.
  private static func vectorizedWords(_ count: Int) -> ComplexMatrix {
    let d = 1 << count
    var result = ComplexMatrix(rows: d * d, columns: d * d)
    for (column, word) in PauliBasis.words(qubitCount: count).enumerated() {
      let matrix = word.matrix(qubits: count)
      for c in 0..<d {
        for r in 0..<d { result[c * d + r, column] = matrix[r, c] }
      }
    }
    return result
  }

  /// J = Σ R[i][j] P_j^T (x) P_i / 2^k.
  static func choi(transfer: RealMatrix, _ count: Int) -> ComplexMatrix {
    let d = 1 << count
    var result = ComplexMatrix(rows: d * d, columns: d * d)
    for (column, word) in PauliBasis.words(qubitCount: count).enumerated() {
      let image = PauliBasis.matrix(of: (0..<transfer.rows).map { Complex(transfer[$0, column] / Double(d)) })
      result = result + word.matrix(qubits: count).transpose.kronecker(image)
    }
    return result
  }

  private static func qubitCount(of operators: [ComplexMatrix]) throws(ChannelError) -> Int {
    guard let first = operators.first else { throw .shape(expected: "at least one operator", found: "none") }
    for matrix in operators {
      guard matrix.isSquare, matrix.rows == first.rows, [2, 4, 8, 16].contains(matrix.rows) else {
        throw .shape(
          expected: "operators of one size, 2 x 2 to 16 x 16",
          found: "\(first.rows) x \(first.columns), \(matrix.rows) x \(matrix.columns)")
      }
      guard matrix.elements.allSatisfy({ $0.isFinite }) else { throw .nonFinite }
    }
    return first.rows.trailingZeroBitCount
  }

  /// k of a 4^k x 4^k matrix.
  private static func halfQubitCount(of matrix: ComplexMatrix, _ what: String) throws(ChannelError) -> Int {
    guard matrix.isSquare, [4, 16, 64, 256].contains(matrix.rows) else {
      throw .shape(expected: "\(what) of 4^k rows and columns, k from 1 to 4", found: "\(matrix.rows) x \(matrix.columns)")
    }
    guard matrix.elements.allSatisfy({ $0.isFinite }) else { throw .nonFinite }
    return matrix.rows.trailingZeroBitCount / 2
  }
}
