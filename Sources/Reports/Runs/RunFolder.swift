import Execution

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The folder of one run: everything needed to read, repeat and resume it.
///
/// ```
/// runs/hybrid-fashion-001/
///   config.yaml      what was asked for
///   manifest.json    version, seed, threads, SIMD level, precision: what else a repetition needs
///   metrics.csv      one row an epoch, no times, so that equal runs have equal bytes
///   metrics.jsonl    the same rows, one JSON object a line
///   checkpoints/     weights and optimizer state
///   figures/         each figure as SVG, PNG and the gnuplot script that drew it
///   report.html      one page, opens without a network
/// ```
/// Every file is whole or absent: a full disk or a killed process leaves no half-written one.
public struct RunFolder: Sendable, Hashable {
  /// Where the folder is.
  public let path: String

  /// The configuration as it was given.
  public static let configuration = "config.yaml"
  /// What else a repetition needs.
  public static let manifest = "manifest.json"
  /// The page for people.
  public static let report = "report.html"

  /// What the folder of a training run holds.
  public static let trainingFolders = ["checkpoints", "figures"]

  /// Makes `parent/name-001`, or the next free number.
  ///
  /// - Parameter folders: those that are made in it.
  /// - Throws: `ReportError.cannotWrite`; nothing is left behind then.
  public init(
    creating name: String, in parent: String = "runs", folders: [String] = Self.trainingFolders
  ) throws(ReportError) {
    precondition(!name.isEmpty && !name.contains("/"), "RunFolder: the name is '\(name)', must be one path component")
    try OutputFile.makeFolder(parent)
    var number = 1
    while true {
      let digits = String(number)
      let candidate = parent + "/" + name + "-" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
      if try OutputFile.makeNewFolder(candidate) {
        try self.init(furnishing: candidate, folders)
        return
      }
      number += 1
    }
  }

  /// Makes the folder at exactly `path`.
  ///
  /// - Throws: `ReportError.cannotWrite` also when something is there already: a run never overwrites another.
  public init(creatingAt path: String, folders: [String] = Self.trainingFolders) throws(ReportError) {
    if let slash = path.dropLast().lastIndex(of: "/"), slash > path.startIndex { try OutputFile.makeFolder(String(path[..<slash])) }
    guard try OutputFile.makeNewFolder(path) else {
      throw .cannotWrite(FileFailure(path: path, reason: "it exists already", advice: "Choose another name."))
    }
    try self.init(furnishing: path, folders)
  }

  /// Opens the folder of an earlier run.
  ///
  /// - Throws: `ReportError.cannotRead` when `path` is no folder or holds no manifest.
  public init(opening path: String) throws(ReportError) {
    func failure(_ reason: String) -> ReportError {
      .cannotRead(
        FileFailure(path: path, reason: reason, advice: "Name the folder of a run, the one that holds \(Self.manifest)."))
    }
    guard WholeFile.isFolder(path) else { throw failure("there is no such folder") }
    guard WholeFile.exists(path + "/" + Self.manifest) else { throw failure("it holds no \(Self.manifest)") }
    self.path = path
  }

  /// A folder whose runs have folders of their own, and that has no manifest itself.
  public init(suite path: String) { self.path = path }

  private init(furnishing path: String, _ folders: [String]) throws(ReportError) {
    do {
      for folder in folders { try OutputFile.makeFolder(path + "/" + folder) }
    } catch {
      try? FileManager.default.removeItem(atPath: path)
      throw error
    }
    self.path = path
  }

  /// Takes away a folder of a run that ended before it wrote anything worth keeping, so that its name is free again; any other
  /// stays.
  ///
  /// - Parameter beginnings: files that are written before there is anything to keep.
  public func removeUnlessWritten(beyond beginnings: Set<String> = []) {
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
    guard names.allSatisfy({ beginnings.contains($0) || WholeFile.isFolder(file($0)) }) else { return }
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The path of a file in the folder, for instance `file("checkpoints/last.safetensors")`.
  public func file(_ name: String) -> String { path + "/" + name }

  /// True when the folder holds the file.
  public func contains(_ name: String) -> Bool { WholeFile.exists(file(name)) }

  /// Takes a file of the folder away, where it is there.
  package func remove(_ name: String) throws(ReportError) {
    guard contains(name) else { return }
    do {
      try FileManager.default.removeItem(atPath: file(name))
    } catch {
      throw .cannotWrite(FileFailure(path: file(name), reason: "it cannot be taken away", advice: "Remove it by hand."))
    }
  }

  /// Makes a folder in the folder, unless it is there.
  public func makeFolder(_ name: String) throws(ReportError) { try OutputFile.makeFolder(file(name)) }

  /// Writes a text file in one step.
  public func write(_ text: String, to name: String) throws(ReportError) {
    try OutputFile.replace(file(name), with: text)
  }

  /// Writes a binary file in one step.
  public func write(_ bytes: [UInt8], to name: String) throws(ReportError) {
    try OutputFile.replace(file(name), with: bytes)
  }

  /// Writes a value as JSON with sorted keys, in one step.
  public func write(json value: some Encodable, to name: String) throws(ReportError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let data: Data
    do {
      data = try encoder.encode(value)
    } catch {
      throw .cannotWrite(
        FileFailure(path: file(name), reason: "a value has no place in JSON: \(error)", advice: "Please report this."))
    }
    try OutputFile.replace(file(name), with: Array(data) + [UInt8(ascii: "\n")])
  }

  /// The text of a file.
  public func text(of name: String) throws(ReportError) -> String {
    String(decoding: try OutputFile.read(file(name)), as: UTF8.self)
  }

  /// A value stored as JSON.
  public func value<Value: Decodable>(_ type: Value.Type, from name: String) throws(ReportError) -> Value {
    let bytes = try OutputFile.read(file(name))
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do {
      return try decoder.decode(type, from: Data(bytes))
    } catch {
      let fault = (error as? DecodingError)?.fault ?? "\(error)"
      throw .cannotRead(
        FileFailure(path: file(name), reason: "it was changed or damaged: \(fault)", advice: "Restore it, or make it again."))
    }
  }
}
