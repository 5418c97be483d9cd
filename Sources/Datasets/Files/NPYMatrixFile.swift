import Execution

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A matrix of doubles on its way to a `.npy` file, a rectangle at a time: for matrices that memory does not hold.
///
/// ```swift
/// var file = try NPYMatrixFile(creating: "gram.npy", rows: 20_000, columns: 20_000)
/// try file.write(values, rows: 0..<1000, columns: 0..<1000)
/// try file.finish()
/// ```
/// The rectangles go to `path.partial`, which is renamed at the end; without `finish` it is removed.
public struct NPYMatrixFile: ~Copyable {
  private let path: String
  private let columns: Int
  private let start: Int
  private let file: Int32
  private var isFinished = false

  /// - Throws: `DatasetError.unwritable`, also where the disk lacks the room.
  public init(creating path: String, rows: Int, columns: Int) throws(DatasetError) {
    precondition(rows >= 0 && columns >= 0, "NPYMatrixFile: \(rows) x \(columns)")
    let header = NPY.header(shape: [rows, columns])
    let file = open(path + ".partial", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw .unwritable(FileFailure(path)) }
    // The whole length at once, so that a disk without room says so before the work and not after it.
    let length = off_t(header.count + 8 * rows * columns)
    #if canImport(Darwin)
      let failure = ftruncate(file, length) == 0 ? 0 : errno
    #else
      let failure = posix_fallocate(file, 0, length)
    #endif
    guard failure == 0, Self.put(header, at: 0, in: file) else {
      let failure = failure == 0 ? FileFailure(path) : FileFailure(path, code: failure)
      Self.remove(path, file)
      throw .unwritable(failure)
    }
    (self.path, self.columns, start, self.file) = (path, columns, header.count, file)
  }

  deinit { if !isFinished { Self.remove(path, file) } }

  /// Writes a rectangle.
  ///
  /// - Parameter values: row-major, `rows.count` x `columns.count`.
  public func write(_ values: [Double], rows: Range<Int>, columns wanted: Range<Int>) throws(DatasetError) {
    precondition(values.count == rows.count * wanted.count, "NPYMatrixFile: \(values.count) numbers for \(rows) x \(wanted)")
    for row in rows {
      let first = (row - rows.lowerBound) * wanted.count
      let bytes = Array(values[first..<first + wanted.count]).littleEndianBytes
      guard Self.put(bytes, at: start + 8 * (row * columns + wanted.lowerBound), in: file) else {
        throw .unwritable(FileFailure(path))
      }
    }
  }

  /// Puts the finished file in its place.
  public mutating func finish() throws(DatasetError) {
    guard fsync(file) == 0, rename(path + ".partial", path) == 0 else { throw .unwritable(FileFailure(path)) }
    isFinished = true
    _ = close(file)
  }

  private static func remove(_ path: String, _ file: Int32) {
    _ = close(file)
    unlink(path + ".partial")
  }

  /// False where the system refuses, with its reason in errno.
  private static func put(_ bytes: [UInt8], at offset: Int, in file: Int32) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { pwrite(file, $0.baseAddress! + done, $0.count - done, off_t(offset + done)) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      done += count
    }
    return true
  }
}
