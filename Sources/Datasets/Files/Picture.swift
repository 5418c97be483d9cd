import CPNG
import CTurboJPEG

/// One picture, decoded by libpng or by TurboJPEG.
///
/// - Shape: `pixels` is height x width x 3, bytes of red, green and blue, full intensity at 255.
struct Picture {
  let height: Int
  let width: Int
  let pixels: [UInt8]

  /// Whether the colours of a pixel differ anywhere: grey pictures are often stored as coloured ones.
  var isColoured: Bool {
    stride(from: 0, to: pixels.count, by: 3).contains { (red: Int) in
      pixels[red] != pixels[red + 1] || pixels[red] != pixels[red + 2]
    }
  }

  /// Decodes a file by what it holds, not by its name.
  ///
  /// What is transparent stands before black; 16 bits a colour become 8; a note on how to turn the picture is not followed.
  ///
  /// - Throws: `DatasetError.unsupported` for another format, `.corruptArchive`, `.tooLarge` beyond `limit` bytes of pixels.
  init(_ file: FileBytes, limit: Int = FileBytes.decodedLimit) throws(DatasetError) {
    if file.bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) {
      self = try Self.png(file, limit: limit)
    } else if file.bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = try Self.jpeg(file, limit: limit)
    } else {
      throw .unsupported(
        path: file.path, found: "neither a PNG nor a JPEG picture, whatever its name says",
        advice: "Convert it to PNG, or take it out of the folder.")
    }
  }

  private init(height: Int, width: Int, pixels: [UInt8]) {
    self.height = height
    self.width = width
    self.pixels = pixels
  }

  private static func png(_ file: FileBytes, limit: Int) throws(DatasetError) -> Picture {
    // The reader keeps the addresses of its state and of the file from one call to the next.
    let image = UnsafeMutablePointer<png_image>.allocate(capacity: 1)
    image.initialize(to: png_image())
    image.pointee.version = png_uint_32(PNG_IMAGE_VERSION)
    defer {
      png_image_free(image)
      image.deallocate()
    }
    func failure() -> DatasetError { .corruptArchive(path: file.path, reason: text(&image.pointee.message)) }
    return try file.bytes.withUnsafeBufferPointer { (bytes) throws(DatasetError) in
      guard png_image_begin_read_from_memory(image, bytes.baseAddress, bytes.count) != 0 else { throw failure() }
      image.pointee.format = PNG_FORMAT_FLAG_COLOR
      // Without this, 16 bits are taken for linear light, and grey levels would not be those of the same picture in 8 bits.
      image.pointee.flags |= png_uint_32(PNG_IMAGE_FLAG_16BIT_sRGB)
      let (height, width) = (Int(image.pointee.height), Int(image.pointee.width))
      var pixels = try zeros(height: height, width: width, path: file.path, limit: limit)
      var black = png_color()
      guard png_image_finish_read(image, &black, &pixels, png_int_32(3 * width), nil) != 0 else { throw failure() }
      return Picture(height: height, width: width, pixels: pixels)
    }
  }

  private static func jpeg(_ file: FileBytes, limit: Int) throws(DatasetError) -> Picture {
    guard let decoder = tjInitDecompress() else {
      preconditionFailure("TurboJPEG: \(String(cString: tjGetErrorStr2(nil)))")
    }
    defer { tjDestroy(decoder) }
    func failure() -> DatasetError {
      .corruptArchive(path: file.path, reason: String(cString: tjGetErrorStr2(decoder)))
    }
    var (width, height, subsampling, colours): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    let size = UInt(file.bytes.count)
    guard tjDecompressHeader3(decoder, file.bytes, size, &width, &height, &subsampling, &colours) == 0 else { throw failure() }
    guard ![TJCS_CMYK, TJCS_YCCK].map({ Int32($0.rawValue) }).contains(colours) else {
      throw .unsupported(
        path: file.path, found: "a JPEG picture in printing colours (CMYK)",
        advice: "Convert it, for example with ImageMagick: `mogrify -colorspace sRGB`.")
    }
    var pixels = try zeros(height: Int(height), width: Int(width), path: file.path, limit: limit)
    // Warnings count too: a file that ends early would give a picture whose lower part is grey.
    guard
      tjDecompress2(
        decoder, file.bytes, size, &pixels, width, 3 * width, height, Int32(TJPF_RGB.rawValue), TJFLAG_ACCURATEDCT) == 0
    else { throw failure() }
    return Picture(height: Int(height), width: Int(width), pixels: pixels)
  }

  /// Room for the pixels; a small malicious file cannot fill the memory.
  private static func zeros(height: Int, width: Int, path: String, limit: Int) throws(DatasetError) -> [UInt8] {
    guard height * width <= limit / 3 else { throw .tooLarge(path: path, limit: limit) }
    return [UInt8](repeating: 0, count: 3 * height * width)
  }

  /// The characters of a C array, up to its zero.
  private static func text<Characters>(_ characters: inout Characters) -> String {
    withUnsafeBytes(of: &characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
