import Datasets
import Execution
import LinearAlgebra
import OpenQASM
import QuantumCircuits

/// The numbers that a circuit's inputs take: one row, or the rows of a table.
struct CircuitInputs {
  /// The names of the inputs, in the order of the file.
  let names: [String]
  /// Shape: samples x inputs.
  let rows: RealMatrix
  /// Whether the rows come from a table, whatever their number.
  let isBatch: Bool

  /// - Parameters:
  ///   - given: numbers by name, for all rows.
  ///   - table: a CSV file whose columns are named like inputs.
  /// - Throws: `Failure` for names that are no input, and for inputs without a number.
  init(of file: CircuitFile, given: [String: Double], table path: String?) throws {
    let names = file.inputs.map(\.name)
    for name in given.keys.sorted() where !names.contains(name) {
      throw Failure(.usage, "--input \(name): \(Self.unknown(name, names))")
    }
    let table = try path.map { try NumericTable(reading: $0) }
    for name in table?.names ?? [] {
      guard names.contains(name) else {
        throw Failure(.badInput, "\(path!), column \(name): \(Self.unknown(name, names)), or remove the column")
      }
      if given[name] != nil { throw Failure(.usage, "\(name) is given by --input and by a column of \(path!); keep one of them") }
    }
    let missing = names.filter { given[$0] == nil && !(table?.names.contains($0) ?? false) }
    guard missing.isEmpty else {
      throw Failure(
        .usage,
        "the circuit takes \(missing.joined(separator: ", ")): give --input \(missing[0])=VALUE, or a table with --inputs FILE.csv")
    }
    let count = table?.values.rows ?? 1
    var values = RealMatrix(rows: count, columns: names.count)
    for (column, name) in names.enumerated() {
      let place = table?.names.firstIndex(of: name)
      for row in 0..<count { values[row, column] = place.map { table!.values[row, $0] } ?? given[name]! }
    }
    (self.names, rows, isBatch) = (names, values, path != nil)
  }

  static func unknown(_ name: String, _ names: [String]) -> String {
    if names.isEmpty { return "the circuit has no inputs; leave it out" }
    let nearest = nearestNames(to: name, among: names).first.map { ", did you mean \($0)?" } ?? ";"
    return "there is no input \(name)\(nearest) the inputs are \(names.joined(separator: ", "))"
  }

  /// Reads `name=value`, and `name=value,value,...` for an array.
  static func parse(_ arguments: [String]) throws(Failure) -> [String: Double] {
    var values: [String: Double] = [:]
    for argument in arguments {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let numbers = parts.count == 2 ? parts[1].split(separator: ",", omittingEmptySubsequences: false).map { Double($0) } : []
      guard !numbers.isEmpty, !parts[0].isEmpty, numbers.allSatisfy({ $0?.isFinite ?? false }) else {
        throw Failure(.usage, "--input wants NAME=NUMBER, or NAME=NUMBER,NUMBER,... for an array, found \(argument)")
      }
      for (place, number) in numbers.enumerated() {
        let name = numbers.count == 1 ? parts[0] : "\(parts[0])[\(place)]"
        guard values.updateValue(number!, forKey: name) == nil else { throw Failure(.usage, "--input \(name) is given twice") }
      }
    }
    return values
  }

  /// The circuit with its inputs as columns of the rows: features where they are many, parameters where there is one row.
  func columns(of circuit: Circuit, file: CircuitFile) -> Circuit {
    var places: [Angle.Symbol: Int] = [:]
    for (place, input) in file.inputs.enumerated() { places[input.symbol] = place }
    return circuit.substituting { symbol in
      // Every symbol has an input, or the file could not have been read.
      let place = places[symbol]!
      return isBatch ? .feature(place) : .parameter(place)
    }
  }

  /// The parameters of a circuit made by `columns`.
  func parameters(of circuit: Circuit) -> [Double] {
    isBatch ? [] : (0..<circuit.parameterCount).map { rows[0, $0] }
  }

  /// The features of a circuit made by `columns`: samples x features.
  func features(of circuit: Circuit) -> RealMatrix {
    guard isBatch else { return CircuitFunction.noFeatures }
    var values = RealMatrix(rows: rows.rows, columns: circuit.featureCount)
    for row in 0..<rows.rows {
      for column in 0..<circuit.featureCount { values[row, column] = rows[row, column] }
    }
    return values
  }
}
