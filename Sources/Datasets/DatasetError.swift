import Execution

/// Everything that can go wrong between a data source and a set of samples.
///
/// Each description is one sentence that names the file, the place in it and what was expected, and one that says what to do.
public enum DatasetError: Error, Hashable, Sendable {
  /// The file or folder could not be read at all.
  case unreadable(FileFailure)
  /// The file or folder could not be written.
  case unwritable(FileFailure)
  /// A set that has to be fetched first is not on this machine; `advice` says how to get it.
  case notInstalled(name: String, advice: String)
  /// Neither the name of a set nor an existing file or folder.
  case unknownSource(String, nearest: [String])
  /// A file or folder of a kind that is not read here.
  case unsupported(path: String, found: String, advice: String)
  /// A compressed stream that does not decode.
  case corruptArchive(path: String, reason: String)
  /// A compressed file whose decoded size exceeds the limit.
  case tooLarge(path: String, limit: Int)
  /// The first four bytes are not those of the expected IDX file.
  case wrongMagic(path: String, found: UInt32, expected: String)
  /// Fewer or more bytes than the header announces.
  case wrongSize(path: String, expected: Int, found: Int, layout: String)
  /// A header, directory or key that is not as the format asks.
  case malformed(path: String, problem: String, expected: String)
  /// Another number of labels than of samples.
  case countMismatch(samples: Int, samplesPath: String, labels: Int, labelsPath: String)
  /// Training and test samples of different shapes.
  case shapeMismatch(path: String, found: [Int], expected: [Int])
  /// A table row with more or fewer cells than the header.
  case wrongWidth(path: String, line: Int, found: Int, expected: Int)
  /// A table cell that is not what its column holds.
  case badCell(path: String, line: Int, column: String, text: String, expected: String)
  /// A label column that is not in the header.
  case missingColumn(path: String, name: String, header: [String])
  /// A table whose columns are not those of the training set.
  case wrongFeatures(path: String, missing: [String], extra: [String], expected: [String])
  /// A feature that is NaN or infinite; `sample` and `feature` count from 0.
  case nonFinite(path: String, sample: Int, feature: Int, value: Float)
  /// A sample whose features are all zero where they have to be normalized; `sample` counts from 0.
  case zeroSample(path: String, sample: Int)
  /// A class label outside 0..<classCount; `sample` counts from 0.
  case labelOutOfRange(path: String, sample: Int, label: Int, classCount: Int)
  /// A class name that is not among those known.
  case unknownClass(path: String, name: String, known: [String])
  /// No samples, or none left after a selection.
  case empty(path: String, advice: String)
  /// A file whose contents differ from the published ones.
  case wrongChecksum(path: String, found: String, expected: String)
}

extension DatasetError {
  /// What kind of fault it is, so that a command line can choose its exit status.
  public enum Category: Sendable, Hashable {
    /// The contents are wrong.
    case badInput
    /// The operating system would not read it.
    case readFailure
    /// The operating system would not write it.
    case writeFailure
    /// It has to be fetched first.
    case notInstalled
  }

  /// The kind of this fault.
  public var category: Category {
    switch self {
    case .unreadable: .readFailure
    case .unwritable: .writeFailure
    case .notInstalled: .notInstalled
    default: .badInput
    }
  }
}

extension DatasetError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unreadable(let failure): "\(failure.path): cannot be read (\(failure.reason)). \(failure.advice)"
    case .unwritable(let failure): "\(failure.path): cannot be written (\(failure.reason)). \(failure.advice)"
    case .notInstalled(let name, let advice):
      "The data set \(name) is not on this machine. \(advice)"
    case .unknownSource(let source, let nearest):
      "\(source) is neither the name of a data set nor an existing file or folder." + suggestion(nearest)
        + " `hilbert data list` shows the names; files and folders are looked for here and in the folder that HILBERT_DATA names."
    case .unsupported(let path, let found, let advice):
      "\(path): \(found). \(advice)"
    case .corruptArchive(let path, let reason):
      "\(path): the compressed data are corrupt (\(reason)). Copy or download the file again."
    case .tooLarge(let path, let limit):
      "\(path): decodes to more than the limit of \(limit) bytes. Raise the limit if the file is to be trusted."
    case .wrongMagic(let path, let found, let expected):
      "\(path): magic number 0x\(hexadecimal(found)), expected \(expected). Check that this is the right IDX file."
    case .wrongSize(let path, let expected, let found, let layout):
      "\(path): \(found) bytes, expected \(expected) (\(layout)). The file is \(found < expected ? "truncated" : "too long"): copy it again."
    case .malformed(let path, let problem, let expected):
      "\(path): \(problem), expected \(expected). Write the file again in that form."
    case .countMismatch(let samples, let samplesPath, let labels, let labelsPath):
      "\(samplesPath) holds \(samples) samples but \(labelsPath) holds \(labels) labels. Take both from the same set."
    case .shapeMismatch(let path, let found, let expected):
      "\(path): samples of shape \(found), expected \(expected) as in the training set. Take both from the same set."
    case .wrongWidth(let path, let line, let found, let expected):
      "\(path), line \(line): \(found) cells, expected \(expected) as in the header. Add or remove cells in that line."
    case .badCell(let path, let line, let column, let text, let expected):
      "\(path), line \(line), column \(column): \"\(text)\" is not \(expected). Correct or remove that row."
    case .missingColumn(let path, let name, let header):
      "\(path): no column \(name) in the header." + suggestion(nearestNames(to: name, among: header))
        + " Name the label column, one of \(listed(header))."
    case .wrongFeatures(let path, let missing, let extra, let expected):
      "\(path): \(difference(missing: missing, extra: extra)). Name its columns as those of the training set: \(listed(expected))."
    case .nonFinite(let path, let sample, let feature, let value):
      "\(path): feature \(feature) of sample \(sample) (both from 0) is \(value), expected a finite number. Correct or remove that sample."
    case .zeroSample(let path, let sample):
      "\(path): all features of sample \(sample) (from 0) are zero, expected a vector that can be normalized."
        + " Remove that sample, or choose an encoding other than amplitudes."
    case .labelOutOfRange(let path, let sample, let label, let classCount):
      "\(path): the label of sample \(sample) (from 0) is \(label), expected 0 to \(classCount - 1). Correct the label or the number of classes."
    case .unknownClass(let path, let name, let known):
      "\(path): no class is called \(name)." + suggestion(nearestNames(to: name, among: known))
        + " The classes are \(listed(known)): use their names, or the data set that has them."
    case .empty(let path, let advice):
      "\(path): no samples. \(advice)"
    case .wrongChecksum(let path, let found, let expected):
      "\(path): SHA-256 of the decoded file is \(found), expected \(expected). The file is not the published one: get it again."
    }
  }

  private func suggestion(_ names: [String]) -> String {
    names.isEmpty ? "" : " Nearest: \(names.joined(separator: ", "))."
  }

  /// Images as tables have a column a pixel, so that a list may end early.
  private func listed(_ names: [String], limit: Int = 12) -> String {
    names.prefix(limit).joined(separator: ", ") + (names.count > limit ? " and \(names.count - limit) more" : "")
  }

  private func difference(missing: [String], extra: [String]) -> String {
    let lacks = missing.isEmpty ? [] : ["lacks \(missing.count == 1 ? "the column" : "the columns") \(listed(missing))"]
    let has = extra.isEmpty ? [] : ["has \(listed(extra)), which the training set has not"]
    return (lacks + has).joined(separator: " and ")
  }

  private func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
