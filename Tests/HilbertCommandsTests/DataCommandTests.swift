import Foundation
import Testing

@Suite struct DataCommandTests {
  @Test func listNamesTheEmbeddedSets() throws {
    let process = try HilbertProcess("data", "list", "--format", "json", in: TemporaryFolder())
    #expect(process.status == 0)
    let object = try process.json()
    #expect(object["schema"] as? String == "hilbert.data-list/1")
    let sets = try #require(object["dataSets"] as? [[String: Any]])
    let embedded = sets.filter { $0["availability"] as? String == "embedded" }.compactMap { $0["name"] as? String }
    #expect(embedded == ["fashion-mnist-2.5k", "digits-8x8", "iris", "wine", "breast-cancer"])
  }

  @Test func describeCountsEveryClass() throws {
    let process = try HilbertProcess("data", "describe", "fashion-mnist-2.5k", "--format", "json", in: TemporaryFolder())
    let object = try process.json()
    #expect(object["sampleShape"] as? [Int] == [1, 28, 28])
    let parts = try #require(object["parts"] as? [[String: Any]])
    #expect(parts.map { $0["name"] as? String } == ["training", "test"])
    #expect(parts.map { $0["count"] as? Int } == [2000, 500])
    #expect(parts[0]["classSizes"] as? [Int] == [Int](repeating: 200, count: 10))
    #expect(object["licence"] as? String == "MIT")
  }

  @Test func describeReadsATable() throws {
    let folder = try TemporaryFolder()
    try folder.write("x,y,kind\n0,1,a\n2,3,b\n4,5,b\n", to: "points.csv")
    let process = try HilbertProcess("data", "describe", "points.csv", "--label", "kind", in: folder)
    #expect(process.error == "")
    #expect(
      process.output == """
        points.csv: samples of 2, values from 0.0 to 5.0
        features: x, y
        class  all
        -----  ---
        a        1
        b        2
        all      3

        """)
  }

  @Test func unknownNameGetsTheNearest() throws {
    let process = try HilbertProcess("data", "describe", "irsi", in: TemporaryFolder())
    #expect(process.status == 65)
    #expect(process.error.contains("iris"))
  }

  @Test func onlyPublishedSetsAreFetched() throws {
    let process = try HilbertProcess("data", "fetch", "fashion-mnits", in: TemporaryFolder())
    #expect(process.status == 64)
    #expect(process.error.contains("did you mean 'fashion-mnist'?"))
  }

  @Test func fetchingFromAnEmptyFolderNamesTheMissingFile() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.path("empty"), withIntermediateDirectories: true)
    let process = try HilbertProcess("data", "fetch", "mnist", "--from", "empty", "--into", "sets", in: folder)
    #expect(process.status == 65)
    #expect(process.error.contains("no train-images-idx3-ubyte"))
    #expect(try folder.names() == ["empty"])
  }
}
