extension PauliSum {
  /// Reads an observable such as `0.5 X0 Z2 - Y1 + 1.2`.
  ///
  /// A sum of terms with signs between them; a term is a number, Pauli factors (a letter and a qubit, at most one for each qubit),
  /// or a number before factors; `*` may stand between them; `I` is the identity.
  /// - Throws: `PauliError.syntax`, which shows the place; `.notFinite` where coefficients of one word add up to no number.
  public init(_ text: String) throws(PauliError) {
    var parser = PauliParser(text)
    self = try parser.sum()
  }
}

/// A recursive-descent reader of observables; one method a rule of the grammar.
private struct PauliParser {
  let text: String
  let characters: [Character]
  var position = 0

  init(_ text: String) {
    self.text = text
    characters = Array(text)
  }

  var next: Character? { position < characters.count ? characters[position] : nil }

  mutating func skipSpaces() {
    while let character = next, character == " " || character == "\t" { position += 1 }
  }

  mutating func take(_ wanted: Character) -> Bool {
    guard next == wanted else { return false }
    position += 1
    skipSpaces()
    return true
  }

  func failure(_ expected: String, at offset: Int? = nil) -> PauliError {
    .syntax(text: text, offset: offset ?? position, expected: expected)
  }

  /// sum = [sign] term { sign term }
  mutating func sum() throws(PauliError) -> PauliSum {
    skipSpaces()
    var sign: Double = take("-") ? -1 : 1
    if sign > 0 { _ = take("+") }
    var terms = [try term(sign: sign)]
    while next != nil {
      if take("+") {
        sign = 1
      } else if take("-") {
        sign = -1
      } else {
        throw failure("a Pauli factor such as Z0, + or -")
      }
      terms.append(try term(sign: sign))
    }
    return try PauliSum(adding: terms)
  }

  /// term = number { factor } | factor { factor }
  mutating func term(sign: Double) throws(PauliError) -> PauliSum.Term {
    let number = try self.number()
    var factors: [PauliFactor] = []
    var expectsFactor = number == nil
    if number != nil { expectsFactor = take("*") }
    var names = 0
    while let letter = next, "XYZIxyzi".contains(letter) {
      let start = position
      if letter == "i", !(position + 1 < characters.count && characters[position + 1].isNumber) {
        throw failure("a real number or a Pauli factor, I being the identity: observables have no imaginary coefficients")
      }
      if let factor = try factor() {
        if factors.contains(where: { $0.qubit == factor.qubit }) {
          throw failure("at most one factor on qubit \(factor.qubit) in a term", at: start)
        }
        factors.append(factor)
      }
      names += 1
      expectsFactor = take("*")
    }
    if expectsFactor {
      throw failure(number == nil && names == 0 ? "a number or a Pauli factor such as Z0" : "a Pauli factor such as Z0")
    }
    return PauliSum.Term(sign * (number ?? 1), PauliWord(factors))
  }

  /// factor = ("X" | "Y" | "Z") qubit | "I" [qubit]; the identity gives nil.
  mutating func factor() throws(PauliError) -> PauliFactor? {
    let pauli = Pauli(rawValue: characters[position].uppercased())
    position += 1
    let start = position
    while let digit = next, digit.isASCII, digit.isNumber { position += 1 }
    let qubit = Int(String(characters[start..<position]))
    if pauli != nil || position > start {
      guard let qubit, PauliWord.qubitRange.contains(qubit) else {
        throw failure("a qubit from 0 to \(PauliWord.qubitRange.upperBound - 1)", at: start)
      }
    }
    skipSpaces()
    return pauli.map { PauliFactor($0, qubit!) }
  }

  /// An unsigned decimal number, with exponent where there is one; nil when none starts here.
  mutating func number() throws(PauliError) -> Double? {
    let start = position
    while let character = next {
      let isExponentSign = (character == "-" || character == "+") && position > start && "eE".contains(characters[position - 1])
      guard character.isASCII, character.isNumber || ".eE".contains(character) || isExponentSign else { break }
      position += 1
    }
    guard position > start else { return nil }
    guard let value = Double(String(characters[start..<position])), value.isFinite else { throw failure("a number", at: start) }
    skipSpaces()
    return value
  }
}
