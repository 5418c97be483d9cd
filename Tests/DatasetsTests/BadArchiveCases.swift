import Datasets
import Foundation

extension BadInputTests {
  /// A kept file, changed by `damage`, under the name x.npz.
  static func archive(_ description: String, _ name: String, message: String, damage: (inout [UInt8]) -> Void = { _ in }) -> Case {
    var bytes = [UInt8](try! Data(contentsOf: URL(filePath: reference(name))))
    damage(&bytes)
    return Case(testDescription: description, files: ["x.npz": bytes], source: "FOLDER/x.npz", message: message)
  }

  static let archiveCases =
    [
      archive(
        "npz cut off", "medmnist-grey.npz",
        message: "FOLDER/x.npz: the compressed data are corrupt (no central directory at the end: not a ZIP archive, or"
          + " truncated). Copy or download the file again.",
        damage: { $0.removeLast(200) }),
      archive(
        "npz with a flipped bit", "medmnist-grey.npz",
        message: "FOLDER/x.npz: the compressed data are corrupt (the checksum or size of train_images.npy is wrong)."
          + " Copy or download the file again.",
        damage: { $0[300] ^= 1 }),
      archive(
        "npz of half precision", "half.npz",
        message: "FOLDER/x.npz:train_images.npy: elements of type <f2."
          + " Write the array as uint8, int64, float32 or float64."),
      archive(
        "npz compressed by bzip2", "bzip2.npz",
        message: "FOLDER/x.npz:train_images.npy: compression method 12. Write the archive again stored or deflated."),
      archive(
        "npz without labels", "unlabelled.npz",
        message: "FOLDER/x.npz: train_images without train_labels, expected labels for every part."
          + " Write the file again in that form."),
      archive(
        "npz with other names", "foreign.npz",
        message: "FOLDER/x.npz: the arrays are angles, phases, expected train_images and train_labels, likewise val and test;"
          + " or x_train and y_train, likewise test. Write the file again in that form."),
    ] + gzipCases + cifarCases

  /// The small image set with its training images in gzip format, changed by `damage`.
  static func gzip(_ description: String, message: String, damage: (inout [UInt8]) -> Void) -> Case {
    var files = smallImageSet()
    // Text that repeats, so that the stream has matches to damage.
    files["train-images-idx3-ubyte"] = nil
    var bytes = try! [UInt8].idx([4, 30, 30], (0..<3600).map { UInt8($0 % 7) }).gzipped
    damage(&bytes)
    files["train-images-idx3-ubyte.gz"] = bytes
    return Case(testDescription: description, files: files, message: message)
  }

  static let gzipCases = [
    gzip(
      "gzip cut off",
      message: "FOLDER/train-images-idx3-ubyte.gz: the compressed data are corrupt (the stream ends early, after 3616 decoded"
        + " bytes). Copy or download the file again.",
      damage: { $0.removeLast(4) }),
    gzip(
      "gzip with a wrong checksum",
      message: "FOLDER/train-images-idx3-ubyte.gz: the compressed data are corrupt (incorrect data check, after 3616 decoded"
        + " bytes). Copy or download the file again.",
      damage: { $0[$0.count - 8] ^= 1 }),
    gzip(
      "gzip with bytes behind it",
      message: "FOLDER/train-images-idx3-ubyte.gz: the compressed data are corrupt (unexpected bytes after the end of the"
        + " stream). Copy or download the file again.",
      damage: { $0 += [1, 2, 3] }),
  ]

  static let cifarCases = [
    Case(
      testDescription: "pickled CIFAR in a folder", files: ["data_batch_1": [0x80, 2, 0x7D, 0x71]],
      message: "FOLDER/data_batch_1: a pickled Python object. Use the binary version of CIFAR-10 (cifar-10-binary.tar.gz:"
        + " data_batch_1.bin to data_batch_5.bin, test_batch.bin)."),
    Case(
      testDescription: "pickled CIFAR called .bin", files: ["x.bin": [0x80, 4, 0x95, 0]], source: "FOLDER/x.bin",
      message: "FOLDER/x.bin: a pickled Python object. Use the binary version of CIFAR-10 (cifar-10-binary.tar.gz:"
        + " data_batch_1.bin to data_batch_5.bin, test_batch.bin)."),
    Case(
      testDescription: "CIFAR cut off", files: ["x.bin": Array(repeating: 1, count: 5000)], source: "FOLDER/x.bin",
      message: "FOLDER/x.bin: 5000 bytes, expected 6146 (records of 3073, each a label and 3 x 32 x 32 pixels)."
        + " The file is truncated: copy it again."),
    Case(
      testDescription: "CIFAR label out of range", files: ["x.bin": [9] + Array(repeating: 10, count: 6145)],
      source: "FOLDER/x.bin",
      message: "FOLDER/x.bin: the label of sample 1 (from 0) is 10, expected 0 to 9."
        + " Correct the label or the number of classes."),
  ]

  static let sourceCases = [
    Case(
      testDescription: "a misspelt name", files: [:], source: "fasion-mnist",
      message: "fasion-mnist is neither the name of a data set nor an existing file or folder."
        + " Nearest: fashion-mnist, fashion-mnist-2.5k. `hilbert data list` shows the names;"
        + " files and folders are looked for here and in the folder that HILBERT_DATA names."),
    Case(
      testDescription: "a file that is not there", files: [:], source: "FOLDER/x.csv", category: .readFailure,
      message: "FOLDER/x.csv: cannot be read (No such file or directory). Check the path."),
    Case(
      testDescription: "a folder with the name of a file", files: [:], source: "FOLDER",
      message: "FOLDER: neither pictures nor IDX files nor CIFAR-10 binary files in this folder. Put PNG or JPEG pictures into a"
        + " folder for each class, or name its files train-images-idx3-ubyte, train-labels-idx1-ubyte and so on, or give a .npz,"
        + " .csv or .bin file."),
    Case(
      testDescription: "a folder with a table in it", files: ["notes.txt": [65], "points.csv": [65]], source: "FOLDER",
      message: "FOLDER: a folder with points.csv in it, which is a data set by itself. Give FOLDER/points.csv."),
    Case(
      testDescription: "a folder of another kind of pictures", files: ["a/1.pgm": [80]], source: "FOLDER",
      message: "FOLDER/a/1.pgm: a picture that is neither PNG nor JPEG. Convert it, for example with ImageMagick: `mogrify -format"
        + " png *.pgm` in its folder."),
    Case(
      testDescription: "a file of no known kind", files: ["x.txt": [65]], source: "FOLDER/x.txt",
      message:
        "FOLDER/x.txt: the name says no known format. Give a folder of pictures or IDX files, or a file whose name ends in .npz,"
        + " .csv, .csv.gz, .bin or .bin.gz."),
  ]
}
