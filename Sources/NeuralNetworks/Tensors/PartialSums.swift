/// The sum of `term(0), ..., term(count - 1)` in eight interleaved partial sums: the order is fixed and the loop vectorises.
///
/// A plain running sum would keep one long chain of additions, since the compiler may not reorder floating-point sums.
@inline(__always)
func sumOf<Scalar: TensorScalar>(_ count: Int, _ term: (Int) -> Scalar) -> Scalar {
  var low = SIMD4<Scalar>.zero, high = SIMD4<Scalar>.zero
  var i = 0
  while i + 8 <= count {
    low += SIMD4(term(i), term(i + 1), term(i + 2), term(i + 3))
    high += SIMD4(term(i + 4), term(i + 5), term(i + 6), term(i + 7))
    i += 8
  }
  var rest: Scalar = 0
  while i < count {
    rest += term(i)
    i += 1
  }
  let sums = low + high
  return ((sums[0] + sums[2]) + (sums[1] + sums[3])) + rest
}

/// The sum of a run of numbers.
@inline(__always)
func sumOf<Scalar: TensorScalar>(_ x: UnsafePointer<Scalar>, _ count: Int) -> Scalar { sumOf(count) { x[$0] } }
