import LinearAlgebra
import Randomness
import TestSupport

/// The kinds of matrix between which kernels are chosen; not unitary, so that nothing is right by accident.
enum MatrixStructure: String, CaseIterable, Sendable {
  case dense
  /// Three entries of four exactly zero, some rows entirely.
  case sparse
  case diagonal
  /// A diagonal of ones but for one entry, as of a controlled phase.
  case phase
  /// A diagonal of exact zeros and ones.
  case projector
  case permutation
  case identity

  func matrix(qubits: Int, _ source: inout RandomSource) -> ComplexMatrix {
    let order = 1 << qubits
    var result = ComplexMatrix.identity(order)
    switch self {
    case .dense:
      result = RandomFixtures.matrix(order, &source)
    case .sparse:
      result = RandomFixtures.matrix(order, &source)
      for place in result.elements.indices where source.integer(below: 4) > 0 { result.elements[place] = .zero }
    case .diagonal:
      for row in 0..<order { result[row, row] = RandomFixtures.complex(&source) }
    case .phase:
      result[order - 1, order - 1] = RandomFixtures.complex(&source)
    case .projector:
      let kept = source.integer(below: order)
      for row in 0..<order where row != kept { result[row, row] = .zero }
    case .permutation:
      let images = source.permutation(of: order)
      result = ComplexMatrix(rows: order, columns: order)
      for (column, row) in images.enumerated() { result[row, column] = 1 }
    case .identity:
      break
    }
    return result
  }
}

/// Where an operation acts.
struct Targeting: Sendable, Hashable, CustomStringConvertible {
  let qubitCount: Int
  let targets: [Int]
  let controls: [Int: Int]

  var description: String { "\(qubitCount) qubits, targets \(targets), controls \(controls)" }

  /// Every ordered choice of `count` targets of n qubits, each with every choice of controls on 0 and 1 up to 4 qubits, and above
  /// with none and with two random ones.
  static func all(count: Int, qubitCount: Int, _ source: inout RandomSource) -> [Targeting] {
    orderedChoices(count, of: qubitCount).flatMap { targets -> [Targeting] in
      let rest = (0..<qubitCount).filter { !targets.contains($0) }
      let configurations =
        qubitCount <= 4
        ? everyControl(on: rest) : [[:], randomControls(on: rest, &source), randomControls(on: rest, &source)]
      return configurations.map { Targeting(qubitCount: qubitCount, targets: targets, controls: $0) }
    }
  }

  static func orderedChoices(_ count: Int, of bound: Int) -> [[Int]] {
    guard count > 0 else { return [[]] }
    return orderedChoices(count - 1, of: bound).flatMap { head in
      (0..<bound).filter { !head.contains($0) }.map { head + [$0] }
    }
  }

  static func everyControl(on qubits: [Int]) -> [[Int: Int]] {
    qubits.reduce([[:]]) { partial, qubit in
      partial.flatMap { held in [held, held.merging([qubit: 0]) { $1 }, held.merging([qubit: 1]) { $1 }] }
    }
  }

  static func randomControls(on qubits: [Int], _ source: inout RandomSource) -> [Int: Int] {
    var result: [Int: Int] = [:]
    for qubit in qubits where source.integer(below: 2) == 1 { result[qubit] = source.integer(below: 2) }
    return result
  }
}
