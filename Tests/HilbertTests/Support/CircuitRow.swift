import Foundation
import Hilbert
import Testing

/// A row of the table in Circuits/README.md: a file, the numbers of its inputs, and what must come out.
struct CircuitRow: Sendable, CustomTestStringConvertible {
  let path: String
  /// Numbers by the names of inputs, arrays whole; "..." at the end goes on in the same steps.
  let inputs: [String: [Double]]
  let expected: [Expectation]

  var testDescription: String { path }

  /// `P(01) = 0.5`, `C(01) = 0.5` or `<Z0 Z1> = 1`.
  struct Expectation: Sendable {
    let kind: Character
    let subject: String
    let value: Double
    /// How exactly the value is written.
    let tolerance: Double
  }

  static let all: [CircuitRow] = {
    let text = (try? Repository.text(of: "Circuits/README.md")) ?? ""
    return text.split(separator: "\n").filter { $0.hasPrefix("| ") && $0.contains(".qasm |") }.map { line in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      return CircuitRow(path: cells[0], inputs: inputs(cells[2]), expected: expectations(cells[3]))
    }
  }()

  private static func inputs(_ cell: String) -> [String: [Double]] {
    var result: [String: [Double]] = [:]
    for match in cell.matches(of: /(\w+)=([-\d., ]+)/) {
      result[String(match.1)] = match.2.split(separator: ",").compactMap { Double($0.trimmingCharacters(in: .whitespaces)) }
      // "0.1, 0.2, ..." leaves an empty piece of dots, which is no number.
      if match.2.contains("...") { result[String(match.1)]!.append(.nan) }
    }
    return result
  }

  private static func expectations(_ cell: String) -> [Expectation] {
    cell.matches(of: /([PC<])\(?([^)>]*)[)>] = (-?[\d.]+)/).map { match in
      let decimals = match.3.split(separator: ".").dropFirst().first?.count ?? 0
      return Expectation(
        kind: match.1.first!, subject: String(match.2), value: Double(match.3)!,
        tolerance: decimals == 0 ? 1e-12 : max(1e-12, 0.6 * pow(10, -Double(decimals))))
    }
  }

  /// The number of every input of a file, in its order.
  func values(of file: CircuitFile) -> [Double] {
    file.inputs.map { input in
      let stem = String(input.name.prefix { $0 != "[" })
      let numbers = inputs[stem] ?? []
      let place = input.name.contains("[") ? Int(input.name.dropFirst(stem.count + 1).dropLast())! : 0
      guard numbers.last?.isNaN == true, place >= numbers.count - 1 else { return place < numbers.count ? numbers[place] : .nan }
      return numbers[0] + Double(place) * (numbers[1] - numbers[0])
    }
  }
}
