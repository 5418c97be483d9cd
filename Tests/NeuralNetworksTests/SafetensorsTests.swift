import Foundation
import NeuralNetworks
import Testing

@Suite struct SafetensorsTests {
  static let file = SafetensorsFile(
    tensors: [
      "0.weight": .init(Tensor<Float>(shape: [2, 3], scalars: [1, -2, 3.5, .pi, 5e-30, 6])),
      "optimizer/mean": .init(Tensor<Double>(shape: [3], scalars: [1 / 3, -2, 1e300])),
      "none": .init(Tensor<Double>(shape: [0])), "single": .init(Tensor<Float>(7)),
    ], metadata: ["config": "{\"a\": 1}", "quote\"": "ünï/code\n"])

  @Test("contents survive")
  func roundTrip() throws {
    let bytes = Self.file.encoded()
    let found = try SafetensorsFile(decoding: bytes)
    #expect(found == Self.file)
    #expect(found.encoded() == bytes)
  }

  @Test("a reader that knows only the published format finds every number")
  func independentReader() throws {
    let bytes = Data(Self.file.encoded())
    let length = Int(bytes.prefix(8).reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) })
    let data = bytes.dropFirst(8 + length)
    #expect((8 + length) % 8 == 0)
    let header = try #require(JSONSerialization.jsonObject(with: bytes[8..<8 + length]) as? [String: [String: Any]])
    #expect(header["__metadata__"]?["config"] as? String == "{\"a\": 1}")
    let weight = try #require(header["0.weight"]), offsets = try #require(weight["data_offsets"] as? [Int])
    #expect(weight["dtype"] as? String == "F32")
    #expect(weight["shape"] as? [Int] == [2, 3])
    let words = data[(data.startIndex + offsets[0])..<(data.startIndex + offsets[1])]
    let numbers = stride(from: words.startIndex, to: words.endIndex, by: 4).map { start in
      Float(bitPattern: words[start..<start + 4].reversed().reduce(0 as UInt32) { $0 << 8 | UInt32($1) })
    }
    #expect(numbers == [1, -2, 3.5, .pi, 5e-30, 6])
    let places = header.filter { $0.key != "__metadata__" }.compactMap { $0.value["data_offsets"] as? [Int] }.sorted {
      $0[1] < $1[1]
    }
    #expect(places.reduce(0) { $0 + $1[1] - $1[0] } == data.count)
  }

  @Test("a file made by numpy is read")
  func numpyFile() throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "References/python.safetensors").path
    let file = try SafetensorsFile(contentsOf: path)
    #expect(file.metadata == ["made by": "numpy", "note": "ünïcode"])
    #expect(file.tensors["weight"]?.tensor() == Tensor<Float>(shape: [2, 3], scalars: [0, 0.25, 0.5, 0.75, 1, 1.25]))
    #expect(file.tensors["bias"]?.tensor() == Tensor<Double>(shape: [2], scalars: [1e-3, -2.5]))
    #expect(file.tensors["empty"]?.shape == [0, 3])
  }

  @Test("every cut is noticed")
  func truncation() throws {
    let bytes = Self.file.encoded()
    for length in 0..<bytes.count {
      #expect(throws: SafetensorsFile.Damage.self) { try SafetensorsFile(decoding: Array(bytes[..<length])) }
    }
  }

  /// A damaged name of the checksum leaves a file without one: that alone goes through, and shows as text that was not there.
  @Test("every damaged byte is noticed, in names, texts and numbers")
  func damage() throws {
    let bytes = Self.file.encoded()
    let name = Array("hilbert.checksum".utf8)
    let start = try #require(bytes.indices.first { bytes[$0...].starts(with: name) })
    for (position, bit) in bytes.indices.flatMap({ position in [0x01, 0x10, 0x80].map { (position, $0 as UInt8) } }) {
      var damaged = bytes
      damaged[position] ^= bit
      let found = try? SafetensorsFile(decoding: damaged)
      if let found, (start..<start + name.count).contains(position) {
        #expect(found.tensors == Self.file.tensors && found.metadata.count == Self.file.metadata.count + 1)
      } else {
        #expect(found == nil, "byte \(position) ^ \(bit)")
      }
    }
  }

  @Test(
    "headers that lie are refused",
    arguments: [
      (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, "Tensor \"a\" of shape [2] needs 8 bytes, found 4"),
      (#"{"a":{"dtype":"F32","shape":[-1,-1],"data_offsets":[0,4]}}"#, "Tensor \"a\" has the impossible shape [-1, -1]"),
      (
        #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,4]}}"#,
        "Tensor \"a\" has the impossible shape [4611686018427387904, 4]"
      ),
      (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, "Tensor \"a\" starts at byte 4 of the data, expected 0"),
      (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, "The tensors need 8 bytes, found 4; the file is truncated"),
      (#"{"a":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}}"#, "Tensor \"a\" has type BF16, known are F32 and F64"),
      (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, "The header is no valid JSON description of tensors"),
      (#"{"a":3}"#, "The header is no valid JSON description of tensors"),
      ("[]", "The header is no valid JSON description of tensors"),
    ])
  func lyingHeaders(header: String, message: String) {
    let length = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) }
    let error = #expect(throws: SafetensorsFile.Damage.self) {
      try SafetensorsFile(decoding: length + Array(header.utf8) + [0, 0, 0, 0])
    }
    #expect(error?.description == message)
  }
}
