import OpenQASM
import QuantumCircuits
import Reports

/// The classical bits that shots are counted by: the registers that a file declares, without the variables that it keeps in bits.
struct CountedRegisters: Sendable {
  /// A register among the counted bits.
  struct Register: Encodable, Sendable {
    let name: String
    let size: Int
    /// Whether the file declares it as output.
    let output: Bool
  }

  /// In the order of declaration.
  let registers: [Register]
  /// The places among the circuit's bits: bit j of a counted outcome is bit `bits[j]` of the circuit.
  let bits: [Int]

  /// nil for a file without classical bits, whose qubits are counted instead.
  init?(_ file: CircuitFile) {
    let all = file.circuit.registers
    guard !all.isEmpty else { return nil }
    let declared = all.filter { !file.variables.contains($0.name) || file.outputs.contains($0.name) }
    // A file that has nothing but variables is about them.
    let counted = declared.isEmpty ? all : declared
    registers = counted.map { Register(name: $0.name, size: $0.size, output: file.outputs.contains($0.name)) }
    bits = counted.flatMap(\.bits)
  }

  /// The registers that people are shown, with their places among the counted bits: the outputs, where a file names some.
  private var shown: [(register: Register, bits: Range<Int>)] {
    var (places, next): ([(register: Register, bits: Range<Int>)], Int) = ([], 0)
    for register in registers {
      places.append((register, next..<next + register.size))
      next += register.size
    }
    let outputs = places.filter { $0.register.output }
    return outputs.isEmpty ? places : outputs
  }

  /// How the columns of `table` are read.
  var order: String {
    let names = shown.map { $0.register.name }
    let hidden = registers.map(\.name).filter { !names.contains($0) }
    let digits =
      names.count == 1
      ? "bit 0 of \(names[0]) is its rightmost digit"
      : "the register declared last stands on the left, bit 0 of each is its rightmost digit"
    return digits + (hidden.isEmpty ? "" : "; \(hidden.joined(separator: ", ")) \(hidden.count == 1 ? "is" : "are") no output")
  }

  /// Occurrences by register, one column for each, the one declared last on the left; the most frequent first.
  ///
  /// - Parameter counts: by the digits of all counted bits, the first on the right.
  func table(_ counts: [String: Int]) -> Table {
    let columns = Array(shown.reversed())
    var sums: [[String]: Int] = [:]
    for (digits, count) in counts {
      let lowestFirst = Array(digits.reversed())
      sums[columns.map { String(lowestFirst[$0.bits].reversed()) }, default: 0] += count
    }
    let rows = sums.sorted { ($1.value, $0.key.joined()) < ($0.value, $1.key.joined()) }.map { $0.key + ["\($0.value)"] }
    return Table(columns: columns.map { $0.register.name } + ["count"], rows: rows)
  }
}
