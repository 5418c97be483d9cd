import Foundation

/// What a program prints, as words and numbers: two texts are alike where the words are equal and the numbers close.
struct PrintedText {
  /// Everything between the numbers; blanks and rules under table heads count as one, since they follow the widths of numbers.
  let words: String
  /// The numbers with the decimals they are printed with. Times are left out.
  let numbers: [(value: Double, decimals: Int)]

  init(_ text: String) {
    let untimed = text.replacing(#/[\d.]+ (ms|s)\b/#, with: "some time")
    words = untimed.replacing(Self.number, with: "#").replacing(#/-{2,}/#, with: "--").replacing(#/[ \t]+/#, with: " ")
    numbers = untimed.matches(of: Self.number).map { match in
      (Double(match.0) ?? .nan, match.1.map { $0.count - 1 } ?? 0)
    }
  }

  /// The first number that is further from the expected one than `tolerance` and than one unit of its last decimal.
  func firstDifference(from expected: PrintedText, tolerance: Double) -> String? {
    for (found, wanted) in zip(numbers, expected.numbers) {
      let unit = wanted.decimals == 0 ? 0 : 1.01 * pow(10, -Double(wanted.decimals))
      let isClose = abs(found.value - wanted.value) <= max(tolerance, unit)
      if !isClose { return "printed \(found.value), the page shows \(wanted.value)" }
    }
    return nil
  }

  private static var number: Regex<(Substring, Substring?)> { #/-?\d+(\.\d+)?(?:e-?\d+)?/# }
}
