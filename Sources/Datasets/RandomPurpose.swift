/// The random streams of this room, one for each use, so that no two uses share numbers.
enum RandomPurpose: UInt64 {
  case division = 0xDA7A_0001
  case shuffling
  case synthesis
  case adHoc
  case adHocPoints
}
