#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The JSON part of a safetensors file.
struct SafetensorsHeader {
  /// Type, shape and place of one tensor; the place counts bytes from the end of the header.
  struct Place {
    let type: String
    let shape: [Int]
    let range: Range<Int>
  }

  var places: [String: Place] = [:]
  var metadata: [String: String]

  init(metadata: [String: String]) { self.metadata = metadata }

  init(decoding text: [UInt8]) throws(SafetensorsFile.Damage) {
    do {
      let fields = try JSONDecoder().decode([String: Field].self, from: Data(text))
      metadata = [:]
      for (name, field) in fields {
        switch field {
        case .metadata(let texts): metadata = texts
        case .place(let place): places[name] = place
        }
      }
    } catch {
      throw SafetensorsFile.Damage("The header is no valid JSON description of tensors")
    }
  }

  /// JSON with sorted names, padded with spaces so that the numbers start at a multiple of eight bytes.
  func encoded() -> [UInt8] {
    var fields = places.mapValues { Field.place($0) }
    fields["__metadata__"] = .metadata(metadata)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let text = try? encoder.encode(fields) else { preconditionFailure("safetensors: texts and whole numbers always encode") }
    return Array(text) + Array(repeating: UInt8(ascii: " "), count: (8 - text.count % 8) % 8)
  }

  /// Places must have the size that their shape demands and cover the data without gaps or overlaps.
  func validate(dataCount: Int) throws(SafetensorsFile.Damage) {
    var end = 0
    let order = places.sorted { a, b in
      (a.value.range.lowerBound, a.value.range.upperBound) < (b.value.range.lowerBound, b.value.range.upperBound)
    }
    for (name, place) in order {
      guard place.range.lowerBound == end else {
        throw SafetensorsFile.Damage("Tensor \"\(name)\" starts at byte \(place.range.lowerBound) of the data, expected \(end)")
      }
      end = place.range.upperBound
      guard let type = StorageType(rawValue: place.type) else { continue }
      var size = type.byteCount
      for length in place.shape {
        let (product, overflows) = size.multipliedReportingOverflow(by: length)
        guard length >= 0, !overflows else {
          throw SafetensorsFile.Damage("Tensor \"\(name)\" has the impossible shape \(place.shape)")
        }
        size = product
      }
      guard size == place.range.count else {
        throw SafetensorsFile.Damage("Tensor \"\(name)\" of shape \(place.shape) needs \(size) bytes, found \(place.range.count)")
      }
    }
    guard end == dataCount else {
      throw SafetensorsFile.Damage(
        "The tensors need \(end) bytes, found \(dataCount); the file is \(end > dataCount ? "truncated" : "too long")")
    }
  }

  /// A value of the JSON object: text fields, or a tensor's place.
  private enum Field: Codable {
    case metadata([String: String])
    case place(Place)

    private enum Key: String, CodingKey {
      case type = "dtype"
      case shape
      case offsets = "data_offsets"
    }

    init(from decoder: any Decoder) throws {
      // A tensor is told from metadata by its data_offsets, which are no text.
      let container = try decoder.container(keyedBy: Key.self)
      guard let offsets = try? container.decode([Int].self, forKey: .offsets) else {
        self = .metadata(try decoder.singleValueContainer().decode([String: String].self))
        return
      }
      guard offsets.count == 2, 0 <= offsets[0], offsets[0] <= offsets[1] else {
        throw DecodingError.dataCorruptedError(forKey: Key.offsets, in: container, debugDescription: "no range")
      }
      self = .place(
        Place(
          type: try container.decode(String.self, forKey: .type), shape: try container.decode([Int].self, forKey: .shape),
          range: offsets[0]..<offsets[1]))
    }

    func encode(to encoder: any Encoder) throws {
      switch self {
      case .metadata(let texts):
        var container = encoder.singleValueContainer()
        try container.encode(texts)
      case .place(let place):
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(place.type, forKey: .type)
        try container.encode(place.shape, forKey: .shape)
        try container.encode([place.range.lowerBound, place.range.upperBound], forKey: .offsets)
      }
    }
  }
}
