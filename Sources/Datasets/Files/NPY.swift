/// The array format of numpy, versions 1 to 3: a header in the form of a Python dictionary, then the elements.
///
/// Read are integers and booleans up to 8 bytes and reals of 4 and 8 bytes, of either byte order and element order.
///
/// Source: numpy, "numpy.lib.format" (NEP 1).
enum NPY {
  static func decode(_ file: FileBytes) throws(DatasetError) -> NumericArray {
    let bytes = file.bytes
    guard bytes.starts(with: Array("\u{93}NUMPY".unicodeScalars.map { UInt8($0.value) })), bytes.count >= 12 else {
      throw .malformed(path: file.path, problem: "no NPY header", expected: "an array written by numpy.save or numpy.savez")
    }
    guard (1...3).contains(bytes[6]) else {
      throw .unsupported(path: file.path, found: "NPY version \(bytes[6])", advice: "Write the array in version 1, 2 or 3.")
    }
    let lengthWidth = bytes[6] == 1 ? 2 : 4
    let start = 8 + lengthWidth + Int(bytes.littleEndian(at: 8, bytes: lengthWidth))
    guard start <= bytes.count else {
      throw .wrongSize(path: file.path, expected: start, found: bytes.count, layout: "the header")
    }
    let header = try Header(String(decoding: bytes[8 + lengthWidth..<start], as: UTF8.self), path: file.path)
    guard let size = elementCount(header.shape + [header.width]) else {
      throw .malformed(path: file.path, problem: "extents \(header.shape)", expected: "an array that fits in memory")
    }
    guard bytes.count == start + size else {
      throw .wrongSize(
        path: file.path, expected: start + size, found: bytes.count,
        layout: "a header of \(start) and an array of shape \(header.shape) with \(header.width) bytes an element")
    }
    let elements = header.elements(of: bytes[start...])
    return NumericArray(shape: header.shape, elements: header.isFortranOrder ? rowMajor(elements, shape: header.shape) : elements)
  }

  /// Elements whose first index runs fastest, put in the order in which the last one does.
  private static func rowMajor(_ elements: NumericArray.Elements, shape: [Int]) -> NumericArray.Elements {
    let strides = shape.indices.map { axis in shape[..<axis].reduce(1, *) }
    let places = (0..<shape.reduce(1, *)).map { index in
      var rest = index
      var place = 0
      for axis in shape.indices.reversed() {
        place += rest % shape[axis] * strides[axis]
        rest /= shape[axis]
      }
      return place
    }
    return switch elements {
    case .bytes(let values): .bytes(places.map { values[$0] })
    case .integers(let values): .integers(places.map { values[$0] })
    case .reals(let values): .reals(places.map { values[$0] })
    }
  }
}

extension NPY {
  /// What the dictionary says: `{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }`.
  private struct Header {
    let kind: Character
    let width: Int
    let isBigEndian: Bool
    let isFortranOrder: Bool
    let shape: [Int]

    init(_ text: String, path: String) throws(DatasetError) {
      func malformed(_ problem: String) -> DatasetError {
        .malformed(path: path, problem: problem, expected: "descr, fortran_order and shape in the NPY header")
      }
      func value(_ key: String) throws(DatasetError) -> Substring {
        guard let found = text.firstRange(of: "'\(key)':") else { throw malformed("no \(key)") }
        return text[found.upperBound...].drop { $0 == " " }
      }
      let order = try value("fortran_order")
      guard order.hasPrefix("True") || order.hasPrefix("False") else { throw malformed("fortran_order is \(order.prefix(8))") }
      isFortranOrder = order.hasPrefix("True")

      let tuple = try value("shape")
      guard tuple.first == "(", let close = tuple.firstIndex(of: ")") else { throw malformed("the shape is no tuple") }
      let texts = tuple[..<close].dropFirst().split(separator: ",").map { $0.filter { $0 != " " } }.filter { !$0.isEmpty }
      shape = texts.compactMap { Int($0) }
      guard shape.count == texts.count, shape.allSatisfy({ $0 >= 0 }) else { throw malformed("the shape is no tuple of sizes") }

      let type = try value("descr").dropFirst().prefix { $0 != "'" }
      guard let order = type.first, let kind = type.dropFirst().first, let width = Int(type.dropFirst(2)),
        (kind == "f" && [4, 8].contains(width)) || ("iu".contains(kind) && [1, 2, 4, 8].contains(width))
          || (kind == "b" && width == 1), "<>|=".contains(order)
      else {
        throw .unsupported(
          path: path, found: "elements of type \(type)", advice: "Write the array as uint8, int64, float32 or float64.")
      }
      self.kind = kind
      self.width = width
      isBigEndian = order == ">"
    }

    func elements(of bytes: ArraySlice<UInt8>) -> NumericArray.Elements {
      if width == 1, kind == "u" { return .bytes(Array(bytes)) }
      let words = stride(from: bytes.startIndex, to: bytes.endIndex, by: width).map { start -> UInt64 in
        let element = bytes[start..<start + width]
        return isBigEndian
          ? element.reduce(0) { $0 << 8 | UInt64($1) } : element.reversed().reduce(0) { $0 << 8 | UInt64($1) }
      }
      switch (kind, width) {
      case ("f", 4): return .reals(words.map { Double(Float(bitPattern: UInt32($0))) })
      case ("f", _): return .reals(words.map { Double(bitPattern: $0) })
      case ("u", _): return .integers(words.map { Int(truncatingIfNeeded: $0) })
      default:
        let unused = 64 - 8 * width
        return .integers(words.map { Int(truncatingIfNeeded: $0 << unused) >> unused })
      }
    }
  }
}
