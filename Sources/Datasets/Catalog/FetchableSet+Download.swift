import Execution

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension FetchableSet {
  /// Downloads the set's files with `curl`, checks them and installs them, all or none.
  ///
  /// Files lie in `<target>/<name>.download` until all are there, so that a download that was broken off goes on where it stopped:
  /// what is whole, by its checksum, is not asked for again, and of a part the rest alone. A file that is whole and not the
  /// published one is taken from the next mirror.
  ///
  /// - Parameters:
  ///   - mirrors: where to look, in this order; nil takes those that are known. A mirror holds the files in gzip format.
  ///   - target: where the set's own folder is made; nil takes the user's data folder.
  ///   - showsProgress: whether curl draws its bar on standard error.
  /// - Returns: the folder of the installed set.
  /// - Throws: `DatasetError.notInstalled` where there is no curl or no mirror gives a file, `.wrongChecksum` where none gives the
  ///   published one.
  public func download(
    from mirrors: [String]? = nil, into target: String? = nil, showsProgress: Bool = false
  ) throws(DatasetError) -> String {
    guard let curl = ChildProcess(named: "curl") else {
      throw .notInstalled(name: name, advice: "To download it, install curl (apt-get install curl), or \(adviceWithoutDownload).")
    }
    let target = try Self.folder(target)
    let parts = "\(target)/\(name).download"
    do {
      try WholeFile.makeFolder(parts)
    } catch {
      throw .unwritable(error)
    }
    for file in files {
      try download(file, to: "\(parts)/\(file.name).gz", from: mirrors ?? self.mirrors, with: curl, showsProgress: showsProgress)
    }
    let folder = try install(from: parts, into: target)
    for file in files { unlink("\(parts)/\(file.name).gz") }
    rmdir(parts)
    return folder
  }

  private func download(
    _ file: File, to path: String, from mirrors: [String], with curl: ChildProcess, showsProgress: Bool
  ) throws(DatasetError) {
    if try checksum(of: file, at: path) == file.checksum { return }
    var failures: [String] = []
    var found: String?
    for mirror in mirrors {
      let status = Self.fetch(
        "\(mirror)/\(file.name).gz", to: path, atMost: file.byteCount + 4096, with: curl, showsProgress: showsProgress)
      guard status == 0 else {
        failures.append("\(mirror): curl ended with status \(status)")
        continue
      }
      found = try checksum(of: file, at: path)
      if found == file.checksum { return }
      // Whole, and something else: going on with it would help nobody.
      unlink(path)
    }
    if let found { throw .wrongChecksum(path: path, found: found, expected: file.checksum) }
    let reasons = failures.joined(separator: "; ")
    let advice = "Try again, or \(adviceWithoutDownload)."
    throw .notInstalled(name: name, advice: "\(file.name).gz could not be downloaded (\(reasons)). \(advice)")
  }

  /// One file from one place, going on with what is there.
  ///
  /// - Parameter limit: bytes; no compressed file is much larger than what it decodes to.
  private static func fetch(
    _ address: String, to path: String, atMost limit: Int, with curl: ChildProcess, showsProgress: Bool
  ) -> Int32 {
    let common =
      ["--fail", "--location", "--retry", "2", "--connect-timeout", "20", "--max-filesize", "\(limit)", "--output", path]
      + (showsProgress ? ["--progress-bar"] : ["--silent"])
    let status = curl.run(common + ["--continue-at", "-", address])
    // 33 and 36: the server cannot give a part. 22 may be its answer where nothing is left to give.
    guard [22, 33, 36].contains(status), WholeFile.exists(path) else { return status }
    unlink(path)
    return curl.run(common + [address])
  }

  /// The checksum of what a file decodes to; nil where it is not there or is only a part.
  private func checksum(of file: File, at path: String) throws(DatasetError) -> String? {
    guard WholeFile.exists(path) else { return nil }
    let raw = try FileBytes(readingRaw: path)
    guard let decoded = try? raw.decompressed(limit: file.byteCount + 1) else { return nil }
    return sha256(decoded.bytes)
  }
}
