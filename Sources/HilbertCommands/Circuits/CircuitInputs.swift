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
    let given = try Self.checked(given, among: names)
    let table = try path.map { try NumericTable(reading: $0) }
    for (place, name) in (table?.names ?? []).enumerated() {
      guard !table!.names[..<place].contains(name) else {
        throw Failure(.badInput, "\(path!): two columns are named \(name); rename or remove one of them")
      }
      guard names.contains(name) else {
        throw Failure(.badInput, "\(path!), column \(name): \(Self.unknown(name, names)), or remove the column")
      }
      if given[name] != nil { throw Failure(.usage, "\(name) is given by --input and by a column of \(path!); keep one of them") }
    }
    let missing = names.filter { given[$0] == nil && !(table?.names.contains($0) ?? false) }
    guard missing.isEmpty else {
      let groups = InputGroup.all(missing)
      // The rest of an array that has some of its numbers.
      if let group = groups.first(where: { $0.isArray && $0.names[0] != "\($0.stem)[0]" }) {
        let count = InputGroup.all(names).first { $0.stem == group.stem }!.names.count
        throw Failure(
          .usage,
          "\(group.stem) is an array of \(count) numbers, and \(group.names[0]) is not given: list all of them, "
            + "--input \(group.stem)=VALUE,VALUE,...")
      }
      throw Failure(
        .usage,
        "the circuit takes \(InputGroup.words(missing)): give --input \(groups[0].example), or a table with --inputs FILE.csv")
    }
    let count = table?.values.rows ?? 1
    var values = RealMatrix(rows: count, columns: names.count)
    for (column, name) in names.enumerated() {
      let place = table?.names.firstIndex(of: name)
      for row in 0..<count { values[row, column] = place.map { table!.values[row, $0] } ?? given[name]! }
    }
    (self.names, rows, isBatch) = (names, values, path != nil)
  }

  /// One row of zeros, for a circuit that is looked at and not run.
  init(symbolsOf file: CircuitFile) {
    names = file.inputs.map(\.name)
    rows = RealMatrix(rows: 1, columns: names.count)
    isBatch = false
  }

  private static func unknown(_ name: String, _ names: [String]) -> String {
    if names.isEmpty { return "the circuit has no inputs; leave it out" }
    let nearest = nearestNames(to: name, among: names).first.map { ", did you mean \($0)?" } ?? ";"
    return "there is no input \(name)\(nearest) the inputs are \(InputGroup.words(names))"
  }

  /// The numbers by the names of inputs; one number for an array of one is its element.
  ///
  /// - Throws: `Failure` for names that are no input, and for lists of another length than their array.
  static func checked(_ given: [String: Double], among names: [String]) throws(Failure) -> [String: Double] {
    let known = Set(names)
    var result: [String: Double] = [:]
    for name in given.keys.sorted() {
      let stem = String(name.prefix { $0 != "[" })
      let group = InputGroup.all(names).first { $0.stem == stem }
      if known.contains(name) {
        result[name] = given[name]
      } else if let group, group.isArray, name == stem, group.names.count == 1 {
        result[group.names[0]] = given[name]
      } else if let group {
        let count = name == stem ? 1 : given.keys.count { $0.hasPrefix("\(stem)[") }
        throw Failure(
          .usage,
          "--input \(stem): \(stem) \(group.isArray ? "is an array of \(group.names.count) numbers" : "is one number"), got \(count); "
            + "write \(group.example)")
      } else {
        throw Failure(.usage, "--input \(name): \(unknown(name, names))")
      }
    }
    return result
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
