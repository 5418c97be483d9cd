import LinearAlgebra

/// The line of a measurement: one JSON object with the fields, in the order, that the scripts of other simulators print.
struct SpeedLine {
  enum Field {
    case integer(String, Int)
    case text(String, String)
    case number(String, Double, digits: Int)
    /// To nine significant digits.
    case numbers(String, [Double])
    /// Complex numbers as [real part, imaginary part].
    case amplitudes(String, [Complex<Double>])
    case fields(String, [Field])

    fileprivate var json: String {
      switch self {
      case .integer(let name, let value): "\"\(name)\": \(value)"
      case .text(let name, let value): "\"\(name)\": \"\(value)\""
      case .number(let name, let value, let digits): "\"\(name)\": \(value.rounded(digits: digits).json)"
      case .numbers(let name, let values):
        "\"\(name)\": \(SpeedLine.list(values.map { $0.rounded(digits: 9).json }))"
      case .amplitudes(let name, let values):
        "\"\(name)\": \(SpeedLine.list(values.map { SpeedLine.list([$0.real, $0.imaginary].map { $0.rounded(digits: 9).json }) }))"
      case .fields(let name, let fields): "\"\(name)\": {\(fields.map(\.json).joined(separator: ", "))}"
      }
    }
  }

  let fields: [Field]

  fileprivate static func list(_ entries: [String]) -> String { "[\(entries.joined(separator: ", "))]" }

  /// The object on one line, without an end of line.
  var json: String { "{\(fields.map(\.json).joined(separator: ", "))}" }
}

extension Double {
  /// The number with a count of significant digits.
  func rounded(digits: Int) -> Double {
    guard isFinite, self != 0 else { return self }
    // The decimal exponent, found without a logarithm whose rounding could miss it.
    var (exponent, power) = (0, 1.0)
    while magnitude >= power * 10 { (exponent, power) = (exponent + 1, power * 10) }
    while magnitude < power { (exponent, power) = (exponent - 1, power / 10) }
    let shift = digits - 1 - exponent
    let scale = (0..<abs(shift)).reduce(1.0) { scale, _ in scale * 10 }
    return shift >= 0 ? (self * scale).rounded() / scale : (self / scale).rounded() * scale
  }

  fileprivate var json: String { isFinite ? "\(self)" : "null" }
}
