/// The IDX format of MNIST: a magic number, big-endian extents, then the elements.
///
/// The magic number is two zero bytes, the element type and the number of extents: 0x00000803 for images,
/// 0x00000801 for labels.
///
/// Source: LeCun, Cortes, Burges, "The MNIST database of handwritten digits".
public enum IDX {
  /// Reads a file, plain or in gzip format.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - rank: the number of extents it must have, if that is known: 1 for labels, 3 for grey images.
  /// - Throws: `DatasetError`, with what was found and what was expected.
  public static func read(_ path: String, rank: Int? = nil) throws(DatasetError) -> NumericArray {
    try decode(try FileBytes(reading: path), rank: rank)
  }

  static func decode(_ file: FileBytes, rank: Int?) throws(DatasetError) -> NumericArray {
    let bytes = file.bytes
    guard bytes.count >= 4 else {
      throw .wrongSize(path: file.path, expected: 4, found: bytes.count, layout: "the magic number")
    }
    let magic = bytes.bigEndian32(at: 0)
    guard magic >> 16 == 0, let type = ElementType(rawValue: bytes[2]), bytes[3] >= 1, rank.map({ $0 == Int(bytes[3]) }) ?? true
    else { throw .wrongMagic(path: file.path, found: magic, expected: expectation(rank: rank)) }

    let header = 4 + 4 * Int(bytes[3])
    guard bytes.count >= header else {
      throw .wrongSize(path: file.path, expected: header, found: bytes.count, layout: "the header")
    }
    let shape = stride(from: 4, to: header, by: 4).map { Int(bytes.bigEndian32(at: $0)) }
    guard let count = elementCount(shape + [type.width]).map({ $0 / type.width }) else {
      throw .malformed(path: file.path, problem: "extents \(shape)", expected: "an array that fits in memory")
    }
    guard bytes.count == header + count * type.width else {
      let extents = shape.map(String.init).joined(separator: " x ")
      throw .wrongSize(
        path: file.path, expected: header + count * type.width, found: bytes.count,
        layout: "a header of \(header) and \(extents) elements of \(type.width)")
    }
    return NumericArray(shape: shape, elements: type.elements(of: bytes[header...]))
  }

  private static func expectation(rank: Int?) -> String {
    switch rank {
    case 1: "0x00000801 (labels)"
    case 3: "0x00000803 (images)"
    case let rank?: "0x0000080\(rank)"
    case nil: "two zero bytes, an element type and the number of extents"
    }
  }

  /// The third byte of the magic number.
  private enum ElementType: UInt8 {
    case unsignedByte = 0x08
    case signedByte = 0x09
    case short = 0x0B
    case int = 0x0C
    case float = 0x0D
    case double = 0x0E

    var width: Int {
      switch self {
      case .unsignedByte, .signedByte: 1
      case .short: 2
      case .int, .float: 4
      case .double: 8
      }
    }

    func elements(of bytes: ArraySlice<UInt8>) -> NumericArray.Elements {
      /// The bit patterns, most significant byte first.
      func words() -> [UInt64] {
        stride(from: bytes.startIndex, to: bytes.endIndex, by: width).map { start in
          bytes[start..<start + width].reduce(0) { $0 << 8 | UInt64($1) }
        }
      }
      switch self {
      case .unsignedByte: return .bytes(Array(bytes))
      case .signedByte: return .integers(bytes.map { Int(Int8(bitPattern: $0)) })
      case .short: return .integers(words().map { Int(Int16(truncatingIfNeeded: $0)) })
      case .int: return .integers(words().map { Int(Int32(truncatingIfNeeded: $0)) })
      case .float: return .reals(words().map { Double(Float(bitPattern: UInt32($0))) })
      case .double: return .reals(words().map { Double(bitPattern: $0) })
      }
    }
  }
}
