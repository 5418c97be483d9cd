import LinearAlgebra

/// All that is known of a gate: simulation, gradients, composition, drawing, OpenQASM and help read this row and nothing else.
public struct GateRow: Sendable {
  /// The word of the circuit language, for example `CRX`.
  public let word: String
  /// How many leading qubits are controls on |1>; `factors` act on the others, the targets.
  public let controlCount: Int
  /// What the drawing shows on each target, in order.
  public let symbols: [String]
  /// The names of the angles, in order.
  public let angleNames: [String]
  /// The gate as a product, applied in order; angles are `.argument(0)`, `.argument(1)`, ...
  public let factors: [GateFactor]
  /// The rule that gives the inverse gate.
  public let inverse: Inverse
  /// The matrix or operator in the field's notation.
  public let formula: String
  /// One sentence on what the gate does and where it comes from.
  public let help: String

  /// How the inverse of a gate follows from its row.
  public enum Inverse: Sendable {
    /// The gate is its own inverse.
    case itself
    /// Another gate of the same angles.
    case gate(Gate)
    /// The same gate with these angles, written in the gate's own.
    case angles([Angle])
  }

  init(
    _ word: String, controls: Int = 0, symbols: [String], angles: [String] = [], factors: [GateFactor], inverse: Inverse,
    formula: String, help: String
  ) {
    self.word = word
    controlCount = controls
    self.symbols = symbols
    angleNames = angles
    self.factors = factors
    self.inverse = inverse
    self.formula = formula
    self.help = help
  }

  /// The row with one more leading control, for gates such as CRX that are another gate under a control.
  func controlled(
    _ word: String, symbols newSymbols: [String]? = nil, inverse: Inverse? = nil, formula: String, help: String
  ) -> GateRow {
    GateRow(
      word, controls: controlCount + 1, symbols: newSymbols ?? symbols, angles: angleNames, factors: factors,
      inverse: inverse ?? self.inverse, formula: formula, help: help)
  }

  /// How many qubits the factors act on.
  public var targetCount: Int { symbols.count }
  /// How many qubits the gate takes, controls first.
  public var qubitCount: Int { controlCount + targetCount }
  /// How many angles the gate takes.
  public var angleCount: Int { angleNames.count }
}

extension Angle {
  /// In a row of the gate table: the gate's own angle with the given index.
  static func argument(_ index: Int) -> Angle { .parameter(index) }

  /// A row's expression with the row's angles replaced by the instruction's.
  func substituting(arguments: [Angle]) -> Angle {
    substituting { symbol in
      guard case .parameter(let index) = symbol else { preconditionFailure("a row of the gate table uses the feature \(symbol)") }
      return arguments[index]
    }
  }
}

extension Gate {
  /// How many qubits the gate takes, controls first.
  public var qubitCount: Int { row.qubitCount }
  /// How many angles the gate takes.
  public var angleCount: Int { row.angleCount }

  /// The inverse of the gate with the given angles.
  public func inverse(angles: [Angle]) -> (gate: Gate, angles: [Angle]) {
    switch row.inverse {
    case .itself: (self, angles)
    case .gate(let other): (other, angles)
    case .angles(let expressions): (self, expressions.map { $0.substituting(arguments: angles) })
    }
  }

  /// The gate's matrix on all its qubits, the first listed qubit as the least significant bit.
  public func matrix(angles: [Double] = []) -> ComplexMatrix {
    precondition(angles.count == angleCount, "\(row.word) takes \(angleCount) angles, got \(angles.count)")
    let row = row
    let controls = Array(0..<row.controlCount)
    let targets = Array(row.controlCount..<row.qubitCount)
    return row.factors.reduce(.identity(1 << row.qubitCount)) { product, factor in
      factor.mapTargets(to: targets).matrix { $0.value(parameters: angles) }
        .extended(to: row.qubitCount, targets: factor.targets.map { targets[$0] }, controls: controls) * product
    }
  }
}

extension ComplexMatrix {
  /// The matrix of the same operation on `count` qubits: on the targets where all controls are 1, the identity elsewhere.
  package func extended(to count: Int, targets: [Int], controls: [Int] = []) -> ComplexMatrix {
    var result = ComplexMatrix(rows: 1 << count, columns: 1 << count)
    for column in 0..<1 << count {
      guard controls.allSatisfy({ column >> $0 & 1 == 1 }) else {
        result[column, column] = 1
        continue
      }
      let local = targets.enumerated().reduce(0) { $0 | (column >> $1.element & 1) << $1.offset }
      for row in 0..<rows {
        let image = targets.enumerated().reduce(column) { ($0 & ~(1 << $1.element)) | (row >> $1.offset & 1) << $1.element }
        result[image, column] = self[row, local]
      }
    }
    return result
  }
}
