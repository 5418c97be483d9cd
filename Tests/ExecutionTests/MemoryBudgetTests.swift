import Execution
import Testing

struct MemoryBudgetTests {
  /// Less than a mebibyte or more than an exbibyte would be a misread unit.
  @Test func availableMemoryIsPlausible() {
    let budget = MemoryBudget.available
    #expect(budget.bytes > 1 << 20 && budget.bytes < 1 << 60, "\(budget.bytes)")
  }
}
