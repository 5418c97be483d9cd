import CZlib
import Execution

extension NPZ {
  /// Writes arrays of reals, row-major, as numpy.savez does; the file is whole or absent.
  ///
  /// - Parameter arrays: names, extents and numbers.
  /// - Throws: `DatasetError.unwritable`; `.unsupported` for more than ZIP's 4 GiB.
  public static func write(_ arrays: [(name: String, shape: [Int], values: [Double])], to path: String) throws(DatasetError) {
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for array in arrays {
      precondition(
        array.shape.reduce(1, *) == array.values.count, "NPZ.write: \(array.values.count) numbers of shape \(array.shape)")
      let contents = NPY.header(shape: array.shape) + array.values.littleEndianBytes
      guard bytes.count + contents.count < 1 << 32 else {
        throw .unsupported(
          path: path, found: "arrays of 4 GiB and more", advice: "Write the matrix as .npy, which has no such limit.")
      }
      let name = Array((array.name + ".npy").utf8)
      let checksum = contents.withUnsafeBufferPointer { UInt64(crc32_z(0, $0.baseAddress, $0.count)) }
      // Version 2.0, no flags, stored, the first day that the format knows.
      let common =
        number(20, 2) + number(0, 2) + number(0, 2) + number(0, 2) + number(0x21, 2) + number(checksum, 4)
        + number(UInt64(contents.count), 4) + number(UInt64(contents.count), 4) + number(UInt64(name.count), 2) + number(0, 2)
      directory += number(0x0201_4B50, 4) + number(20, 2) + common
      directory += number(0, 2) + number(0, 2) + number(0, 2) + number(0, 4) + number(UInt64(bytes.count), 4) + name
      bytes += number(0x0403_4B50, 4) + common + name + contents
    }
    let start = bytes.count
    bytes += directory
    bytes += number(0x0605_4B50, 4) + number(0, 4) + number(UInt64(arrays.count), 2) + number(UInt64(arrays.count), 2)
    bytes += number(UInt64(directory.count), 4) + number(UInt64(start), 4) + number(0, 2)
    do { try WholeFile.write(bytes, to: path) } catch { throw .unwritable(error) }
  }

  private static func number(_ value: UInt64, _ bytes: Int) -> [UInt8] {
    (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
  }
}

extension NPY {
  /// Magic number, version and dictionary of an array of little-endian doubles, filled up to a multiple of 64 bytes.
  static func header(shape: [Int]) -> [UInt8] {
    let extents = shape.map { "\($0)" }.joined(separator: ", ") + (shape.count == 1 ? "," : "")
    var dictionary = "{'descr': '<f8', 'fortran_order': False, 'shape': (\(extents)), }"
    dictionary += String(repeating: " ", count: 63 - (10 + dictionary.utf8.count) % 64) + "\n"
    let length = UInt16(dictionary.utf8.count)
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 255), UInt8(length >> 8)] + Array(dictionary.utf8)
  }
}

extension [Double] {
  /// The numbers as a file of this format holds them.
  var littleEndianBytes: [UInt8] {
    #if _endian(little)
      withUnsafeBytes { [UInt8]($0) }
    #else
      map(\.bitPattern.littleEndian).withUnsafeBytes { [UInt8]($0) }
    #endif
  }
}
