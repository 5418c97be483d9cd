/// Where a piece of a program stands: a file by its number, and bytes within it. Small, because every expression carries one.
struct Mark: Hashable {
  var file: Int32
  var start: Int32
  var length: Int32

  init(file: Int, start: Int, end: Int) {
    self.file = Int32(file)
    self.start = Int32(start)
    length = Int32(end - start)
  }

  /// From the beginning of this mark to the end of another in the same file.
  func through(_ other: Mark) -> Mark {
    var result = self
    if other.file == file { result.length = max(length, other.start + other.length - start) }
    return result
  }
}
