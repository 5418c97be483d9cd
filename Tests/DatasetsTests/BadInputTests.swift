import Datasets
import Foundation
import TestSupport
import Testing

/// Every bad input has its whole message: the file, the place in it, what was expected, what to do.
@Suite("Bad input") struct BadInputTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let files: [String: [UInt8]]
    var source = "FOLDER"
    var test: String?
    var table = TableOptions()
    var category = DatasetError.Category.badInput
    let message: String
  }

  @Test("Message", arguments: imageCases + tableCases + archiveCases + sourceCases)
  func message(_ example: Case) throws {
    let error = #expect(throws: ErrorText.self) {
      try load(files: example.files, source: example.source, test: example.test, table: example.table)
    }
    #expect(error?.text == example.message)
    #expect(error?.category == example.category)
  }

  /// The small image set with one file replaced.
  static func images(_ name: String, _ bytes: [UInt8]?) -> [String: [UInt8]] {
    var files = smallImageSet()
    files[name] = bytes
    return files
  }

  static let imageCases = [
    Case(
      testDescription: "truncated IDX", files: images("train-images-idx3-ubyte", .idx([4, 2, 3], Array(0..<20))),
      message: "FOLDER/train-images-idx3-ubyte: 36 bytes, expected 40 (a header of 16 and 4 x 2 x 3 elements of 1)."
        + " The file is truncated: copy it again."),
    Case(
      testDescription: "IDX with too many bytes", files: images("train-images-idx3-ubyte", .idx([4, 2, 3], Array(0..<25))),
      message: "FOLDER/train-images-idx3-ubyte: 41 bytes, expected 40 (a header of 16 and 4 x 2 x 3 elements of 1)."
        + " The file is too long: copy it again."),
    Case(
      testDescription: "IDX shorter than its magic number", files: images("train-labels-idx1-ubyte", [0, 0]),
      message: "FOLDER/train-labels-idx1-ubyte: 2 bytes, expected 4 (the magic number). The file is truncated: copy it again."),
    Case(
      testDescription: "IDX shorter than its header", files: images("train-images-idx3-ubyte", [0, 0, 8, 3, 0, 0]),
      message: "FOLDER/train-images-idx3-ubyte: 6 bytes, expected 16 (the header). The file is truncated: copy it again."),
    Case(
      testDescription: "wrong magic", files: images("train-images-idx3-ubyte", Array("PNG is no IDX".utf8)),
      message: "FOLDER/train-images-idx3-ubyte: magic number 0x504e4720, expected 0x00000803 (images)."
        + " Check that this is the right IDX file."),
    Case(
      testDescription: "labels in the place of images", files: images("train-images-idx3-ubyte", .idx([4], [0, 1, 2, 1])),
      message: "FOLDER/train-images-idx3-ubyte: magic number 0x00000801, expected 0x00000803 (images)."
        + " Check that this is the right IDX file."),
    Case(
      testDescription: "images in the place of labels", files: images("train-labels-idx1-ubyte", .idx([4, 1, 1], [0, 1, 2, 1])),
      message: "FOLDER/train-labels-idx1-ubyte: magic number 0x00000803, expected 0x00000801 (labels)."
        + " Check that this is the right IDX file."),
    Case(
      testDescription: "extents beyond any memory",
      files: images("train-images-idx3-ubyte", [0, 0, 8, 3] + Array(repeating: 0xFF, count: 12)),
      message: "FOLDER/train-images-idx3-ubyte: extents [4294967295, 4294967295, 4294967295],"
        + " expected an array that fits in memory. Write the file again in that form."),
    Case(
      testDescription: "fewer labels than images", files: images("train-labels-idx1-ubyte", .idx([3], [0, 1, 2])),
      message: "FOLDER/train-images-idx3-ubyte holds 4 samples but FOLDER/train-labels-idx1-ubyte holds 3 labels."
        + " Take both from the same set."),
    Case(
      testDescription: "a training label out of range", files: images("train-labels-idx1-ubyte", .idx([4], [0, 1, 200, 1])),
      message: "FOLDER/train-labels-idx1-ubyte: 3 different labels, and sample 2 (from 0) has the label 200,"
        + " expected classes numbered 0, 1, ... without a gap. Write the file again in that form."),
    Case(
      testDescription: "a test label out of range", files: images("t10k-labels-idx1-ubyte", .idx([2], [1, 3])),
      message: "FOLDER/t10k-labels-idx1-ubyte: the label of sample 1 (from 0) is 3, expected 0 to 2."
        + " Correct the label or the number of classes."),
    Case(
      testDescription: "no images",
      files: images("train-images-idx3-ubyte", .idx([0, 2, 3], [])).merging(
        ["train-labels-idx1-ubyte": .idx([0], [])], uniquingKeysWith: { $1 }),
      message: "FOLDER/train-images-idx3-ubyte: no samples. Give a file with at least one sample."),
    Case(
      testDescription: "test images of another size", files: images("t10k-images-idx3-ubyte", .idx([2, 3, 3], Array(0..<18))),
      message: "FOLDER: samples of shape [1, 3, 3], expected [1, 2, 3] as in the training set. Take both from the same set."),
    Case(
      testDescription: "no label file", files: images("train-labels-idx1-ubyte", nil),
      message: "FOLDER: no train-labels-idx1-ubyte, expected train-images-idx3-ubyte, train-labels-idx1-ubyte, the same with"
        + " t10k, each plain or .gz. Write the file again in that form."),
    Case(
      testDescription: "NaN in an IDX of reals",
      files: images(
        "train-images-idx3-ubyte",
        [UInt8].idx([4, 1, 1], [0, 0, 0, 0, 0, 0, 0, 0, 0x7F, 0xC0, 0, 0, 0, 0, 0, 0], type: 0x0D)),
      message: "FOLDER: feature 0 of sample 2 (both from 0) is nan, expected a finite number. Correct or remove that sample."),
  ]

  static func table(_ description: String, _ text: String, _ table: TableOptions = TableOptions(), message: String) -> Case {
    Case(testDescription: description, files: ["t.csv": Array(text.utf8)], source: "FOLDER/t.csv", table: table, message: message)
  }

  static let tableCases = [
    table(
      "a cell that is no number", "width,height,label\n1,2,a\n1,two,b\n",
      message: "FOLDER/t.csv, line 3, column height: \"two\" is not a finite number. Correct or remove that row."),
    table(
      "an empty cell", "width,height,label\n1,2,a\n\n1,,b\n",
      message: "FOLDER/t.csv, line 4, column height: \"\" is not a finite number. Correct or remove that row."),
    table(
      "a NaN feature", "width,height,label\nnan,2,a\n",
      message: "FOLDER/t.csv, line 2, column width: \"nan\" is not a finite number. Correct or remove that row."),
    table(
      "a number beyond single precision", "width,label\n1e39,a\n",
      message: "FOLDER/t.csv, line 2, column width: \"1e39\" is not a finite number. Correct or remove that row."),
    table(
      "a quoted cell over two lines before the bad one", "width,label\n1,\"a\nb\"\nx,a\n",
      message: "FOLDER/t.csv, line 4, column width: \"x\" is not a finite number. Correct or remove that row."),
    table(
      "a row with a cell too few", "width,height,label\n1,2,a\n1,b\n",
      message: "FOLDER/t.csv, line 3: 2 cells, expected 3 as in the header. Add or remove cells in that line."),
    table(
      "a missing label column", "width,height,species\n1,2,a\n", TableOptions(label: .column("specie")),
      message: "FOLDER/t.csv: no column specie in the header. Nearest: species."
        + " Name the label column, one of width, height, species."),
    table(
      "no column that is called a label", "width,height,kind\n1,2,a\n",
      message: "FOLDER/t.csv: no column label, class or target in the header."
        + " Name the label column, one of width, height, kind."),
    table(
      "no header", "1,2,0\n3,4,1\n",
      message: "FOLDER/t.csv: line 1 holds only numbers, expected a header with the names of the columns."
        + " Write the file again in that form."),
    table("no rows", "width,label\n", message: "FOLDER/t.csv: no samples. Add rows below the header."),
    table("nothing", "", message: "FOLDER/t.csv: no samples. The first line must hold the names of the columns."),
    table(
      "labels only", "label\na\n",
      message: "FOLDER/t.csv: no column beside the label column, expected at least one feature. Write the file again in that form."),
    table(
      "an open quote", "width,label\n1,\"a\n",
      message: "FOLDER/t.csv: line 2: a quoted cell without its closing quote, expected \" at its end."
        + " Write the file again in that form."),
    table(
      "text after a quoted cell", "width,label\n1,\"a\"b\n",
      message: "FOLDER/t.csv: line 2: text after the closing quote of a cell, expected a separator or the end of the line."
        + " Write the file again in that form."),
    table(
      "an empty label", "width,label\n1,a\n2,\n",
      message: "FOLDER/t.csv, line 3, column label: \"\" is not a target. Correct or remove that row."),
    table(
      "a word among real targets", "width,target\n1,0.5\n2,high\n",
      message: "FOLDER/t.csv, line 3, column target: \"high\" is not a number, as in the other rows. Correct or remove that row."),
    Case(
      testDescription: "columns that the training set lacks",
      files: ["t.csv": Array("x,y,z,label\n1,1,1,a\n".utf8), "u.csv": Array("x,label,v,w\n1,a,1,1\n".utf8)],
      source: "FOLDER/t.csv", test: "FOLDER/u.csv",
      message: "FOLDER/u.csv: lacks the columns y, z and has v, w, which the training set has not."
        + " Name its columns as those of the training set: x, y, z."),
    Case(
      testDescription: "words where the training set has numbers",
      files: ["t.csv": Array("x,label\n1,0.5\n2,1.5\n".utf8), "u.csv": Array("x,label\n1,cat\n2,1\n".utf8)],
      source: "FOLDER/t.csv", test: "FOLDER/u.csv",
      message: "FOLDER/u.csv, line 2, column label: \"cat\" is not a number, as in the other rows. Correct or remove that row."),
    Case(
      testDescription: "a fraction where the training set has classes",
      files: ["t.csv": Array("x,label\n1,0\n2,1\n".utf8), "u.csv": Array("x,label\n1,0.5\n2,1\n".utf8)],
      source: "FOLDER/t.csv", test: "FOLDER/u.csv",
      message: "FOLDER/u.csv: no class is called 0.5. The classes are 0, 1: use their names, or the data set that has them."),
    Case(
      testDescription: "images where the training set has real targets",
      files: ["t.csv": Array("x,label\n1,0.5\n2,1.5\n".utf8)].merging(smallImageSet()) { first, _ in first },
      source: "FOLDER/t.csv", test: "FOLDER",
      message: "FOLDER: samples of shape [1, 2, 3], expected [1] as in the training set. Take both from the same set."),
    Case(
      testDescription: "a class that the training set lacks",
      files: ["t.csv": Array("x,label\n1,cat\n2,dog\n".utf8), "u.csv": Array("x,label\n1,cat\n2,dig\n".utf8)],
      source: "FOLDER/t.csv", test: "FOLDER/u.csv",
      message:
        "FOLDER/u.csv: no class is called dig. Nearest: dog. The classes are cat, dog: use their names, or the data set that has"
        + " them."),
  ]
}
