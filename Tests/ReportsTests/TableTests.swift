import Reports
import Testing

@Suite struct TableTests {
  @Test func numbersStandFlushRight() {
    let table = Table(
      columns: ["model", "parameters", "test accuracy", "note"],
      rows: [["quantum", "2410", "0.873", ""], ["control", "98", "±0.01", "same count"], ["none", "-", "-", ""]])
    #expect(
      table.text == """
        model    parameters  test accuracy  note
        -------  ----------  -------------  ----------
        quantum        2410          0.873
        control          98          ±0.01  same count
        none              -              -
        """)
  }

  @Test(arguments: [
    (0.8731, 3, "0.873"), (0.9996, 3, "1.000"), (-0.0004, 3, "0.000"), (-1.25, 1, "-1.3"), (12, 2, "12.00"), (0.05, 2, "0.05"),
    (1234.5, 0, "1235"), (.nan, 2, "nan"), (-.infinity, 2, "-inf"), (1e20, 2, "1e+20"),
  ])
  func fixedDigits(_ value: Double, _ digits: Int, _ expected: String) {
    #expect(value.fixed(digits) == expected)
  }

  @Test(arguments: [
    (0.000841, "8.4e-4"), (0.0, "0.0"), (-12.34, "-1.2e1"), (0.0999, "1.0e-1"), (0.996, "1.0e0"), (5e-324, "4.9e-324"),
  ])
  func scientificHasTwoDigits(_ value: Double, _ expected: String) { #expect(value.scientific == expected) }
}
