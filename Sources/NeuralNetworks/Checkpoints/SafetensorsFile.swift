import Randomness

/// Named tensors with text beside them in the safetensors format, which Python's `safetensors` and plain numpy read.
///
/// The file is: 8 bytes, little-endian, the length of the header; the header, a JSON object that gives every tensor's type,
/// shape and place, and under `__metadata__` the text; then the numbers, little-endian and row-major, without gaps.
///
/// - Source: huggingface/safetensors, README, section Format.
public struct SafetensorsFile: Hashable, Sendable {
  /// One tensor as it lies in the file.
  public struct Entry: Hashable, Sendable {
    /// The number type.
    public let type: StorageType
    /// Lengths of the axes.
    public let shape: [Int]
    /// The numbers, little-endian and row-major.
    public let bytes: [UInt8]

    /// A tensor as a file holds it.
    public init<Scalar: TensorScalar>(_ tensor: Tensor<Scalar>) {
      type = Scalar.storageType
      shape = tensor.shape
      bytes = tensor.scalars.withUnsafeBytes { Array($0) }
    }

    init(type: StorageType, shape: [Int], bytes: [UInt8]) { (self.type, self.shape, self.bytes) = (type, shape, bytes) }

    /// The tensor, converted where the file has another precision.
    public func tensor<Scalar: TensorScalar>(of _: Scalar.Type = Scalar.self) -> Tensor<Scalar> {
      func read<Stored: TensorScalar>(_: Stored.Type) -> Tensor<Stored> {
        Tensor(shape: shape) { target in
          bytes.withUnsafeBytes { source in
            guard let start = source.baseAddress else { return }
            UnsafeMutableRawPointer(target).copyMemory(from: start, byteCount: source.count)
          }
        }
      }
      return type == .float32 ? read(Float.self).converted() : read(Double.self).converted()
    }
  }

  /// The tensors by name.
  public var tensors: [String: Entry]
  /// Text beside them.
  public var metadata: [String: String]

  /// A file's contents.
  public init(tensors: [String: Entry] = [:], metadata: [String: String] = [:]) {
    (self.tensors, self.metadata) = (tensors, metadata)
  }

  /// The metadata key of the checksum, which finds damage that the format itself does not show. Files from elsewhere have none.
  private static let checksumKey = "hilbert.checksum"
  /// What stands in the checksum's place while it is taken.
  private static let blankChecksum = String(repeating: "0", count: 16)

  /// The file's bytes; equal contents give equal bytes.
  public func encoded() -> [UInt8] {
    // Eight-byte numbers first keeps every tensor aligned to its own size.
    let order = tensors.sorted { ($1.value.type.byteCount, $0.key) < ($0.value.type.byteCount, $1.key) }
    let data = order.flatMap(\.value.bytes)
    var header = SafetensorsHeader(metadata: metadata)
    header.metadata[Self.checksumKey] = Self.blankChecksum
    var position = 0
    for (name, entry) in order {
      header.places[name] = .init(type: entry.type.rawValue, shape: entry.shape, range: position..<position + entry.bytes.count)
      position += entry.bytes.count
    }
    header.metadata[Self.checksumKey] = Self.checksum(header.encoded(), data[...])
    let text = header.encoded()
    return withUnsafeBytes(of: UInt64(text.count).littleEndian) { Array($0) } + text + data
  }

  /// Reads a file's bytes.
  ///
  /// - Throws: `Damage` for anything that breaks the format or the checksum.
  public init(decoding bytes: [UInt8]) throws(Damage) {
    guard bytes.count >= 8 else { throw Damage("The file has \(bytes.count) bytes, too few for a header") }
    let length = bytes.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
    guard length <= UInt64(bytes.count - 8) else {
      throw Damage(
        "The header claims \(length) bytes, but only \(bytes.count - 8) follow; the file is truncated or no safetensors file")
    }
    let (text, data) = (bytes[8..<8 + Int(length)], bytes[(8 + Int(length))...])
    let header = try SafetensorsHeader(decoding: Array(text))
    try header.validate(dataCount: data.count)
    if let checksum = header.metadata[Self.checksumKey] {
      guard checksum == Self.checksum(Self.blanking(checksum, in: Array(text)), data) else {
        throw Damage("The contents do not match the checksum; the file is damaged")
      }
    }
    metadata = header.metadata.filter { $0.key != Self.checksumKey }
    tensors = [:]
    for (name, place) in header.places {
      guard let type = StorageType(rawValue: place.type) else {
        throw Damage("Tensor \"\(name)\" has type \(place.type), known are F32 and F64")
      }
      let start = data.startIndex + place.range.lowerBound
      tensors[name] = Entry(type: type, shape: place.shape, bytes: Array(data[start..<start + place.range.count]))
    }
  }

  /// What is wrong with a file.
  public struct Damage: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String
    init(_ description: String) { self.description = description }
  }

  /// FNV-1a over header and numbers, as 16 hexadecimal digits.
  private static func checksum(_ header: [UInt8], _ data: ArraySlice<UInt8>) -> String {
    var hash = FNV1a()
    header.withUnsafeBytes { hash.combine($0) }
    data.withUnsafeBytes { hash.combine($0) }
    let digits = String(hash.value, radix: 16)
    return blankChecksum.dropFirst(digits.count) + digits
  }

  /// The header as it was when the checksum was taken.
  private static func blanking(_ checksum: String, in header: [UInt8]) -> [UInt8] {
    func field(_ digits: String) -> String { "\"\(checksumKey)\":\"\(digits)\"" }
    return Array(String(decoding: header, as: UTF8.self).replacing(field(checksum), with: field(blankChecksum)).utf8)
  }
}
