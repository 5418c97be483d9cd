import Datasets
import Foundation
import TestSupport
import Testing

@Suite("Tables") struct TableTests {
  func table(_ text: String, _ options: TableOptions = TableOptions()) throws -> TrainingSet {
    try load(files: ["t.csv": Array(text.utf8)], source: "FOLDER/t.csv", table: options).training
  }

  @Test("Cells, quotes, blank lines and line ends", arguments: ["\n", "\r\n", "\r"])
  func syntax(lineEnd: String) throws {
    let lines = ["\u{FEFF}width, \"height, \"\"outer\"\"\" ,label", "", "1.5,\"-2\",\"cat\"", " +3e2 , .25,dog", "0.1,4,cat"]
    let table = try table(lines.joined(separator: lineEnd))
    #expect(table.featureNames == ["width", "height, \"outer\""])
    #expect(table.features == [1.5, -2, 300, 0.25, 0.1, 4])
    #expect(table.labels == [0, 1, 0])
    #expect(table.classNames == ["cat", "dog"])
  }

  @Test("Semicolons and tabs separate where the first line has no comma; beside semicolons numbers may have a decimal comma")
  func separators() throws {
    let comma = try table("a,b,label\n1.5,2,x\n3,0.25,y\n")
    for text in ["a;b;label\n1,5;2;x\n3;0,25;y\n", "a;b;label\n1.5;2;x\n3;0.25;y\n", "a\tb\tlabel\n1.5\t2\tx\n3\t0.25\ty\n"] {
      let other = try table(text)
      #expect(other.features == comma.features && other.featureNames == comma.featureNames && other.classNames == ["x", "y"])
    }
  }

  @Test("Two columns that may both be the targets are no features of each other")
  func twoLabels() {
    #expect(throws: (any Error).self) { try table("a,label,class\n1,x,0\n2,y,1\n") }
  }

  @Test("The label column may stand anywhere and have any name")
  func labelColumn() throws {
    let text = "a,kind,b\n1,x,2\n3,y,4\n"
    let named = try table(text, TableOptions(label: .column("kind")))
    #expect(named.features == [1, 2, 3, 4] && named.labels == [0, 1])
    #expect(try table("a,Class,b\n1,x,2\n").classNames == ["x"])
    let absent = try table("a,b\n1,2\n", TableOptions(label: .absent))
    #expect(absent.features == [1, 2] && absent.targets == .none)
  }

  @Test("Class names are in the order of their numbers, then of their letters")
  func classOrder() throws {
    #expect(try table("x,label\n1,10\n1,9\n1,-1\n1,b\n1,a\n").classNames == ["-1", "9", "10", "a", "b"])
  }

  @Test("A target with a fraction makes a regression; the task can be named")
  func regression() throws {
    #expect(try table("x,target\n1,0.5\n1,2\n").values == [0.5, 2])
    #expect(try table("x,target\n1,1\n1,2\n", TableOptions(task: .regression)).values == [1, 2])
    #expect(try table("x,target\n1,0.5\n1,2\n", TableOptions(task: .classification)).classNames == ["0.5", "2"])
  }

  @Test(
    "Numbers are read to the last bit", arguments: ["0.1", "123456789012345", "1e-30", "-0.000000000000001", "3.4028235e38", "7"])
  func numbers(text: String) throws {
    #expect(try table("x,label\n\(text),a\n").features == [Float(Double(text)!)])
  }

  @Test("Whole numbers among the test targets of a regression are numbers")
  func wholeTestTargets() throws {
    let parts = try load(
      files: ["t.csv": Array("x,label\n1,0.5\n2,1.5\n".utf8), "u.csv": Array("x,label\n1,2\n2,1\n".utf8)], source: "FOLDER/t.csv",
      test: "FOLDER/u.csv")
    #expect(parts.training.values == [0.5, 1.5] && parts.test.values == [2, 1])
  }

  @Test("Samples to predict on may have an empty label column, or none", arguments: ["x,label,y\n1,,2\n", "x,y\n1,2\n"])
  func openLabels(text: String) throws {
    try withTemporaryFolder { folder in
      try Array(text.utf8).write(to: "\(folder)/t.csv")
      var options = TableOptions()
      options.readsLabels = false
      let samples = try DataSource("\(folder)/t.csv").load(table: options).heldOut
      #expect(samples.features == [1, 2] && samples.featureNames == ["x", "y"] && samples.targets == .none)
    }
  }

  @Test("Targets of two kinds are no one set")
  func kindsOfTargets() throws {
    let numbers = try Dataset(name: "n", features: [1, 2], sampleShape: [1], targets: .values([0.5, 1.5]))
    let classes = try Dataset(
      name: "c", features: [1, 2], sampleShape: [1], targets: .classes(labels: [0, 1], names: ["a", "b"]))
    #expect(
      throws: DatasetError.malformed(path: "n", problem: "the targets are numbers", expected: "classes as in the training set")
    ) {
      try DividedDataset(training: classes.allForTraining(), test: numbers.allHeldOut())
    }
  }

  @Test("Columns of a test table are matched by name; of equal names the first is the first")
  func testColumns() throws {
    let files = ["a.csv": "x,y,x,label\n1,2,3,c\n", "b.csv": "label,x,x,y\nc,4,5,6\nc,7,8,9\n"].mapValues { Array($0.utf8) }
    let parts = try load(files: files, source: "FOLDER/a.csv", test: "FOLDER/b.csv")
    #expect(parts.test.features == [4, 6, 5, 7, 9, 8])
    #expect(parts.test.featureNames == ["x", "y", "x"])
  }

  @Test("Columns without names keep their places")
  func positions() throws {
    let named = try table("a,b,label\n1,2,c\n")
    let nameless = try Dataset(name: "nameless", features: [3, 4], sampleShape: [2], targets: .classes(labels: [0], names: ["c"]))
    #expect(try nameless.matching(featureNames: named.featureNames).features == [3, 4])
    #expect(try named.matching(featureNames: []) == named)
  }

  @Test("Classes of a test table are matched by name, in gzip format too")
  func testTable() throws {
    let parts = try load(
      files: [
        "a.csv": Array("x,label\n1,cat\n2,dog\n3,emu\n".utf8), "b.csv.gz": try Array("x,label\n4,emu\n5,dog\n".utf8).gzipped,
      ],
      source: "FOLDER/a.csv", test: "FOLDER/b.csv.gz")
    #expect(parts.training.count == 3)
    #expect(parts.test.labels == [2, 1])
    #expect(parts.test.classNames == ["cat", "dog", "emu"])
  }
}
