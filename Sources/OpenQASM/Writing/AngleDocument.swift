import QuantumCircuits

/// An angle: a number, `{"parameter": 0}`, `{"feature": 1}`, an operator with its operands, `{"+": [a, b]}`, or a function,
/// `{"sin": a}`.
struct AngleDocument: Codable {
  let angle: Angle

  init(_ angle: Angle) { self.angle = angle }

  init(from decoder: any Decoder) throws {
    if let number = try? decoder.singleValueContainer().decode(Double.self) {
      angle = .constant(number)
      return
    }
    let container = try decoder.container(keyedBy: NameKey.self)
    let fault = DecodingError.dataCorrupted(
      .init(
        codingPath: decoder.codingPath,
        debugDescription:
          "an angle is a number, {\"parameter\": 0}, {\"feature\": 0}, {\"+\": [a, b]} or a function such as {\"sin\": a}"))
    guard container.allKeys.count == 1, let key = container.allKeys.first else { throw fault }
    func index() throws -> Int {
      let value = try container.decode(Int.self, forKey: key)
      guard 0..<CircuitFile.mostInputs ~= value else {
        throw DecodingError.dataCorrupted(
          .init(
            codingPath: container.codingPath,
            debugDescription: "there is no \(key.stringValue) \(value); they are 0 to \(CircuitFile.mostInputs - 1)"))
      }
      return value
    }
    func operands() throws -> (Angle, Angle) {
      let list = try container.decode([AngleDocument].self, forKey: key)
      guard list.count == 2 else { throw fault }
      return (list[0].angle, list[1].angle)
    }
    switch key.stringValue {
    case "parameter": angle = .symbol(.parameter(try index()))
    case "feature": angle = .symbol(.feature(try index()))
    case "+":
      let (left, right) = try operands()
      angle = .sum(left, right)
    case "*":
      let (left, right) = try operands()
      angle = .product(left, right)
    case "/":
      let (left, right) = try operands()
      angle = .quotient(left, right)
    case let word:
      guard let function = AngleFunction(rawValue: word) else { throw fault }
      angle = .function(function, try container.decode(AngleDocument.self, forKey: key).angle)
    }
  }

  func encode(to encoder: any Encoder) throws {
    if case .constant(let value) = angle {
      var container = encoder.singleValueContainer()
      return try container.encode(value)
    }
    var container = encoder.container(keyedBy: NameKey.self)
    func pair(_ name: String, _ left: Angle, _ right: Angle) throws {
      try container.encode([AngleDocument(left), AngleDocument(right)], forKey: NameKey(name))
    }
    switch angle {
    case .constant: break
    case .symbol(.parameter(let index)): try container.encode(index, forKey: NameKey("parameter"))
    case .symbol(.feature(let index)): try container.encode(index, forKey: NameKey("feature"))
    case .sum(let left, let right): try pair("+", left, right)
    case .product(let left, let right): try pair("*", left, right)
    case .quotient(let left, let right): try pair("/", left, right)
    case .function(let function, let argument): try container.encode(AngleDocument(argument), forKey: NameKey(function.rawValue))
    }
  }
}
