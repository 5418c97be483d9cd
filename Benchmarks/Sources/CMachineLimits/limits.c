#include "CMachineLimits.h"

#define NAME2(level, scalar) level##_##scalar
#define NAME1(level, scalar) NAME2(level, scalar)
#define NAME(scalar) NAME1(LEVEL, scalar)

#define LEVEL baseline
#define VECTOR_BYTES 16
#define SUMS 12
#define SCALAR float
#include "multiply_add.inc"
#undef SCALAR
#define SCALAR double
#include "multiply_add.inc"
#undef SCALAR
#undef LEVEL
#undef VECTOR_BYTES

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define LEVEL avx2
#define VECTOR_BYTES 32
#define SCALAR float
#include "multiply_add.inc"
#undef SCALAR
#define SCALAR double
#include "multiply_add.inc"
#undef SCALAR
#undef LEVEL
#undef VECTOR_BYTES
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx512f,fma"))), apply_to = function)
#define LEVEL avx512
#define VECTOR_BYTES 64
#define SCALAR float
#include "multiply_add.inc"
#undef SCALAR
#define SCALAR double
#include "multiply_add.inc"
#undef SCALAR
#pragma clang attribute pop
#endif

double limits_multiply_add_float(limits_level level, int64_t rounds) {
#if defined(__x86_64__)
  if (level == LIMITS_AVX512) return avx512_float(rounds);
  if (level == LIMITS_AVX2) return avx2_float(rounds);
#endif
  return baseline_float(rounds);
}

double limits_multiply_add_double(limits_level level, int64_t rounds) {
#if defined(__x86_64__)
  if (level == LIMITS_AVX512) return avx512_double(rounds);
  if (level == LIMITS_AVX2) return avx2_double(rounds);
#endif
  return baseline_double(rounds);
}

void limits_scale(double *numbers, int64_t count, double factor) {
  for (int64_t index = 0; index < count; index++) numbers[index] *= factor;
}
