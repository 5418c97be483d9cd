import Execution
import Testing

struct NearestNamesTests {
  @Test(arguments: [
    ("dens", ["relu", "dense", "flatten"], ["dense"]), ("FLATEN", ["relu", "flatten"], ["flatten"]),
    ("ab", ["ba", "abc", "ab"], ["ab", "abc"]), ("units", ["bias", "outputs"], []), ("", ["a"], []), ("a", [], []),
  ])
  func theNearestComeFirst(_ name: String, _ candidates: [String], _ expected: [String]) {
    #expect(nearestNames(to: name, among: candidates) == expected)
  }

  @Test func noMoreThanTheLimit() { #expect(nearestNames(to: "a1", among: ["a2", "a3", "a4", "a5"], limit: 2) == ["a2", "a3"]) }
}
